/* EXPUNGE and UID EXPUNGE: RFC 9051 sections 6.4.3 and 6.4.9, RFC 4315, RFC 7162 sections 3.2.7 and 3.2.9. */
#include "change.h"
#include "cmd.h"
#include "condstore.h"
#include "report.h"
#include "uidsets.h"

/* NULL arguments: the whole mailbox. */
static int parse_expunge(struct request *rq, void **ret_args)
{
	struct seqset *set;
	int            r;

	*ret_args = NULL;
	if (!rq->by_uid)
		return lex_end(&rq->lx);
	set = ARENA_NEW(rq->arena, struct seqset);
	r = lex_sp(&rq->lx);
	if (r == 0)
		r = seqset_read(&rq->lx, set);
	*ret_args = set;
	return r < 0 ? r : lex_end(&rq->lx);
}

static const struct reply *run_expunge(struct session *s, struct request *rq, void *args)
{
	const struct reply *refusal;
	struct uids         u = { 0 };
	const uint32_t     *gone;
	size_t              n = 0;
	char                code[CONDSTORE_CODE_MAX];
	int                 r = 0;

	if (args) {
		refusal = uidsets_resolve(s, rq, args, &u);
		if (refusal)
			return refusal;
	}
	if (!args || u.n > 0)
		r = change_expunge(s->box, u.v, u.n, rq->arena, &gone, &n);
	if (r < 0)
		return reply_errno(s, rq, r);
	report_own(s, rq->arena);
	return n > 0 && s->qresync ? reply_new(rq->arena, REPLY_OK, condstore_code(s, code), "Expunged") : NULL;
}

const struct command cmd_expunge = {
	.name   = "EXPUNGE",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_WRITES | CF_NO_REPORT,
	.parse  = parse_expunge,
	.run    = run_expunge,
};
