/* RFC 9051 section 6.3.10, RFC 2342: everything is personal. The first namespace, where clients make their folders, is the
 * one without a prefix; those of tags and of queries follow it. */
#include "boxname.h"
#include "cmd.h"
#include "conf.h"
#include "limits.h"
#include "quote.h"

static void put_below(struct session *s, const char *name)
{
	struct buf prefix = BUF(8 * BOXNAME_MAX), b = BUF(16 * BOXNAME_MAX);

	if (!name)
		return;
	if (s->rev2 || boxname_to_utf7(&prefix, str_of(name)) < 0) {
		buf_reset(&prefix);
		buf_puts(&prefix, name);
	}
	buf_putc(&prefix, '/');
	buf_putc(&b, '(');
	quote_string(&b, buf_view(&prefix), s->rev2);
	buf_puts(&b, " \"/\")");
	conn_str(s->conn, buf_view(&b));
	buf_free(&b);
	buf_free(&prefix);
}

static const struct reply *run_namespace(struct session *s, struct request *rq, void *args)
{
	conn_puts(s->conn, "* NAMESPACE ((\"\" \"/\")");
	put_below(s, s->start->conf->tags);
	put_below(s, s->start->conf->queries);
	conn_puts(s->conn, ") NIL NIL\r\n");
	return NULL;
}

const struct command cmd_namespace = {
	.name   = "NAMESPACE",
	.states = ST_LOGGEDIN,
	.flags  = CF_CAPABILITY,
	.run    = run_namespace,
};
