/* SASL (RFC 4422), the server's side of the words a client says: pure state machines, no descriptor, no look-up.
 * What they gather (who, as whom, which password) is verified elsewhere. Base64 is the caller's (base/b64).
 *
 *      struct sasl x;
 *      sasl_begin(&x, sasl_find(name));
 *      r = sasl_step(&x, initial ? &initial_response : NULL, &challenge);
 *      while (r == SASL_CHALLENGE) { send challenge; read an answer; r = sasl_step(&x, &answer, &challenge); }
 *      ... r == SASL_DONE: x.user, x.authzid, x.secret ...
 *      sasl_wipe(&x);
 *
 * A client that cancels ("*") is the caller's matter too: it only needs sasl_wipe. */
#ifndef REMUCH_SASL_H
#define REMUCH_SASL_H

#include <stdbool.h>

#include "buf.h"
#include "limits.h"
#include "secret.h"
#include "str.h"

enum sasl_result {
	SASL_CHALLENGE, /* send the challenge (maybe empty), call again with the answer */
	SASL_DONE,      /* all is said: user, authzid and secret are filled */
	SASL_BAD,       /* no message of this mechanism, or over a limit, see sasl_why(); nothing is gathered */
};

struct sasl;

struct sasl_mech {
	const char *name;               /* upper case, as registered */
	bool        plain_text;         /* the password is sent as it is: only where such logins are allowed */

	/* One decoded message of the client; NULL: the command came without an initial response (SASL-IR, RFC 5034),
	 * which all of these can take. Appends to `challenge`. */
	enum sasl_result (*step)(struct sasl *x, const struct str *in, struct buf *challenge);
};

struct sasl {
	const struct sasl_mech *mech;
	const char             *why;            /* see sasl_why */
	char                    user[USER_MAX + 1];     /* UTF-8, never empty when done */
	char                    authzid[USER_MAX + 1];  /* UTF-8, "": the same as user */
	struct secret           secret;
};

extern const struct sasl_mech sasl_plain;       /* RFC 4616 */
extern const struct sasl_mech sasl_login;       /* draft-murchison-sasl-login-00: obsolete, still in use */

/* The mechanism of that name, letters fold; NULL: no such mechanism. */
const struct sasl_mech *sasl_find(struct str name);

/* Append every mechanism's name, each behind `before` (" AUTH=" for IMAP's CAPABILITY, " " for POP3's SASL), best
 * first. Without plain_text those that send the password as it is are left out. */
void sasl_names(struct buf *b, const char *before, bool plain_text);

void sasl_begin(struct sasl *x, const struct sasl_mech *mech);

/* One step; resets `challenge` first. After SASL_DONE or SASL_BAD: only sasl_wipe. `in` may be NULL in the
 * first step alone. */
enum sasl_result sasl_step(struct sasl *x, const struct str *in, struct buf *challenge);

/* Why the last step was SASL_BAD: plain words for the client, none of its octets. */
const char *sasl_why(const struct sasl *x);

void sasl_wipe(struct sasl *x);

/* For mechanisms: copy a name of 1 to USER_MAX octets of UTF-8 without controls. False with x->why set. */
bool sasl_name(struct sasl *x, struct str name, char out[USER_MAX + 1]);

#endif
