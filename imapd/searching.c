#include "searching.h"

#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "command.h"
#include "compile.h"
#include "condstore.h"
#include "conf.h"
#include "filter.h"
#include "searchres.h"
#include "uidsets.h"

/* The sets among the keys, now that there is a mailbox to ask. "$" is of the selected one. */
static void resolve_sets(struct session *s, struct request *rq, struct box *box, struct search_args *args)
{
	static const struct uids none = { 0 };
	struct uids              saved = box == s->box ? uidsets_saved(s) : none;

	for (size_t i = 0; i < args->sets.n; i++) {
		struct search_set *set = &args->sets.p[i];
		struct uids        uids = uidsets_search(box, saved, rq->arena, &set->set, set->by_uid);

		rq->keep_expunged |= !set->by_uid && set->set.n > 0;    /* RFC 7162 section 3.2.10.2 */
		set->key->uids = uids.v;
		set->key->n_uids = uids.n;
	}
}

const struct reply *searching_begin(struct session *s, struct request *rq, struct search_args *args)
{
	static const struct reply bad_charset = { REPLY_NO, "BADCHARSET (US-ASCII UTF-8)", "That CHARSET is not supported" };
	static const struct reply bad_filter = { REPLY_BAD, "BADCHARSET (US-ASCII UTF-8)", "A FILTER is in UTF-8" };
	const struct reply       *refusal;

	if (args->bad_charset)
		return args->bad_filter ? &bad_filter : &bad_charset;
	refusal = filter_expand(s, rq, args);
	if (!refusal) {
		compile_key(rq->arena, args->root);
		if (args->root->by_modseq)
			condstore_enable(s);
	}
	return refusal;
}

const struct reply *searching_in(struct session *s, struct request *rq, struct box *box, struct search_args *args, struct eval_hits *ret)
{
	int r;

	resolve_sets(s, rq, box, args);
	r = eval_run(s->store, box, args->root, s->start->conf->search_exact, rq->arena, ret);
	return r < 0 ? reply_errno(s, rq, r) : NULL;
}

const struct reply *searching_find(struct session *s, struct request *rq, struct search_args *args, struct eval_hits *ret)
{
	const struct reply *refusal = searching_begin(s, rq, args);

	return refusal ? refusal : searching_in(s, rq, s->box, args, ret);
}

uint64_t searching_modseq(struct box *box, unsigned options, const struct eval_hits *hits)
{
	bool       ends = (options & (SEARCH_MIN | SEARCH_MAX)) && !(options & (SEARCH_ALL | SEARCH_COUNT | SEARCH_RELEVANCY));
	uint64_t   highest = 0;
	struct row row;

	if (hits->modseq == 0 || hits->n == 0 || !ends)
		return hits->modseq;
	if ((options & SEARCH_MIN) && box_rows(box, &hits->uids[0], 1, &row) == 0 && row.uid != 0)
		highest = row.modseq;
	if ((options & SEARCH_MAX) && box_rows(box, &hits->uids[hits->n - 1], 1, &row) == 0 && row.uid != 0 && row.modseq > highest)
		highest = row.modseq;
	return highest;
}

static int ascending(const void *p, const void *q)
{
	const uint32_t *x = p, *y = q;

	return (*x > *y) - (*x < *y);
}

void searching_save(struct session *s, struct request *rq, unsigned options, const uint32_t *uids, size_t n)
{
	uint32_t *kept = ARENA_NEW_N(rq->arena, n, uint32_t);
	size_t    n_kept = 0;

	if ((options & (SEARCH_ALL | SEARCH_COUNT)) || !(options & (SEARCH_MIN | SEARCH_MAX))) {
		if (n > 0)
			memcpy(kept, uids, n * sizeof(*kept));
		n_kept = n;
	} else if (n > 0) {
		if (options & SEARCH_MIN)
			kept[n_kept++] = uids[0];
		if ((options & SEARCH_MAX) && (n_kept == 0 || n > 1))
			kept[n_kept++] = uids[n - 1];
	}
	qsort(kept, n_kept, sizeof(*kept), ascending);
	searchres_set(s->searchres, kept, n_kept);
}

const struct reply *searching_failed(struct session *s, const struct search_args *args, const struct reply *refusal)
{
	if (refusal->kind == REPLY_NO && (args->options & SEARCH_SAVE))
		searchres_set(s->searchres, NULL, 0);
	return refusal;
}

void searching_number(struct session *s, const struct request *rq, uint32_t *uids, size_t n)
{
	for (size_t i = 0; i < n && !rq->by_uid; i++)
		uids[i] = box_seq(s->box, uids[i]);
}
