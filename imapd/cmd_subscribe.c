/* SUBSCRIBE and UNSUBSCRIBE: RFC 9051 sections 6.3.7 and 6.3.8. */
#include "boxes.h"
#include "cmd.h"
#include "readbox.h"

static int parse_subscribe(struct request *rq, void **ret_args)
{
	struct str *name = ARENA_NEW(rq->arena, struct str);
	int         r = readbox_new(rq, name);

	*ret_args = name;
	return r < 0 ? r : lex_end(&rq->lx);
}

static const struct reply *subscribe(struct session *s, struct request *rq, const struct str *name, bool on)
{
	int r = boxes_subscribe(s->store, *name, on);

	return r < 0 ? reply_errno(s, rq, r) : NULL;
}

static const struct reply *run_subscribe(struct session *s, struct request *rq, void *args)
{
	return subscribe(s, rq, args, true);
}

static const struct reply *run_unsubscribe(struct session *s, struct request *rq, void *args)
{
	return subscribe(s, rq, args, false);
}

const struct command cmd_subscribe = {
	.name   = "SUBSCRIBE",
	.states = ST_LOGGEDIN,
	.parse  = parse_subscribe,
	.run    = run_subscribe,
};

const struct command cmd_unsubscribe = {
	.name   = "UNSUBSCRIBE",
	.states = ST_LOGGEDIN,
	.parse  = readbox_only,
	.run    = run_unsubscribe,
};
