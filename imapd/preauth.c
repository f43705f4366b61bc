/* The loop of the not-authenticated state: RFC 9051 sections 6.1 and 6.2. */
#include <errno.h>
#include <string.h>

#include "cmd.h"
#include "commands.h"
#include "limits.h"
#include "login.h"
#include "read_command.h"
#include "sasl.h"

static void put_capabilities(struct front *f)
{
	struct buf b = BUF(512);

	buf_puts(&b, "IMAP4rev2 IMAP4rev1 SASL-IR LITERAL+ ID ENABLE");
	if (preauth_tls_possible(f->p))
		buf_puts(&b, " STARTTLS");
	if (!preauth_login_allowed(f->p))
		buf_puts(&b, " LOGINDISABLED");
	sasl_names(&b, " AUTH=", preauth_login_allowed(f->p));
	conn_printf(f->s.conn, "CAPABILITY %s", buf_z(&b));
	buf_free(&b);
}

static const struct reply *capability(struct front *f, struct request *rq)
{
	if (lex_end(&rq->lx) < 0)
		return reply_refused(rq, -EBADMSG);
	conn_puts(f->s.conn, "* ");
	put_capabilities(f);
	conn_puts(f->s.conn, "\r\n");
	return NULL;
}

static const struct reply *noop(struct front *f, struct request *rq)
{
	return lex_end(&rq->lx) < 0 ? reply_refused(rq, -EBADMSG) : NULL;
}

static const struct reply *logout(struct front *f, struct request *rq)
{
	if (lex_end(&rq->lx) < 0)
		return reply_refused(rq, -EBADMSG);
	reply_bye(&f->s, NULL, "Goodbye");
	return NULL;
}

static const struct reply *id(struct front *f, struct request *rq)
{
	void *args;
	int   r = cmd_id.parse(rq, &args);

	if (r < 0)
		return reply_refused(rq, r);
	reply_id(&f->s);                /* what the client says of itself is logged after login: nothing can be logged here */
	return NULL;
}

static const struct reply *starttls(struct front *f, struct request *rq)
{
	static const struct reply active = { REPLY_BAD, NULL, "TLS is active already" };
	static const struct reply begin = { REPLY_OK, NULL, "Begin TLS negotiation now" };
	static const struct reply impossible = { REPLY_NO, "UNAVAILABLE", "This server has no certificate" };

	if (lex_end(&rq->lx) < 0)
		return reply_refused(rq, -EBADMSG);
	if (preauth_tls_active(f->p))
		return &active;
	if (!preauth_tls_possible(f->p))
		return &impossible;
	reply_tagged(&f->s, rq, &begin);
	f->s.leaving = preauth_starttls(f->p) < 0;
	return &login_silent;
}

static const struct {
	const char *name;
	const struct reply *(*run)(struct front *f, struct request *rq);
} verbs[] = {
	{ "AUTHENTICATE", login_authenticate }, { "CAPABILITY", capability }, { "ID", id }, { "LOGIN", login_login },
	{ "LOGOUT", logout }, { "NOOP", noop }, { "STARTTLS", starttls },
};

static const struct reply *dispatch(struct front *f, struct request *rq)
{
	static const struct reply unknown = { REPLY_BAD, NULL, "Unknown command" };
	static const struct reply early = { REPLY_BAD, NULL, "Log in first" };
	struct str                name;

	if (lex_word(&rq->lx, &name) < 0)
		return reply_refused(rq, -EBADMSG);
	rq->command = commands_find(name, false);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (str_ieq(name, str_of(verbs[i].name)))
			return verbs[i].run(f, rq);
	return rq->command || str_ieq(name, STR("UID")) ? &early : &unknown;
}

static void answer(struct front *f, struct request *rq)
{
	const struct reply *reply;

	if (lex_tag(&rq->lx, &rq->tag) < 0 || lex_sp(&rq->lx) < 0) {
		f->s.bad++;
		reply_untagged(&f->s, REPLY_BAD, NULL, "A command begins with a tag and a space");
	} else {
		reply = dispatch(f, rq);
		if (reply != &login_silent)
			reply_tagged(&f->s, rq, reply);
	}
	if (f->s.bad >= NOAUTH_BAD_MAX)
		reply_bye(&f->s, "CLIENTBUG", "Too many commands that are none");
}

static void serve_one(struct front *f, struct buf *text, struct arena *a)
{
	struct request        rq = { .arena = a };
	enum read_command_end end;
	int                   r = read_command(f->s.conn, text, &end, &rq.literal);

	if (r == -ETIMEDOUT) {
		reply_bye(&f->s, NULL, "Logging in took too long");
	} else if (r < 0) {
		f->s.leaving = true;
	} else if (end == READ_COMMAND_WHOLE) {
		lex_init(&rq.lx, buf_view(text), a);
		answer(f, &rq);
	} else {
		/* A message, or a command that is too long: nobody sends that before login but by mistake. */
		reply_bye(&f->s, "LIMIT", "That is too long for a command before login");
	}
}

enum preauth_end imap_preauth(struct preauth *p)
{
	struct front f = { .p = p, .s.conn = preauth_conn(p), .end = PREAUTH_GOODBYE };
	struct buf   text = BUF(NOAUTH_LINE_MAX);
	struct arena a = ARENA_INIT;

	conn_puts(f.s.conn, "* OK [");
	put_capabilities(&f);
	conn_puts(f.s.conn, "] remuch is ready\r\n");
	while (!f.s.leaving) {
		serve_one(&f, &text, &a);
		if (text.p)
			explicit_bzero(text.p, text.cap);       /* passwords pass here */
		arena_reset(&a);
	}
	if (f.end == PREAUTH_GOODBYE)
		conn_flush(f.s.conn);
	buf_free(&text);
	arena_free(&a);
	return f.end;
}
