#include "eval.h"

#include "date.h"
#include "eval_priv.h"
#include "keywords.h"
#include "labels.h"
#include "relevance.h"

static bool has_uid(const struct key *k, uint32_t uid)
{
	size_t lo = 0, hi = k->n_uids;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (k->uids[mid] < uid)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < k->n_uids && k->uids[lo] == uid;
}

static bool row_matches(const struct eval *ev, const struct key *k, const struct row *row)
{
	int64_t day;

	switch (k->op) {
	case KEY_UIDS:
	case KEY_INTHREAD:
		return has_uid(k, row->uid);
	case KEY_FLAGS:
		return (row->flags & k->mask) == k->flags;
	case KEY_RECENT:
		return box_is_recent(ev->box, row->uid);
	case KEY_MODSEQ:
		return row->modseq >= k->id;
	case KEY_DATE:
		day = date_utc_day(row->date);
		return day >= k->from && day < k->to;
	case KEY_SIZE:
		return row->size <= INT64_MAX && (int64_t)row->size >= k->from && (int64_t)row->size < k->to;
	default:
		return true;
	}
}

static int eval_rows(struct eval *ev, const struct key *k, struct bits *set)
{
	if (k->op == KEY_SIZE && !ev->sized) {
		int r = box_sizes(ev->box, ev->rows, ev->n);

		if (r < 0)
			return r;
		ev->sized = true;
	}
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i) && (ev->rows[i].uid == 0 || !row_matches(ev, k, &ev->rows[i])))
			bits_drop(set, i);
	return 0;
}

static bool row_has(const struct eval *ev, const struct key *k, const struct row *row)
{
	return k->op == KEY_LABEL ? labels_has(ev->store, row, k->text) : keywords_has(ev->store, row->kwset, k->text);
}

/* KEY_KEYWORD and KEY_LABEL. Neighbours often have the same ones. */
static int eval_keyword(struct eval *ev, const struct key *k, struct bits *set)
{
	const struct row *last = NULL;
	bool              has = false;

	for (size_t i = 0; i < ev->n; i++) {
		const struct row *row = &ev->rows[i];

		if (!bits_has(set, i))
			continue;
		if (!last || last->kwset != row->kwset || last->flags != row->flags)
			has = row_has(ev, k, row);
		last = row;
		if (!has)
			bits_drop(set, i);
	}
	return 0;
}

static int eval_key(struct eval *ev, struct key *k, struct bits *set);

static int eval_and(struct eval *ev, struct key *k, struct bits *set)
{
	for (struct key *c = k->child; c; c = c->next) {
		int r = eval_key(ev, c, set);

		if (r < 0)
			return r;
	}
	return 0;
}

/* Each key sees only what the ones before it left; one that gives points sees all. */
static int eval_or(struct eval *ev, struct key *k, struct bits *set)
{
	const struct bits all = *set;
	struct bits       found = { { 0 } };

	for (struct key *c = k->child; c; c = c->next) {
		struct bits one = c->scored ? all : *set;
		int         r = eval_key(ev, c, &one);

		if (r < 0)
			return r;
		bits_join(&found, &one);
		bits_subtract(set, &one);
	}
	*set = found;
	return 0;
}

static int eval_not(struct eval *ev, struct key *k, struct bits *set)
{
	struct bits one = *set;
	int         r = eval_key(ev, k->child, &one);

	if (r < 0)
		return r;
	bits_subtract(set, &one);
	return 0;
}

static int eval_threads(struct eval *ev, struct key *k, struct bits *set)
{
	int r = eval_inthread_find(ev, k);

	return r < 0 ? r : eval_rows(ev, k, set);
}

static int eval_key(struct eval *ev, struct key *k, struct bits *set)
{
	if (bits_empty(set))
		return 0;
	switch (k->op) {
	case KEY_ALL:
		return 0;
	case KEY_AND:
		return eval_and(ev, k, set);
	case KEY_OR:
		return eval_or(ev, k, set);
	case KEY_NOT:
		return eval_not(ev, k, set);
	case KEY_KEYWORD:
	case KEY_LABEL:
		return eval_keyword(ev, k, set);
	case KEY_SENT:
	case KEY_FROM:
	case KEY_TO:
	case KEY_CC:
	case KEY_BCC:
	case KEY_SUBJECT:
		return eval_folded(ev, k, set);
	case KEY_HEADER:
		return eval_header(ev, k, set);
	case KEY_BODY:
	case KEY_TEXT:
		return eval_content(ev, k, set);
	case KEY_EMAIL:
	case KEY_THREAD:
		return eval_ids(ev, k, set);
	case KEY_RAW:
		return eval_raw(ev, k, set);
	case KEY_INTHREAD:
		return eval_threads(ev, k, set);
	default:
		return eval_rows(ev, k, set);
	}
}

static int eval_chunk(struct eval *ev, struct key *root, struct eval_hits *hits)
{
	struct bits set = { { 0 } };
	int         r;

	for (size_t i = 0; i < ev->n; i++)
		if (ev->rows[i].uid != 0)
			bits_add(&set, i);
	r = eval_key(ev, root, &set);
	if (r < 0)
		return r;
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(&set, i) && ev->rows[i].uid != 0) {
			if (ev->serials)
				ev->serials[hits->n] = ev->rows[i].serial;
			if (root->by_modseq && ev->rows[i].modseq > hits->modseq)
				hits->modseq = ev->rows[i].modseq;
			hits->uids[hits->n++] = ev->rows[i].uid;
		}
	return 0;
}

static void score(struct eval *ev, struct key *root, struct eval_hits *hits)
{
	hits->scores = ARENA_NEW_N(ev->a, hits->n, uint8_t);
	relevance_ready(root);
	for (size_t i = 0; i < hits->n; i++)
		hits->scores[i] = (uint8_t)relevance_score(root, ev->serials[i]);
}

/* A MODSEQ that all have to have: the messages that changed since are asked for, the others need not be looked at. */
static const struct key *needed_modseq(const struct key *root)
{
	const struct key *k = root->op == KEY_AND ? root->child : root;

	while (k && k->op != KEY_MODSEQ)
		k = root->op == KEY_AND ? k->next : NULL;
	return k && k->id > 0 ? k : NULL;
}

int eval_run(struct store *s, struct box *b, struct key *root, bool exact, struct arena *a, struct eval_hits *ret)
{
	struct eval      ev = { .store = s, .box = b, .a = a, .tmp = ARENA_INIT, .exact = exact };
	const uint32_t  *uids = box_uids(b);
	size_t           n = box_count(b);
	struct eval_hits hits = { .uids = ARENA_NEW_N(a, n, uint32_t) };
	const struct key *modseq = needed_modseq(root);
	int              r = eval_raw_ask(&ev, root);

	if (r >= 0 && modseq)
		r = box_changed_since(b, modseq->id - 1, a, uids, n, &uids, &n);
	if (root->scored)
		ev.serials = ARENA_NEW_N(a, n, uint64_t);
	ev.rows = ARENA_NEW_N(a, n < BITS_MAX ? n : BITS_MAX, struct row);
	for (size_t at = 0; at < n && r >= 0; at += ev.n) {
		ev.n = n - at < BITS_MAX ? n - at : BITS_MAX;
		ev.sized = false;
		r = box_rows(b, uids + at, ev.n, ev.rows);
		if (r >= 0)
			r = eval_chunk(&ev, root, &hits);
	}
	arena_free(&ev.tmp);
	if (r < 0)
		return r;
	if (root->scored)
		score(&ev, root, &hits);
	*ret = hits;
	return 0;
}
