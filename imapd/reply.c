#include "reply.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "command.h"
#include "log.h"
#include "quote.h"

enum { TEXT_MAX = 1000 };

static const char *const kinds[] = { [REPLY_OK] = "OK", [REPLY_NO] = "NO", [REPLY_BAD] = "BAD" };

/* What the store could not do, as RFC 5530 names it. ours: the system or the set-up is at fault, so it is logged. */
static const struct refusal {
	int         err;
	const char *code;
	bool        ours;
} refusals[] = {
	{ ENOENT, "NONEXISTENT", false },
	{ EEXIST, "ALREADYEXISTS", false },
	{ EINVAL, "CANNOT", false },
	{ ENAMETOOLONG, "CANNOT", false },
	{ ENOTEMPTY, "HASCHILDREN", false },
	{ EBUSY, "INUSE", false },
	{ EROFS, "CANNOT", false },
	{ EFBIG, "LIMIT", false },
	{ EMSGSIZE, "LIMIT", false },
	{ EPERM, "NOPERM", true },
	{ EACCES, "NOPERM", true },
	{ ENOSPC, "OVERQUOTA", true },
	{ EDQUOT, "OVERQUOTA", true },
};

const struct reply *reply_new(struct arena *a, enum reply_kind kind, const char *code, const char *fmt, ...)
{
	struct reply *reply = ARENA_NEW(a, struct reply);
	char          text[TEXT_MAX];
	va_list       ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	reply->kind = kind;
	reply->code = code ? arena_z(a, str_of(code)) : NULL;
	reply->text = arena_z(a, str_of(text));
	return reply;
}

static const struct refusal *refusal_of(int r)
{
	static const struct refusal other = { 0, "UNAVAILABLE", true };

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		if (refusals[i].err == -r)
			return &refusals[i];
	return &other;
}

const char *reply_code(int r)
{
	return refusal_of(r)->code;
}

const struct reply *reply_errno(struct session *s, struct request *rq, int r)
{
	const struct refusal *f = refusal_of(r);
	const char           *why = store_why(s->store);

	if (!why || why[0] == '\0')
		why = strerror(-r);
	if (f->ours)
		log_line(LOG_ERR, "%s: %s (%s)", rq->command->name, why, strerror(-r));
	return reply_new(rq->arena, REPLY_NO, f->code, "%s", why);
}

const struct reply *reply_refused(struct request *rq, int r)
{
	const char *why = lex_why(&rq->lx);

	if (r == -EINVAL)
		return reply_new(rq->arena, REPLY_NO, "CANNOT", "%s", why);
	return reply_new(rq->arena, REPLY_BAD, NULL, "%s", why);
}

/* "OK [code] text"; what a text holds may come from the file system, so it is made fit for the wire. */
static void put(struct session *s, const char *word, const char *code, const char *text)
{
	struct buf b = BUF(2 * TEXT_MAX);

	conn_puts(s->conn, word);
	if (code) {
		conn_puts(s->conn, " [");
		conn_puts(s->conn, code);
		conn_puts(s->conn, "]");
	}
	conn_puts(s->conn, " ");
	quote_text(&b, str_of(text), s->rev2);
	conn_str(s->conn, buf_view(&b));
	conn_puts(s->conn, "\r\n");
	buf_free(&b);
}

void reply_tagged(struct session *s, const struct request *rq, const struct reply *reply)
{
	char done[64];

	conn_str(s->conn, rq->tag);
	conn_puts(s->conn, " ");
	if (!reply) {
		snprintf(done, sizeof(done), "%s%s done", rq->by_uid ? "UID " : "", rq->command->name);
		put(s, kinds[REPLY_OK], NULL, done);
		return;
	}
	if (reply->kind == REPLY_BAD)
		s->bad++;
	put(s, kinds[reply->kind], reply->code, reply->text);
}

void reply_untagged(struct session *s, enum reply_kind kind, const char *code, const char *fmt, ...)
{
	char    text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	conn_puts(s->conn, "* ");
	put(s, kinds[kind], code, text);
}

void reply_id(struct session *s)
{
	conn_puts(s->conn, "* ID (\"name\" \"remuch\" \"version\" \"" REMUCH_VERSION "\")\r\n");
}

void reply_bye(struct session *s, const char *code, const char *text)
{
	if (s->leaving)
		return;
	conn_puts(s->conn, "* ");
	put(s, "BYE", code, text);
	s->leaving = true;
	s->farewell = text;
}
