#include "metaline.h"

#include "boxname.h"
#include "command.h"
#include "limits.h"
#include "quote.h"

/* The value of a named query as a search key has its quotes and backslashes doubled, and so has its quoted string. */
enum { LINE_MAX_OCTETS = 8 * METADATA_VALUE_MAX + 16 * BOXNAME_MAX };

struct line {
	struct session *s;
	struct str      box;
	bool            begun;
};

static void put(struct line *l, struct str entry, struct str value)
{
	struct buf b = BUF(LINE_MAX_OCTETS);

	if (l->begun) {
		buf_putc(&b, ' ');
	} else {
		buf_puts(&b, "* METADATA ");
		boxname_put(&b, l->box, l->s->rev2);
		buf_puts(&b, " (");
	}
	l->begun = true;
	quote_astring(&b, entry, false);
	buf_putc(&b, ' ');
	quote_nstring8(&b, value, l->s->rev2);
	conn_str(l->s->conn, buf_view(&b));
	buf_free(&b);
}

static bool has(const struct metadata *v, size_t n, struct str entry)
{
	for (size_t i = 0; i < n; i++)
		if (str_ieq(v[i].entry, entry))
			return true;
	return false;
}

void metaline_values(struct session *s, struct str box, const struct metadata_wanted *w, const struct metadata *v, size_t n,
	uint64_t maxsize, bool nils, uint64_t *longest)
{
	struct line l = { .s = s, .box = box };

	for (size_t i = 0; i < n; i++) {
		if (v[i].value.n <= maxsize)
			put(&l, v[i].entry, v[i].value);
		else if (v[i].value.n > *longest)
			*longest = v[i].value.n;
	}
	for (size_t i = 0; nils && w->depth == 0 && i < w->n; i++)
		if (!has(v, n, w->entries[i]))
			put(&l, w->entries[i], STR_NONE);
	if (l.begun)
		conn_puts(s->conn, ")\r\n");
}

void metaline_changed(struct session *s, struct str box, struct str entry)
{
	struct buf b = BUF(16 * BOXNAME_MAX);

	buf_puts(&b, "* METADATA ");
	boxname_put(&b, box, s->rev2);
	buf_putc(&b, ' ');
	quote_astring(&b, entry, false);
	buf_puts(&b, "\r\n");
	conn_str(s->conn, buf_view(&b));
	buf_free(&b);
}
