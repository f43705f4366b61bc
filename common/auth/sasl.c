#include "sasl.h"

#include <string.h>

#include "text.h"

/* Best first: clients take the first they know. */
static const struct sasl_mech *const mechs[] = { &sasl_plain, &sasl_login };

enum { MECHS = sizeof(mechs) / sizeof(mechs[0]) };

const struct sasl_mech *sasl_find(struct str name)
{
	for (size_t i = 0; i < MECHS; i++)
		if (str_ieq(name, str_of(mechs[i]->name)))
			return mechs[i];
	return NULL;
}

void sasl_names(struct buf *b, const char *before, bool plain_text)
{
	for (size_t i = 0; i < MECHS; i++) {
		if (mechs[i]->plain_text && !plain_text)
			continue;
		buf_puts(b, before);
		buf_puts(b, mechs[i]->name);
	}
}

void sasl_begin(struct sasl *x, const struct sasl_mech *mech)
{
	memset(x, 0, sizeof(*x));
	x->mech = mech;
	x->why = "";
}

enum sasl_result sasl_step(struct sasl *x, const struct str *in, struct buf *challenge)
{
	enum sasl_result r;

	buf_reset(challenge);
	r = x->mech->step(x, in, challenge);
	if (r == SASL_BAD) {
		memset(x->user, 0, sizeof(x->user));
		memset(x->authzid, 0, sizeof(x->authzid));
		secret_wipe(&x->secret);
	}
	return r;
}

const char *sasl_why(const struct sasl *x)
{
	return x->why;
}

void sasl_wipe(struct sasl *x)
{
	explicit_bzero(x, sizeof(*x));
}

bool sasl_name(struct sasl *x, struct str name, char out[USER_MAX + 1])
{
	x->why = name.n == 0         ? "the user name is empty" :
		 name.n > USER_MAX   ? "the user name is too long" :
		 !text_is_utf8(name) ? "the user name is not UTF-8" : "";
	if (x->why[0])
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7f) {
			x->why = "the user name holds a control character";
			return false;
		}
	memcpy(out, name.p, name.n);
	out[name.n] = '\0';
	return true;
}
