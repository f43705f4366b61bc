/* NOOP (RFC 9051 section 6.1.2) and CHECK (RFC 3501 section 6.4.1): the report that the session makes is all they do.
 * There is nothing for CHECK to write: every command is on disk before its OK. */
#include "cmd.h"

static const struct reply *run_nothing(struct session *s, struct request *rq, void *args)
{
	return NULL;
}

const struct command cmd_noop = {
	.name   = "NOOP",
	.states = ST_LOGGEDIN,
	.run    = run_nothing,
};

const struct command cmd_check = {
	.name   = "CHECK",
	.states = ST_SELECTED,
	.run    = run_nothing,
};
