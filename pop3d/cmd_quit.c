/* QUIT: the UPDATE state of RFC 1939 section 6. */
#include "command.h"
#include "reply.h"

static void run_quit(struct session *s, const struct args *args)
{
	int r = drop_commit(&s->drop);

	s->over = true;
	if (r < 0) {
		reply_failure(s->conn, "the marked messages could not be removed", r, store_why(s->drop.store));
		return;
	}
	s->removed = s->drop.n - s->drop.left;
	reply_ok(s->conn, "goodbye, %u messages left", s->drop.left);
}

const struct command cmd_quit = { "QUIT", ARG_NONE, run_quit };
