/* SORT, UID SORT: RFC 5256 section 3, with DISPLAYFROM and DISPLAYTO (RFC 5957), and RETURN (ESORT, RFC 5267 section 3). */
#include "cmd.h"
#include "esearch.h"
#include "read_sort.h"
#include "searching.h"

static void put_result(struct session *s, const struct request *rq, const struct search_args *args, struct eval_hits *hits)
{
	const struct esearch e = {
		.tag = rq->tag, .by_uid = rq->by_uid, .options = args->options, .v = hits->uids, .scores = hits->scores, .n = hits->n,
		.modseq = searching_modseq(s->box, args->options, hits),
	};
	struct buf b = conn_buf(s->conn);

	searching_number(s, rq, hits->uids, hits->n);
	if (args->returns)
		esearch_put(&b, &e);
	else
		esearch_put_search(&b, "SORT", &e);
	buf_end(&b);
}

static const struct reply *run_sort(struct session *s, struct request *rq, void *p)
{
	struct sort_args   *args = p;
	struct search_args *search = &args->search;
	struct eval_hits    hits;
	const struct reply *refusal = searching_find(s, rq, search, &hits);
	int                 r;

	if (!refusal) {
		r = sort_run(s->store, s->box, args->keys, args->n_keys, hits.uids, hits.scores, hits.n);
		refusal = r < 0 ? reply_errno(s, rq, r) : NULL;
	}
	if (refusal)
		return searching_failed(s, search, refusal);
	if (search->options & SEARCH_SAVE)
		searching_save(s, rq, search->options, hits.uids, hits.n);
	if (search->options != SEARCH_SAVE)
		put_result(s, rq, search, &hits);
	return NULL;
}

const struct command cmd_sort = {
	.name   = "SORT",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_KEEP_EXPUNGED | CF_CAPABILITY,
	.parse  = read_sort,
	.run    = run_sort,
};
