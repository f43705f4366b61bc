#include "status_items.h"

#include <errno.h>

#include "boxname.h"
#include "condstore.h"
#include "limits.h"
#include "line.h"
#include "objectid.h"

static uint64_t messages(const struct box_status *st) { return st->messages; }
static uint64_t uidnext(const struct box_status *st) { return st->uidnext; }
static uint64_t uidvalidity(const struct box_status *st) { return st->uidvalidity; }
static uint64_t unseen(const struct box_status *st) { return st->unseen; }
static uint64_t deleted(const struct box_status *st) { return st->deleted; }
static uint64_t size(const struct box_status *st) { return st->size; }
static uint64_t recent(const struct box_status *st) { return st->recent; }
static uint64_t highestmodseq(const struct box_status *st) { return st->highestmodseq; }

static const struct {
	const char *name;
	uint64_t  (*value)(const struct box_status *st);
	unsigned    what;               /* STATUS_*: what the store must be asked for */
	void      (*put)(struct buf *b, uint64_t value);
	bool        condstore;          /* a CONDSTORE enabling one */
} items[] = {
	{ "MESSAGES", messages, STATUS_COUNTS, line_number, false },
	{ "UIDNEXT", uidnext, 0, line_number, false },
	{ "UIDVALIDITY", uidvalidity, 0, line_number, false },
	{ "UNSEEN", unseen, STATUS_COUNTS, line_number, false },
	{ "DELETED", deleted, 0, line_number, false },
	{ "SIZE", size, STATUS_SIZE, line_number, false },              /* RFC 8438 */
	{ "RECENT", recent, 0, line_number, false },                    /* RFC 3501 */
	{ "MAILBOXID", uidvalidity, 0, objectid_put_box, false },       /* RFC 8474 */
	{ "HIGHESTMODSEQ", highestmodseq, 0, line_number, true },       /* RFC 7162 */
};

enum { ITEMS = sizeof(items) / sizeof(items[0]) };

static int read_item(struct lexer *lx, unsigned *bits)
{
	for (unsigned i = 0; i < ITEMS; i++) {
		if (lex_accept(lx, items[i].name)) {
			*bits |= 1u << i;
			return 0;
		}
	}
	return lex_fail(lx, -EBADMSG, "unknown STATUS item");
}

int status_items_read(struct lexer *lx, unsigned *ret_items)
{
	unsigned bits = 0;
	int      r = lex_char(lx, '(');

	if (r == 0)
		r = read_item(lx, &bits);
	while (r == 0 && !lex_try(lx, ')')) {
		r = lex_sp(lx);
		if (r == 0)
			r = read_item(lx, &bits);
	}
	if (r == 0)
		*ret_items = bits;
	return r;
}

int status_items_get(struct session *s, struct str name, unsigned bits, struct box_status *ret)
{
	unsigned what = STATUS_COUNTS;

	for (unsigned i = 0; i < ITEMS; i++) {
		if (!(bits & 1u << i))
			continue;
		what |= items[i].what & ~STATUS_COUNTS;
		if (!(items[i].what & STATUS_COUNTS))
			what &= ~STATUS_COUNTS;
		if (items[i].condstore)
			condstore_enable(s);
	}
	return boxes_status(s->store, name, what, ret);
}

void status_items_put(struct session *s, struct str name, unsigned bits, const struct box_status *st)
{
	struct buf  b = BUF(8 * BOXNAME_MAX);
	const char *gap = "";

	buf_puts(&b, "* STATUS ");
	boxname_put(&b, name, s->rev2);
	buf_puts(&b, " (");
	for (unsigned i = 0; i < ITEMS; i++) {
		if (!(bits & 1u << i))
			continue;
		buf_printf(&b, "%s%s ", gap, items[i].name);
		items[i].put(&b, items[i].value(st));
		gap = " ";
	}
	buf_puts(&b, ")\r\n");
	conn_str(s->conn, buf_view(&b));
	buf_free(&b);
}
