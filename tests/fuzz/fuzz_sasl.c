/* What a client may say in AUTHENTICATE. The first octet chooses the mechanism (bit 0) and whether there is an initial
 * response (bit 1); messages are parted by line feeds. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sasl.h"
#include "text.h"

/* A PLAIN message is made of just what was gathered (RFC 4616 section 2). */
static void compare(const struct sasl *x, struct str message)
{
	struct buf b = BUF(2 * USER_MAX + SECRET_MAX + 2);

	buf_puts(&b, x->authzid);
	buf_putc(&b, '\0');
	buf_puts(&b, x->user);
	buf_putc(&b, '\0');
	buf_str(&b, secret_str(&x->secret));
	if (b.failed || !str_eq(buf_view(&b), message))
		abort();
	buf_free(&b);
}

static void check(const struct sasl *x, enum sasl_result r, struct str last)
{
	if (r == SASL_BAD && (x->user[0] || x->authzid[0] || x->secret.n > 0 || !sasl_why(x)[0]))
		abort();
	if (r == SASL_DONE && (!x->user[0] || x->secret.n == 0 || !text_is_utf8(str_of(x->user))))
		abort();
	if (r == SASL_DONE && x->mech == &sasl_plain)
		compare(x, last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str       rest = { (const char *)data, n }, message = STR_NONE;
	struct buf       challenge = BUF(100);
	enum sasl_result r = SASL_CHALLENGE;
	struct sasl      x;

	if (n == 0)
		return 0;
	sasl_begin(&x, data[0] & 1 ? &sasl_login : &sasl_plain);
	rest = str_from(rest, 1);
	if (!(data[0] & 2))
		r = sasl_step(&x, NULL, &challenge);
	for (bool more = true; more && r == SASL_CHALLENGE;) {
		more = str_cut(rest, '\n', &message, &rest);
		r = sasl_step(&x, &message, &challenge);
	}
	check(&x, r, message);
	sasl_wipe(&x);
	buf_free(&challenge);
	return 0;
}
