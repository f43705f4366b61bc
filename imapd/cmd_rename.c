/* RFC 9051 section 6.3.6 */
#include "boxes.h"
#include "cmd.h"
#include "listline.h"
#include "readbox.h"

struct rename_args {
	struct str from, to;
};

static int parse_rename(struct request *rq, void **ret_args)
{
	struct rename_args *args = ARENA_NEW(rq->arena, struct rename_args);
	int                 r = readbox_name(rq, &args->from);

	if (r == 0)
		r = readbox_new(rq, &args->to);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

/* A client of IMAP4rev2 is told where the mailbox went (OLDNAME, section 6.3.9.7); INBOX stays where it is. */
static const struct reply *run_rename(struct session *s, struct request *rq, void *p)
{
	static const struct reply inbox = { REPLY_NO, "ALREADYEXISTS", "INBOX is always there" };
	const struct rename_args *args = p;
	int                       r;

	if (str_eq(args->to, STR("INBOX")))
		return &inbox;
	r = boxes_rename(s->store, args->from, args->to);
	if (r < 0)
		return reply_errno(s, rq, r);
	if (s->rev2 && !str_eq(args->from, STR("INBOX")))
		listline_tell(s, args->to, args->from, rq->arena);
	return NULL;
}

const struct command cmd_rename = {
	.name   = "RENAME",
	.states = ST_LOGGEDIN,
	.parse  = parse_rename,
	.run    = run_rename,
};
