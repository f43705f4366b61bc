/* CLOSE and UNSELECT: RFC 9051 sections 6.4.1 and 6.4.2, RFC 3691. */
#include "change.h"
#include "cmd.h"
#include "unselect.h"

static const struct reply *run_unselect(struct session *s, struct request *rq, void *args)
{
	unselect_silently(s);
	return NULL;
}

/* The RFC knows no NO for CLOSE, but messages that stay although they were to go should not do so silently. */
static const struct reply *run_close(struct session *s, struct request *rq, void *args)
{
	const uint32_t     *uids;
	size_t              n;
	const struct reply *refusal = NULL;
	int                 r;

	if (!box_readonly(s->box)) {
		r = change_expunge(s->box, NULL, 0, rq->arena, &uids, &n);
		if (r < 0)
			refusal = reply_errno(s, rq, r);
	}
	if (!refusal)
		unselect_silently(s);
	return refusal;
}

const struct command cmd_close = {
	.name   = "CLOSE",
	.states = ST_SELECTED,
	.run    = run_close,
};

const struct command cmd_unselect = {
	.name   = "UNSELECT",
	.states = ST_SELECTED,
	.flags  = CF_CAPABILITY,
	.run    = run_unselect,
};
