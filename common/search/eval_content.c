/* KEY_BODY and KEY_TEXT: by the index, by reading where it cannot tell. The index has neither texts that are attached nor the words of
 * most header fields: they are looked at in the cache. KEY_RAW: by the index alone. */
#include <errno.h>

#include "attached.h"
#include "eval_priv.h"
#include "fd.h"
#include "headtext.h"
#include "keywords.h"
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

static bool text_matches(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	return k->fuzzy ? eval_fuzzy_text(ev, k, serial, text) : scan_inside(text, k->folded);
}

static bool headers_match(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	struct str fields;

	return text.p && headtext_read(text, &fields) == 0 ? text_matches(ev, k, serial, fields) : in_file(ev, k, serial);
}

static bool attached_match(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	struct str texts;

	return text.p && attached_read(text, &texts) == 0 ? text_matches(ev, k, serial, texts) : in_file(ev, k, serial);
}

/* Of the messages of the set those that notmuch says have an attachment. */
static struct bits with_attachments(struct eval *ev, const struct bits *set)
{
	struct bits with = { { 0 } };
	uint32_t    kwset = 0;          /* the empty set; neighbours often have the same one */
	bool        has = false;

	for (size_t i = 0; i < ev->n; i++) {
		if (!bits_has(set, i))
			continue;
		if (ev->rows[i].kwset != kwset) {
			struct keyword_set kw = { 0 };

			kwset = ev->rows[i].kwset;
			has = false;
			if (keywords_of(ev->store, kwset, &kw) < 0)
				kw.n = 0;
			for (size_t t = 0; t < kw.n && !has; t++)
				has = str_eq(kw.tags[t], STR("attachment"));
		}
		if (has)
			bits_add(&with, i);
	}
	return with;
}

/* Move from `missed` to `set` those that match. */
static int by_cache(struct eval *ev, struct key *k, struct bits *set, struct bits *missed, struct bits at,
	const struct derived_kind *kind, eval_match matches)
{
	int r = bits_empty(&at) ? 0 : eval_by_text(ev, k, &at, kind, matches);

	bits_join(set, &at);
	bits_subtract(missed, &at);
	return r;
}

int eval_content(struct eval *ev, struct key *k, struct bits *set)
{
	struct bits missed = { { 0 } };         /* by the index */
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
		/* The index may have learnt of an unknown one just now, and know more of it than is in the file: what was encrypted. */
		reads = k->index.scan || eval_holds(&k->index.unknown, serial);
		if ((!k->index.scan && in_index(ev, k, serial)) || (reads && in_file(ev, k, serial)))
			continue;
		bits_drop(set, i);
		if (!reads)
			bits_add(&missed, i);
	}
	if (k->op == KEY_TEXT)
		r = by_cache(ev, k, set, &missed, missed, &headtext_kind, headers_match);
	if (r == 0)
		r = by_cache(ev, k, set, &missed, with_attachments(ev, &missed), &attached_kind, attached_match);
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
