/* SEARCH, UID SEARCH: RFC 9051 section 6.4.4, RFC 3501 section 6.4.4. */
#include "cmd.h"
#include "esearch.h"
#include "searching.h"

static void put_result(struct session *s, const struct request *rq, const struct search_args *args, struct eval_hits *hits)
{
	const struct esearch e = {
		.tag = rq->tag, .by_uid = rq->by_uid, .options = args->options, .v = hits->uids, .scores = hits->scores, .n = hits->n,
		.modseq = searching_modseq(s->box, args->options, hits),
	};
	struct buf b = conn_buf(s->conn);

	searching_number(s, rq, hits->uids, hits->n);
	if (s->rev2 || args->returns)
		esearch_put(&b, &e);
	else
		esearch_put_search(&b, "SEARCH", &e);
	buf_end(&b);
}

static const struct reply *run_search(struct session *s, struct request *rq, void *p)
{
	struct search_args *args = p;
	struct eval_hits    hits;
	const struct reply *refusal = searching_find(s, rq, args, &hits);

	if (refusal)
		return searching_failed(s, args, refusal);
	if (args->options & SEARCH_SAVE)
		searching_save(s, rq, args->options, hits.uids, hits.n);
	if (args->options != SEARCH_SAVE)
		put_result(s, rq, args, &hits);
	return NULL;
}

const struct command cmd_search = {
	.name   = "SEARCH",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_KEEP_EXPUNGED,
	.parse  = read_search,
	.run    = run_search,
};
