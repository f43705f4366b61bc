/* GETMETADATA and SETMETADATA: RFC 5464. */
#include <errno.h>

#include "boxname.h"
#include "cmd.h"
#include "filter.h"
#include "limits.h"
#include "metaline.h"
#include "metawatch.h"
#include "read_metadata.h"

static const struct reply *run_getmetadata(struct session *s, struct request *rq, void *p)
{
	const struct read_metadata_get *args = p;
	struct metadata                *v;
	size_t                          n;
	uint64_t                        longest = 0;
	int                             r = metadata_get(s->store, args->box, &args->wanted, rq->arena, &v, &n);

	if (r < 0)
		return reply_errno(s, rq, r);
	metaline_values(s, args->box, &args->wanted, v, n, args->maxsize, true, &longest);
	if (longest == 0)
		return NULL;
	return reply_new(rq->arena, REPLY_OK, arena_printf(rq->arena, "METADATA LONGENTRIES %llu", (unsigned long long)longest),
		"GETMETADATA done, values over MAXSIZE are left out");
}

static const struct reply *refuse(struct session *s, struct request *rq, int r)
{
	if (r == -E2BIG)
		return reply_new(rq->arena, REPLY_NO, "METADATA TOOMANY", "%s", store_why(s->store));
	if (r == -EOPNOTSUPP)
		return reply_new(rq->arena, REPLY_NO, "USEATTR", "%s", store_why(s->store));
	return reply_errno(s, rq, r);
}

static const struct reply *run_setmetadata(struct session *s, struct request *rq, void *p)
{
	struct read_metadata_set *args = p;
	const struct reply       *refusal;
	struct metadata_log       log;
	const char               *why;
	int                       r;

	for (size_t i = 0; i < args->n; i++) {
		/* It may make the mailbox. */
		if (str_ieq(args->v[i].entry, STR(METADATA_QUERY)) && args->v[i].value.p && boxname_check(args->box, &why) < 0)
			return reply_new(rq->arena, REPLY_NO, "CANNOT", "%s", why);
		if (args->v[i].value.n > METADATA_VALUE_MAX)
			return reply_new(rq->arena, REPLY_NO, arena_printf(rq->arena, "METADATA MAXSIZE %d", METADATA_VALUE_MAX),
				"That value is too long");
	}
	refusal = filter_check(s, rq, args->box, args->v, args->n);
	if (refusal)
		return refusal;
	r = metadata_set(s->store, args->box, args->v, args->n, &log);
	if (r < 0)
		return refuse(s, rq, r);
	metawatch_own(s, args->box, args->v, args->n, &log, rq->arena);
	return NULL;
}

const struct command cmd_getmetadata = {
	.name   = "GETMETADATA",
	.states = ST_LOGGEDIN,
	.parse  = read_metadata_get,
	.run    = run_getmetadata,
};

const struct command cmd_setmetadata = {
	.name   = "SETMETADATA",
	.states = ST_LOGGEDIN,
	.parse  = read_metadata_set,
	.run    = run_setmetadata,
};
