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

static bool folded_matches(const struct key *k, const struct folded *f)
{
	switch (k->op) {
	case KEY_FROM:
		return scan_inside(f->field[FOLDED_FROM], k->folded);
	case KEY_TO:
		return scan_inside(f->field[FOLDED_TO], k->folded);
	case KEY_CC:
		return scan_inside(f->field[FOLDED_CC], k->folded);
	case KEY_BCC:
		return scan_inside(f->field[FOLDED_BCC], k->folded);
	case KEY_SUBJECT:
		return scan_inside(f->field[FOLDED_SUBJECT], k->folded);
	default:
		return f->has_date && date_day(f->date) >= k->from && date_day(f->date) < k->to;
	}
}

static bool folded_text_matches(struct eval *ev, const struct key *k, uint64_t serial, struct str text)
{
	struct folded f;

	return folded_read(text, &f) == 0 && folded_matches(k, &f);
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

static bool fields_text_matches(struct eval *ev, const struct key *k, uint64_t serial, struct str text)
{
	struct str header;

	if (!text.p || fields_read(text, &header) < 0)
		return whole_header_matches(ev, k, serial);
	return scan_field(header, k->name, k->folded);
}

/* Ask `matches` for each message of the set with its derived text. */
static int by_text(struct eval *ev, const struct key *k, struct bits *set, const struct derived_kind *kind,
	bool (*matches)(struct eval *, const struct key *, uint64_t, struct str))
{
	uint64_t *serials = ARENA_NEW_N(&ev->tmp, ev->n, uint64_t);
	size_t   *place = ARENA_NEW_N(&ev->tmp, ev->n, size_t), n = 0, done = 0, some;

	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i)) {
			serials[n] = ev->rows[i].serial;
			place[n++] = i;
		}
	while (done < n) {
		struct arena    texts = ARENA_INIT;
		struct derived *d = ARENA_NEW_N(&texts, n - done, struct derived);
		int             r = derived_load(ev->store, &kind, 1, serials + done, n - done, ROOM, &texts, d, &some);

		for (size_t i = 0; r >= 0 && i < some; i++)
			if (d[i].error < 0 || !matches(ev, k, serials[done + i], d[i].text[kind->kind]))
				bits_drop(set, place[done + i]);
		arena_free(&texts);
		if (r < 0)
			return r;
		done += some;
	}
	arena_reset(&ev->tmp);
	return 0;
}

int eval_folded(struct eval *ev, const struct key *k, struct bits *set)
{
	return by_text(ev, k, set, &folded_kind, folded_text_matches);
}

int eval_header(struct eval *ev, const struct key *k, struct bits *set)
{
	if (fields_known(k->name))
		return by_text(ev, k, set, &fields_kind, fields_text_matches);
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i) && !whole_header_matches(ev, k, ev->rows[i].serial))
			bits_drop(set, i);
	return 0;
}
