/* USER and PASS (RFC 1939 section 7), AUTH (RFC 5034). */
#include "login.h"

#include <errno.h>
#include <string.h>

#include "b64.h"
#include "fd.h"
#include "reply.h"
#include "sasl.h"
#include "text.h"

static bool refused_in_clear(struct front *f)
{
	if (preauth_login_allowed(f->p))
		return false;
	reply_err(f->conn, NULL, "passwords are not taken without TLS here, use STLS first");
	return true;
}

static void ask_supervisor(struct front *f, struct login *l)
{
	switch (preauth_login(f->p, l)) {
	case LOGIN_OK:
		f->over = true;
		f->end = PREAUTH_LOGGED_IN;
		return;
	case LOGIN_REFUSED_LAST:
		f->over = true;
		reply_err(f->conn, "AUTH", "unknown user or wrong password; that was the last try");
		return;
	case LOGIN_REFUSED:
		reply_err(f->conn, "AUTH", "unknown user or wrong password");
		return;
	default:
		reply_err(f->conn, "SYS/TEMP", "logins cannot be checked just now, try again later");
	}
}

void login_user(struct front *f, struct str rest)
{
	if (refused_in_clear(f))
		return;
	if (rest.n == 0 || rest.n > USER_MAX || !text_is_utf8(rest) || str_chr(rest, '\0') < rest.n) {
		reply_err(f->conn, NULL, "that is no user name");
		return;
	}
	memcpy(f->user, rest.p, rest.n);
	f->user[rest.n] = '\0';
	reply_ok(f->conn, "now the password");
}

/* The password is all of the rest, spaces too. */
void login_pass(struct front *f, struct str rest)
{
	CLEAN(secret_wipe) struct secret password = { 0 };

	if (refused_in_clear(f))
		return;
	if (f->user[0] == '\0') {
		reply_err(f->conn, NULL, "USER first");
		return;
	}
	if (secret_set(&password, rest) < 0)
		reply_err(f->conn, NULL, "that password is too long");
	else
		ask_supervisor(f, &(struct login){ .mechanism = "USER", .user = str_of(f->user), .password = &password });
	f->user[0] = '\0';
}

static void list_mechanisms(struct front *f)
{
	struct buf b = BUF(512);

	reply_ok(f->conn, "mechanisms:");
	sasl_names(&b, "\r\n", preauth_login_allowed(f->p));
	if (b.n > 0) {
		conn_str(f->conn, str_from(buf_view(&b), 2));
		conn_puts(f->conn, "\r\n");
	}
	buf_free(&b);
	reply_end(f->conn);
}

/* Send a challenge, read the answer. False: the exchange is over, and that was said. */
static bool ask(struct front *f, struct buf *challenge, struct buf *answer)
{
	struct buf text = BUF(NOAUTH_LINE_MAX);
	struct str line;
	int        r;

	b64_encode(&text, buf_view(challenge));
	conn_puts(f->conn, "+ ");
	conn_str(f->conn, buf_view(&text));
	conn_puts(f->conn, "\r\n");
	buf_free(&text);
	r = conn_line(f->conn, NOAUTH_LINE_MAX, &line);
	if (r < 0 && r != -EMSGSIZE) {
		f->over = true;
		return false;
	}
	buf_reset(answer);
	if (r == 0 && !str_eq(line, STR("*")) && b64_decode(answer, line) == 0)
		return true;
	reply_err(f->conn, NULL, r < 0 ? "that answer is too long" : "AUTH was cancelled");
	return false;
}

static void exchange(struct front *f, struct sasl *x, bool initial, struct buf *answer)
{
	struct buf       challenge = BUF(NOAUTH_LINE_MAX);
	struct str       in = buf_view(answer);
	enum sasl_result step = sasl_step(x, initial ? &in : NULL, &challenge);
	bool             going = true;

	while (step == SASL_CHALLENGE && going) {
		going = ask(f, &challenge, answer);
		in = buf_view(answer);
		if (going)
			step = sasl_step(x, &in, &challenge);
	}
	buf_free(&challenge);
	if (step == SASL_BAD)
		reply_err(f->conn, NULL, "%s", sasl_why(x));
	else if (step == SASL_DONE)
		ask_supervisor(f, &(struct login){ .mechanism = x->mech->name, .user = str_of(x->user), .authzid = str_of(x->authzid),
			.password = &x->secret });
}

void login_auth(struct front *f, struct str rest)
{
	CLEAN(sasl_wipe) struct sasl x = { 0 };
	struct buf              answer = BUF(NOAUTH_LINE_MAX);
	const struct sasl_mech *mech;
	struct str              name, initial;
	bool                    there = str_cut(rest, ' ', &name, &initial);

	if (name.n == 0) {
		list_mechanisms(f);
		return;
	}
	mech = sasl_find(name);
	if (!mech) {
		reply_err(f->conn, NULL, "that mechanism is not known here");
		return;
	}
	if (mech->plain_text && refused_in_clear(f))
		return;
	sasl_begin(&x, mech);
	if (there && !str_eq(initial, STR("=")) && b64_decode(&answer, initial) < 0)
		reply_err(f->conn, NULL, "that is no base64");
	else
		exchange(f, &x, there, &answer);
	if (answer.p)
		explicit_bzero(answer.p, answer.cap);
	buf_free(&answer);
}
