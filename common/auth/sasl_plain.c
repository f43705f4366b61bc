/* RFC 4616: message = [authzid] NUL authcid NUL passwd, all of it from the client in one message. */
#include "sasl.h"
#include "text.h"

static enum sasl_result bad(struct sasl *x, const char *why)
{
	x->why = why;
	return SASL_BAD;
}

static enum sasl_result step(struct sasl *x, const struct str *in, struct buf *challenge)
{
	struct str authzid, authcid, passwd;

	if (!in)
		return SASL_CHALLENGE;
	if (!str_cut(*in, '\0', &authzid, &passwd) || !str_cut(passwd, '\0', &authcid, &passwd))
		return bad(x, "this is no PLAIN message");
	if (authzid.n > 0 && !sasl_name(x, authzid, x->authzid))
		return SASL_BAD;
	if (!sasl_name(x, authcid, x->user))
		return SASL_BAD;
	if (passwd.n == 0)
		return bad(x, "the password is empty");
	if (!text_is_utf8(passwd))
		return bad(x, "the password is not UTF-8");
	if (secret_set(&x->secret, passwd) < 0)
		return bad(x, "the password is too long or holds a NUL");
	return SASL_DONE;
}

const struct sasl_mech sasl_plain = { .name = "PLAIN", .plain_text = true, .step = step };
