/* RFC 9051 section 6.3.10, RFC 2342: one personal namespace, the one without a prefix. */
#include "cmd.h"

static const struct reply *run_namespace(struct session *s, struct request *rq, void *args)
{
	conn_puts(s->conn, "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
	return NULL;
}

const struct command cmd_namespace = {
	.name   = "NAMESPACE",
	.states = ST_LOGGEDIN,
	.flags  = CF_CAPABILITY,
	.run    = run_namespace,
};
