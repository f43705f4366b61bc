/* Keys that are answered from derived texts: KEY_SENT, the fields of folded.h, KEY_HEADER. */
#include "buf.h"
#include "derived.h"
#include "eval_priv.h"
#include "fields.h"
#include "folded.h"
#include "header.h"
#include "limits.h"
#include "scan.h"

enum { ROOM = 4 * 1024 * 1024 };                /* octets of derived texts at a time */

static enum folded_field field_of(enum key_op op)
{
	switch (op) {
	case KEY_FROM:
		return FOLDED_FROM;
	case KEY_TO:
		return FOLDED_TO;
	case KEY_CC:
		return FOLDED_CC;
	case KEY_BCC:
		return FOLDED_BCC;
	default:
		return FOLDED_SUBJECT;
	}
}

static bool folded_text_matches(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	struct folded f;

	if (folded_read(text, &f) < 0)
		return false;
	if (k->op == KEY_SENT)
		return f.has_date && date_day(f.date) >= k->from && date_day(f.date) < k->to;
	if (k->fuzzy)
		return eval_fuzzy_field(ev, k, serial, f.field[field_of(k->op)]);
	return scan_inside(f.field[field_of(k->op)], k->folded);
}

/* The header of a mail when the kept fields do not tell. */
static bool whole_header_matches(struct eval *ev, const struct key *k, uint64_t serial)
{
	struct buf b = BUF(2 * MIME_HEADER_MAX);
	bool       found = mail_header(ev->store, serial, MIME_HEADER_MAX, &b) == 0
		&& scan_field(str_mid(buf_view(&b), 0, header_end(buf_view(&b))), k->name, k->folded);

	buf_free(&b);
	return found;
}

static bool fields_text_matches(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	struct str header;

	if (!text.p || fields_read(text, &header) < 0)
		return whole_header_matches(ev, k, serial);
	return scan_field(header, k->name, k->folded);
}

/* The messages of a set, and which of them have no text in the cache. */
struct looking {
	struct eval               *ev;
	struct key                *k;
	struct bits               *set;
	const struct derived_kind *kind;
	eval_match                 matches;
	uint64_t                  *serials;
	size_t                    *place, n;
};

static void add(struct looking *to, const struct looking *from, size_t i)
{
	to->serials[to->n] = from->serials[i];
	to->place[to->n++] = from->place[i];
}

static struct looking looking_at(const struct looking *like, size_t n)
{
	struct looking l = *like;

	l.serials = ARENA_NEW_N(&like->ev->tmp, n, uint64_t);
	l.place = ARENA_NEW_N(&like->ev->tmp, n, size_t);
	l.n = 0;
	return l;
}

struct two {
	struct looking all, missing;
};

/* In place, without a copy. */
static void take(void *arg, size_t i, struct str text)
{
	struct two     *t = arg;
	struct looking *l = &t->all;

	if (!text.p || !str_starts(text, l->kind->version))
		add(&t->missing, l, i);
	else if (!l->matches(l->ev, l->k, l->serials[i], text))
		bits_drop(l->set, l->place[i]);
}

static int make_missing(struct looking *l)
{
	size_t done = 0, some;

	while (done < l->n) {
		struct arena    texts = ARENA_INIT;
		struct derived *d = ARENA_NEW_N(&texts, l->n - done, struct derived);
		int             r = derived_load(l->ev->store, &l->kind, 1, l->serials + done, l->n - done, ROOM, &texts, d, &some);

		for (size_t i = 0; r >= 0 && i < some; i++)
			if (d[i].error < 0 || !l->matches(l->ev, l->k, l->serials[done + i], d[i].text[l->kind->kind]))
				bits_drop(l->set, l->place[done + i]);
		arena_free(&texts);
		if (r < 0)
			return r;
		done += some;
	}
	return 0;
}

int eval_by_text(struct eval *ev, struct key *k, struct bits *set, const struct derived_kind *kind, eval_match matches)
{
	struct looking like = { .ev = ev, .k = k, .set = set, .kind = kind, .matches = matches };
	struct two     t = { .all = looking_at(&like, ev->n), .missing = looking_at(&like, ev->n) };
	int            r;

	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i)) {
			t.all.serials[t.all.n] = ev->rows[i].serial;
			t.all.place[t.all.n++] = i;
		}
	r = mail_cached(ev->store, kind->kind, t.all.serials, t.all.n, take, &t);
	if (r == 0)
		r = make_missing(&t.missing);
	arena_reset(&ev->tmp);
	return r;
}

int eval_folded(struct eval *ev, struct key *k, struct bits *set)
{
	return eval_by_text(ev, k, set, &folded_kind, folded_text_matches);
}

int eval_header(struct eval *ev, struct key *k, struct bits *set)
{
	if (fields_known(k->name))
		return eval_by_text(ev, k, set, &fields_kind, fields_text_matches);
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i) && !whole_header_matches(ev, k, ev->rows[i].serial))
			bits_drop(set, i);
	return 0;
}
