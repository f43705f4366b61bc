/* ESEARCH: a search in several mailboxes (MULTISEARCH, RFC 7377). "UID ESEARCH", as that RFC's section 2 has it, is the same. */
#include "cmd.h"
#include "esearch.h"
#include "row.h"
#include "searching.h"
#include "sources.h"

static void put_result(struct session *s, const struct request *rq, struct box *box, const struct search_args *args,
	const struct eval_hits *hits)
{
	const struct esearch e = {
		.tag = rq->tag, .mailbox = box_name(box), .uidvalidity = box_uidvalidity(box), .utf8 = s->rev2, .by_uid = true,
		.options = args->options, .v = hits->uids, .scores = hits->scores, .n = hits->n,
		.modseq = searching_modseq(box, args->options, hits),
	};
	struct buf b = conn_buf(s->conn);

	esearch_put(&b, &e);
	buf_end(&b);
}

/* Does the program say of a message the same in each mailbox that has it? */
static bool same_everywhere(const struct key *k)
{
	if (k->op == KEY_UIDS || k->op == KEY_RECENT || k->op == KEY_MODSEQ || k->op == KEY_INTHREAD ||
	    (k->op == KEY_FLAGS && (k->mask & MAIL_DELETED)))
		return false;
	for (const struct key *c = k->child; c; c = c->next)
		if (!same_everywhere(c))
			return false;
	return true;
}

/* src grows on the way: a message in some folder is also in the mailboxes of its tags. */
static const struct reply *search(struct session *s, struct request *rq, struct search_args *args, struct sources *src)
{
	const struct reply *refusal = NULL;

	for (size_t i = 0; !refusal && i < src->n; i++) {
		struct eval_hits hits;
		int              r;

		refusal = searching_in(s, rq, src->p[i], args, &hits);
		if (refusal)
			break;
		if (args->options & SEARCH_SAVE)
			searching_save(s, rq, args->options, hits.uids, hits.n);
		r = sources_open_tags(s, src, src->p[i], hits.uids, hits.n, rq->arena);
		if (r < 0)
			return reply_errno(s, rq, r);
		if (hits.n > 0 && args->options != SEARCH_SAVE)
			put_result(s, rq, src->p[i], args, &hits);
	}
	return refusal;
}

static const struct reply *run_esearch(struct session *s, struct request *rq, void *p)
{
	static const struct reply unselected = { REPLY_BAD, NULL, "No mailbox is selected" };
	struct esearch_args      *args = p;
	struct sources            src = { 0 };
	const struct reply       *refusal;
	int                       r;

	if ((args->sources & SOURCE_SELECTED) && !s->box)
		return &unselected;
	refusal = searching_begin(s, rq, &args->search);
	if (!refusal) {
		r = sources_open(s, args, same_everywhere(args->search.root), rq->arena, &src);
		refusal = r < 0 ? reply_errno(s, rq, r) : search(s, rq, &args->search, &src);
		sources_close(s, &src);
	}
	return refusal ? searching_failed(s, &args->search, refusal) : NULL;
}

const struct command cmd_esearch = {
	.name   = "ESEARCH",
	.states = ST_LOGGEDIN,
	.flags  = CF_UID_FORM | CF_KEEP_EXPUNGED,
	.parse  = read_esearch,
	.run    = run_esearch,
};
