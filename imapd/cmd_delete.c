/* RFC 9051 section 6.3.5 */
#include <errno.h>

#include "boxes.h"
#include "cmd.h"
#include "readbox.h"
#include "unselect.h"

static const struct reply *run_delete(struct session *s, struct request *rq, void *args)
{
	static const struct reply inbox = { REPLY_NO, "CANNOT", "INBOX cannot be deleted" };
	static const struct reply children = { REPLY_NO, "HASCHILDREN", "It is only a level above other mailboxes" };
	struct str                name = *(struct str *)args;
	int                       r;

	if (str_eq(name, STR("INBOX")))
		return &inbox;
	r = boxes_delete(s->store, name);
	if (r == -EEXIST)
		return &children;
	if (r < 0)
		return reply_errno(s, rq, r);
	if (s->box && str_eq(name, box_name(s->box)))
		unselect(s);
	return NULL;
}

const struct command cmd_delete = {
	.name   = "DELETE",
	.states = ST_LOGGEDIN,
	.parse  = readbox_only,
	.run    = run_delete,
};
