/* KEY_BODY and KEY_TEXT: by the index, by reading where it cannot tell. The index has the words of some header fields only: for KEY_TEXT the
 * others are looked at in the cache. KEY_RAW: by the index alone. */
#include <errno.h>

#include "eval_priv.h"
#include "fd.h"
#include "headtext.h"
#include "mail.h"
#include "relevance.h"
#include "scan.h"
#include "textsearch.h"

bool eval_holds(const struct serial_set *set, uint64_t serial)
{
	size_t lo = 0, hi = set->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (set->v[mid] < serial)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < set->n && set->v[lo] == serial;
}

static unsigned points_of(const struct scored_set *set, uint64_t serial)
{
	size_t lo = 0, hi = set->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (set->v[mid].serial < serial)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < set->n && set->v[lo].serial == serial ? set->v[lo].points : 0;
}

/* Ask the index, once a search. */
static int ask(struct eval *ev, struct key *k)
{
	enum textsearch_where where = k->op == KEY_BODY ? TEXTSEARCH_BODY : TEXTSEARCH_TEXT;
	struct key_index     *x = &k->index;
	int                   r;

	if (x->asked)
		return 0;
	if (ev->exact)
		r = -ENOTSUP;
	else if (k->fuzzy)
		r = textsearch_fuzzy(ev->store, where, k->text, ev->a, &x->scored, &x->unknown);
	else
		r = textsearch(ev->store, where, k->text, ev->a, &x->hits, &x->unknown);
	if (r < 0 && r != -ENOTSUP)
		return r;
	x->scan = r == -ENOTSUP;
	x->asked = true;
	return 0;
}

static bool in_file(struct eval *ev, struct key *k, uint64_t serial)
{
	CLEAN(mail_close) struct mail m = { 0 };

	if (mail_open(ev->store, serial, &m) < 0)
		return false;
	return k->fuzzy ? eval_fuzzy_file(ev, k, serial, m.bytes) : scan_message(m.bytes, k->folded, k->op == KEY_TEXT);
}

static bool in_index(struct eval *ev, struct key *k, uint64_t serial)
{
	unsigned points;

	if (!k->fuzzy)
		return eval_holds(&k->index.hits, serial);
	points = points_of(&k->index.scored, serial);
	if (points > 0)
		relevance_add(ev->a, k, serial, points);
	return points > 0;
}

static bool headers_match(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	struct str fields;

	if (!text.p || headtext_read(text, &fields) < 0)
		return in_file(ev, k, serial);
	return k->fuzzy ? eval_fuzzy_header(ev, k, serial, fields) : scan_inside(fields, k->folded);
}

int eval_content(struct eval *ev, struct key *k, struct bits *set)
{
	struct bits rest = { { 0 } };
	int         r;

	if (k->folded.n == 0)
		return 0;                       /* the empty text is in every mail */
	r = ask(ev, k);
	if (r < 0)
		return r;
	for (size_t i = 0; i < ev->n; i++) {
		uint64_t serial = ev->rows[i].serial;
		bool     reads;

		if (!bits_has(set, i))
			continue;
		reads = k->index.scan || eval_holds(&k->index.unknown, serial);
		if (reads ? in_file(ev, k, serial) : in_index(ev, k, serial))
			continue;
		bits_drop(set, i);
		if (!reads && k->op == KEY_TEXT)
			bits_add(&rest, i);
	}
	if (bits_empty(&rest))
		return 0;
	r = eval_by_text(ev, k, &rest, &headtext_kind, headers_match);
	bits_join(set, &rest);
	return r;
}

int eval_raw_ask(struct eval *ev, struct key *root)
{
	int r = 0;

	if (root->op == KEY_RAW && !root->index.asked) {
		r = textsearch_raw(ev->store, root->text, ev->a, &root->index.hits);
		root->index.asked = r == 0;
	}
	for (struct key *c = root->child; r == 0 && c; c = c->next)
		r = eval_raw_ask(ev, c);
	return r;
}

int eval_raw(struct eval *ev, struct key *k, struct bits *set)
{
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i) && !eval_holds(&k->index.hits, ev->rows[i].serial))
			bits_drop(set, i);
	return 0;
}
