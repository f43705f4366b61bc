/* RFC 9051 section 6.1.1 */
#include "cmd.h"
#include "commands.h"
#include "conf.h"

static const struct reply *run_capability(struct session *s, struct request *rq, void *args)
{
	struct buf caps = BUF(1024);

	commands_capabilities(&caps, s->start->conf->gmail);
	conn_printf(s->conn, "* CAPABILITY %s\r\n", buf_z(&caps));
	buf_free(&caps);
	return NULL;
}

const struct command cmd_capability = {
	.name   = "CAPABILITY",
	.states = ST_LOGGEDIN,
	.run    = run_capability,
};
