/* RFC 9051 section 6.3.11 */
#include "cmd.h"
#include "readbox.h"
#include "status_items.h"

struct status_args {
	struct str name;
	unsigned   items;
};

static int parse_status(struct request *rq, void **ret_args)
{
	struct status_args *args = ARENA_NEW(rq->arena, struct status_args);
	int                 r = readbox_name(rq, &args->name);

	if (r == 0)
		r = lex_sp(&rq->lx);
	if (r == 0)
		r = status_items_read(&rq->lx, &args->items);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

static const struct reply *run_status(struct session *s, struct request *rq, void *p)
{
	const struct status_args *args = p;
	struct box_status         st;
	int                       r = status_items_get(s, args->name, args->items, &st);

	if (r < 0)
		return reply_errno(s, rq, r);
	status_items_put(s, args->name, args->items, &st);
	return NULL;
}

const struct command cmd_status = {
	.name   = "STATUS",
	.states = ST_LOGGEDIN,
	.parse  = parse_status,
	.run    = run_status,
};
