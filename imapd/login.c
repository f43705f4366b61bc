/* LOGIN (RFC 9051 section 6.2.3) and AUTHENTICATE (6.2.2) with an initial response (RFC 4959). */
#include "login.h"

#include <errno.h>
#include <string.h>

#include "b64.h"
#include "fd.h"
#include "limits.h"
#include "sasl.h"

const struct reply login_silent = { REPLY_OK, NULL, NULL };

static const struct reply private_only = { REPLY_NO, "PRIVACYREQUIRED", "Passwords are not taken without TLS here; use STARTTLS" };
static const struct reply bad_base64 = { REPLY_BAD, NULL, "That is no base64" };

/* The supervisor's verdict as a tagged response. */
static const struct reply *verdict(struct front *f, struct login *l)
{
	static const struct reply refused = { REPLY_NO, "AUTHENTICATIONFAILED", "Unknown user or wrong password" };
	static const struct reply later = { REPLY_NO, "UNAVAILABLE", "Logins cannot be checked just now, try again later" };

	switch (preauth_login(f->p, l)) {
	case LOGIN_OK:
		f->s.leaving = true;
		f->end = PREAUTH_LOGGED_IN;
		return &login_silent;   /* the session answers */
	case LOGIN_REFUSED:
		return &refused;
	case LOGIN_REFUSED_LAST:
		reply_bye(&f->s, NULL, "Too many failed logins");
		return &refused;
	default:
		return &later;
	}
}

const struct reply *login_login(struct front *f, struct request *rq)
{
	CLEAN(secret_wipe) struct secret password = { 0 };
	struct login l = { .mechanism = "LOGIN", .password = &password, .tag = rq->tag };
	struct str   secret;
	int          r = lex_sp(&rq->lx);

	if (!preauth_login_allowed(f->p))
		return &private_only;
	if (r == 0)
		r = lex_astring(&rq->lx, &l.user);
	if (r == 0)
		r = lex_sp(&rq->lx);
	if (r == 0)
		r = lex_astring(&rq->lx, &secret);
	if (r == 0)
		r = lex_end(&rq->lx);
	if (r == 0 && (l.user.n > USER_MAX || secret_set(&password, secret) < 0))
		r = lex_fail(&rq->lx, -EMSGSIZE, "the user name or password is too long");
	return r < 0 ? reply_refused(rq, r) : verdict(f, &l);
}

/* Send a challenge and read the answer. NULL: in *answer, which is valid until buffer changes; else the end of the exchange. */
static const struct reply *ask(struct front *f, struct buf *challenge, struct buf *answer)
{
	static const struct reply cancelled = { REPLY_BAD, NULL, "AUTHENTICATE was cancelled" };
	static const struct reply too_long = { REPLY_BAD, NULL, "That answer is too long" };
	CLEAN(buf_free) struct buf text = BUF(NOAUTH_LINE_MAX);
	struct str line;
	int        r;

	b64_encode(&text, buf_view(challenge));
	conn_puts(f->s.conn, "+ ");
	conn_str(f->s.conn, buf_view(&text));
	conn_puts(f->s.conn, "\r\n");
	r = conn_line(f->s.conn, NOAUTH_LINE_MAX, &line);
	if (r == -EMSGSIZE)
		return &too_long;
	if (r < 0) {
		f->s.leaving = true;
		return &cancelled;
	}
	if (str_eq(line, STR("*")))
		return &cancelled;
	buf_reset(answer);
	return b64_decode(answer, line) < 0 ? &bad_base64 : NULL;
}

/* "=" is the empty initial response. */
static const struct reply *initial(struct request *rq, struct buf *answer, bool *ret_there)
{
	struct str word;

	*ret_there = lex_try(&rq->lx, ' ');
	if (!*ret_there)
		return NULL;
	word = str_from(rq->lx.in, rq->lx.at);
	word = str_mid(word, 0, str_find(word, STR("\r\n")));
	rq->lx.at += word.n;
	return str_eq(word, STR("=")) || b64_decode(answer, word) == 0 ? NULL : &bad_base64;
}

static const struct reply *exchange(struct front *f, struct request *rq, struct sasl *x, struct buf *answer)
{
	CLEAN(buf_free) struct buf challenge = BUF(NOAUTH_LINE_MAX);
	const struct reply *refusal;
	enum sasl_result    step;
	struct str          in;
	bool                there;

	refusal = initial(rq, answer, &there);
	if (refusal)
		return refusal;
	if (lex_end(&rq->lx) < 0)
		return reply_refused(rq, -EBADMSG);
	in = buf_view(answer);
	step = sasl_step(x, there ? &in : NULL, &challenge);
	while (step == SASL_CHALLENGE) {
		refusal = ask(f, &challenge, answer);
		if (refusal)
			return refusal;
		in = buf_view(answer);
		step = sasl_step(x, &in, &challenge);
	}
	if (step == SASL_BAD)
		return reply_new(rq->arena, REPLY_BAD, NULL, "%s", sasl_why(x));
	return verdict(f, &(struct login){ .mechanism = x->mech->name, .user = str_of(x->user), .authzid = str_of(x->authzid),
		.password = &x->secret, .tag = rq->tag });
}

const struct reply *login_authenticate(struct front *f, struct request *rq)
{
	static const struct reply   unknown = { REPLY_NO, "CANNOT", "That mechanism is not known here" };
	CLEAN(sasl_wipe) struct sasl x = { 0 };
	struct buf              answer = BUF(NOAUTH_LINE_MAX);
	const struct sasl_mech *mech;
	const struct reply     *reply;
	struct str              name;

	if (lex_sp(&rq->lx) < 0 || lex_atom(&rq->lx, &name) < 0)
		return reply_refused(rq, -EBADMSG);
	mech = sasl_find(name);
	if (!mech)
		return &unknown;
	if (mech->plain_text && !preauth_login_allowed(f->p))
		return &private_only;
	sasl_begin(&x, mech);
	reply = exchange(f, rq, &x, &answer);
	if (answer.p)
		explicit_bzero(answer.p, answer.cap);
	buf_free(&answer);
	return reply;
}
