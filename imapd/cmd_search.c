/* SEARCH, UID SEARCH: RFC 9051 section 6.4.4, RFC 3501 section 6.4.4. */
#include "box.h"
#include "cmd.h"
#include "compile.h"
#include "conf.h"
#include "esearch.h"
#include "eval.h"
#include "read_search.h"
#include "searchres.h"
#include "uidsets.h"

/* Ten digits and a comma or colon for each of the 2^32 messages that a mailbox can have. */
#define RESULT_MAX (11ULL << 32)

/* The sets among the keys, now that there is a mailbox to ask. */
static const struct reply *resolve_sets(struct session *s, struct request *rq, struct search_args *args)
{
	for (size_t i = 0; i < args->sets.n; i++) {
		struct search_set  *set = &args->sets.p[i];
		struct uids         uids;
		const struct reply *refusal = uidsets_resolve_as(s, rq, &set->set, set->by_uid, &uids);

		if (refusal)
			return refusal;
		set->key->uids = uids.v;
		set->key->n_uids = uids.n;
	}
	return NULL;
}

/* "$" (RFC 9051 section 6.4.4.1, table 4): with MIN and MAX alone it is what they return. */
static void save(struct session *s, unsigned options, const struct eval_hits *hits)
{
	uint32_t ends[2];
	size_t   n = 0;

	if ((options & (SEARCH_ALL | SEARCH_COUNT)) || !(options & (SEARCH_MIN | SEARCH_MAX)) || hits->n == 0) {
		searchres_set(s->searchres, hits->uids, hits->n);
		return;
	}
	if (options & SEARCH_MIN)
		ends[n++] = hits->uids[0];
	if ((options & SEARCH_MAX) && (n == 0 || hits->n > 1))
		ends[n++] = hits->uids[hits->n - 1];
	searchres_set(s->searchres, ends, n);
}

static void put_result(struct session *s, const struct request *rq, const struct search_args *args, struct eval_hits *hits)
{
	struct buf b = BUF(RESULT_MAX);

	if (!rq->by_uid)
		for (size_t i = 0; i < hits->n; i++)
			hits->uids[i] = box_seq(s->box, hits->uids[i]);
	if (s->rev2 || args->returns)
		esearch_put(&b, rq->tag, rq->by_uid, args->options, hits->uids, hits->n);
	else
		esearch_put_search(&b, hits->uids, hits->n);
	conn_str(s->conn, buf_view(&b));
	buf_free(&b);
}

static const struct reply *search(struct session *s, struct request *rq, struct search_args *args)
{
	static const struct reply bad_charset = { REPLY_NO, "BADCHARSET (US-ASCII UTF-8)", "That CHARSET is not supported" };
	const struct reply       *refusal;
	struct eval_hits          hits;
	int                       r;

	if (args->bad_charset)
		return &bad_charset;
	refusal = resolve_sets(s, rq, args);
	if (refusal)
		return refusal;
	compile_key(rq->arena, args->root);
	r = eval_run(s->store, s->box, args->root, s->start->conf->search_exact, rq->arena, &hits);
	if (r < 0)
		return reply_errno(s, rq, r);
	if (args->options & SEARCH_SAVE)
		save(s, args->options, &hits);
	if (args->options != SEARCH_SAVE)
		put_result(s, rq, args, &hits);
	return NULL;
}

static const struct reply *run_search(struct session *s, struct request *rq, void *p)
{
	struct search_args *args = p;
	const struct reply *reply = search(s, rq, args);

	if (reply && reply->kind == REPLY_NO && (args->options & SEARCH_SAVE))
		searchres_set(s->searchres, NULL, 0);
	return reply;
}

const struct command cmd_search = {
	.name   = "SEARCH",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_KEEP_EXPUNGED,
	.parse  = read_search,
	.run    = run_search,
};
