/* DELE and RSET: marks, which only QUIT turns into deeds. RFC 1939 section 5. */
#include "command.h"
#include "reply.h"

static void run_dele(struct session *s, const struct args *args)
{
	drop_mark(&s->drop, args->mail);
	reply_ok(s->conn, "message %u is marked as deleted", args->number);
}

static void run_rset(struct session *s, const struct args *args)
{
	drop_reset(&s->drop);
	reply_ok(s->conn, "%u messages (%llu octets)", s->drop.left, (unsigned long long)s->drop.size);
}

const struct command cmd_dele = { "DELE", ARG_MAIL, run_dele };
const struct command cmd_rset = { "RSET", ARG_NONE, run_rset };
