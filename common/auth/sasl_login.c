/* draft-murchison-sasl-login-00: the server asks for the name, then for the password. The prompts are the words that
 * clients in the field look for. A client that gives its name as an initial response is asked for the password at once.
 * The draft says nothing of charsets: the password may be any octets. */
#include "sasl.h"

static enum sasl_result bad(struct sasl *x, const char *why)
{
	x->why = why;
	return SASL_BAD;
}

static enum sasl_result step(struct sasl *x, const struct str *in, struct buf *challenge)
{
	if (!in) {
		buf_puts(challenge, "Username:");
		return SASL_CHALLENGE;
	}
	if (!x->user[0]) {
		if (!sasl_name(x, *in, x->user))
			return SASL_BAD;
		buf_puts(challenge, "Password:");
		return SASL_CHALLENGE;
	}
	if (in->n == 0)
		return bad(x, "the password is empty");
	if (secret_set(&x->secret, *in) < 0)
		return bad(x, "the password is too long or holds a NUL");
	return SASL_DONE;
}

const struct sasl_mech sasl_login = { .name = "LOGIN", .plain_text = true, .step = step };
