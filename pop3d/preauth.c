/* The loop of the AUTHORIZATION state: RFC 1939 section 4, RFC 2449, 2595, 6856. */
#include <errno.h>

#include "capa.h"
#include "lang.h"
#include "login.h"
#include "reply.h"

static void run_capa(struct front *f, struct str rest)
{
	capa_put(f->conn, (preauth_tls_possible(f->p) ? CAPA_STLS : 0) | (preauth_login_allowed(f->p) ? CAPA_PASSWORDS : 0));
}

static void run_lang(struct front *f, struct str rest)
{
	lang_put(f->conn, rest);
}

static void run_quit(struct front *f, struct str rest)
{
	reply_ok(f->conn, "goodbye");
	f->over = true;
}

static void run_stls(struct front *f, struct str rest)
{
	if (preauth_tls_active(f->p)) {
		reply_err(f->conn, NULL, "TLS is active already");
	} else if (!preauth_tls_possible(f->p)) {
		reply_err(f->conn, NULL, "this server has no certificate");
	} else {
		reply_ok(f->conn, "begin TLS negotiation");
		f->user[0] = '\0';
		f->over = preauth_starttls(f->p) < 0;
	}
}

/* RFC 6856 section 2: messages go out as they are in any case. */
static void run_utf8(struct front *f, struct str rest)
{
	reply_ok(f->conn, "UTF8 it is");
}

static const struct {
	const char *name;
	bool        takes_text;
	void      (*run)(struct front *f, struct str rest);
} verbs[] = {
	{ "AUTH", true, login_auth }, { "CAPA", false, run_capa }, { "LANG", true, run_lang }, { "PASS", true, login_pass },
	{ "QUIT", false, run_quit }, { "STLS", false, run_stls }, { "USER", true, login_user }, { "UTF8", false, run_utf8 },
};

static void answer(struct front *f, struct str line)
{
	struct str name, rest;

	str_cut(line, ' ', &name, &rest);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (!str_ieq(name, str_of(verbs[i].name)))
			continue;
		if (rest.n > 0 && !verbs[i].takes_text)
			reply_err(f->conn, NULL, "this command has no arguments");
		else
			verbs[i].run(f, rest);
		return;
	}
	f->bad++;
	reply_err(f->conn, NULL, "there is no such command before login");
}

static void serve_one(struct front *f)
{
	struct str line;
	int        r = conn_line(f->conn, NOAUTH_LINE_MAX, &line);

	if (r == 0) {
		answer(f, line);
	} else if (r == -EMSGSIZE) {
		f->bad++;
		reply_err(f->conn, NULL, "that line is too long");
	} else {
		if (r == -ETIMEDOUT)
			reply_err(f->conn, NULL, "logging in took too long, goodbye");
		f->over = true;
	}
	if (f->bad >= NOAUTH_BAD_MAX) {
		reply_err(f->conn, NULL, "too many commands that are none, goodbye");
		f->over = true;
	}
}

enum preauth_end pop3_preauth(struct preauth *p)
{
	struct front f = { .p = p, .conn = preauth_conn(p), .end = PREAUTH_GOODBYE };

	reply_ok(f.conn, "remuch is ready");
	while (!f.over)
		serve_one(&f);
	if (f.end == PREAUTH_GOODBYE)
		conn_flush(f.conn);
	return f.end;
}
