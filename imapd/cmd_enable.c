/* RFC 9051 section 6.3.1, RFC 5161. What is not known, or needs no enabling, is passed over. */
#include "cmd.h"
#include "condstore.h"
#include "metawatch.h"

struct enable_args {
	bool rev2, metadata, condstore, qresync;
};

static int parse_enable(struct request *rq, void **ret_args)
{
	struct enable_args *args = ARENA_NEW(rq->arena, struct enable_args);
	struct str          name;
	int                 r;

	do {
		r = lex_sp(&rq->lx);
		if (r < 0)
			return r;
		r = lex_atom(&rq->lx, &name);
		if (r < 0)
			return r;
		if (str_ieq(name, STR("IMAP4rev2")))
			args->rev2 = true;
		if (str_ieq(name, STR("METADATA")))
			args->metadata = true;
		if (str_ieq(name, STR("CONDSTORE")))
			args->condstore = true;
		if (str_ieq(name, STR("QRESYNC")))
			args->qresync = true;
	} while (!lex_at_end(&rq->lx));
	*ret_args = args;
	return lex_end(&rq->lx);
}

static const struct reply *run_enable(struct session *s, struct request *rq, void *p)
{
	const struct enable_args *args = p;

	conn_printf(s->conn, "* ENABLED%s%s%s%s\r\n", args->rev2 && !s->rev2 ? " IMAP4rev2" : "",
		args->metadata && !s->metawatch ? " METADATA" : "", args->condstore && !s->condstore ? " CONDSTORE" : "",
		args->qresync && !s->qresync ? " QRESYNC" : "");
	s->rev2 |= args->rev2;
	s->qresync |= args->qresync;
	if (args->condstore || args->qresync)
		condstore_enable(s);
	if (args->metadata && !s->metawatch)
		s->metawatch = metawatch_new(s->store);
	return NULL;
}

const struct command cmd_enable = {
	.name   = "ENABLE",
	.states = ST_AUTH,
	.flags  = CF_CAPABILITY,
	.parse  = parse_enable,
	.run    = run_enable,
};
