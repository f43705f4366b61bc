/* RFC 2971: who is talking to whom. What the client says of itself goes to the log, name and version only. */
#include <errno.h>

#include "cmd.h"
#include "limits.h"
#include "log.h"

enum { FIELD_MAX = 30, VALUE_MAX = 1024 };      /* RFC 2971 section 3.3 */

struct id_args {
	struct str name, version;
};

static int parse_pair(struct lexer *lx, struct id_args *args)
{
	struct str field, value;
	int        r = lex_string(lx, &field);

	if (r < 0)
		return r;
	r = lex_sp(lx);
	if (r < 0)
		return r;
	r = lex_nstring(lx, &value);
	if (r < 0)
		return r;
	if (field.n > FIELD_MAX || value.n > VALUE_MAX)
		return lex_fail(lx, -EMSGSIZE, "a field or value of ID is too long");
	if (str_ieq(field, STR("name")))
		args->name = value;
	else if (str_ieq(field, STR("version")))
		args->version = value;
	return 0;
}

static int parse_id(struct request *rq, void **ret_args)
{
	struct id_args *args = ARENA_NEW(rq->arena, struct id_args);
	struct lexer   *lx = &rq->lx;
	int             r = lex_sp(lx);

	if (r < 0)
		return r;
	*ret_args = args;
	if (lex_accept(lx, "NIL"))
		return lex_end(lx);
	r = lex_char(lx, '(');
	for (unsigned n = 0; r == 0 && !lex_try(lx, ')'); n++) {
		if (n == ID_PAIRS_MAX)
			return lex_fail(lx, -EMSGSIZE, "ID has too many fields");
		if (n > 0)
			r = lex_sp(lx);
		if (r == 0)
			r = parse_pair(lx, args);
	}
	return r < 0 ? r : lex_end(lx);
}

static const struct reply *run_id(struct session *s, struct request *rq, void *p)
{
	const struct id_args *args = p;

	if (args->name.n > 0)
		log_line(LOG_INFO, "client: %.*s %.*s", STR_ARG(args->name), STR_ARG(args->version));
	reply_id(s);
	return NULL;
}

const struct command cmd_id = {
	.name   = "ID",
	.states = ST_LOGGEDIN,
	.flags  = CF_CAPABILITY,
	.parse  = parse_id,
	.run    = run_id,
};
