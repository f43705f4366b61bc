/* RFC 9051 section 6.1.3 */
#include "cmd.h"

static const struct reply *run_logout(struct session *s, struct request *rq, void *args)
{
	reply_bye(s, NULL, "Goodbye");
	return NULL;
}

const struct command cmd_logout = {
	.name   = "LOGOUT",
	.states = ST_LOGGEDIN,
	.flags  = CF_NO_REPORT,
	.run    = run_logout,
};
