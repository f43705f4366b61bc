/* What a protocol may do before login: talk, switch to TLS, ask the supervisor whether a login is good.
 * Runs in the sandboxed process. */
#ifndef REMUCH_PREAUTH_H
#define REMUCH_PREAUTH_H

#include <stdbool.h>

#include "conn.h"
#include "secret.h"
#include "str.h"

struct preauth;

/* How the not-authenticated state ended. */
enum preauth_end {
	PREAUTH_LOGGED_IN,      /* preauth_login said LOGIN_OK; the service relays or hands over now */
	PREAUTH_GOODBYE,        /* the protocol has said so to the client (or the client is gone) */
};

enum login_verdict {
	LOGIN_OK,               /* say nothing: the session answers the client */
	LOGIN_REFUSED,          /* unknown user or wrong password: [AUTHENTICATIONFAILED] */
	LOGIN_REFUSED_LAST,     /* the same, and the limit of failures is reached: say goodbye */
	LOGIN_UNAVAILABLE,      /* could not be checked now: [UNAVAILABLE]; [SYS/TEMP] */
};

struct login {
	const char    *mechanism;       /* "LOGIN", "PLAIN", "USER": for the log */
	struct str     user;            /* authentication identity, at most USER_MAX */
	struct str     authzid;         /* empty, or whom the user wants to be */
	struct secret *password;        /* wiped by preauth_login */
	struct str     tag;             /* IMAP: for the session's tagged OK, at most LOGIN_TAG_MAX; POP3: empty */
};

/* The client's connection: read and write through it (conn.h). Its deadline for all of this state is already set. */
struct conn *preauth_conn(struct preauth *p);

bool preauth_tls_active(const struct preauth *p);
bool preauth_tls_possible(const struct preauth *p);     /* STARTTLS/STLS: a certificate is there and TLS is off */
bool preauth_login_allowed(const struct preauth *p);    /* else LOGINDISABLED; passwords are refused unread */

/* After the go-ahead was written: flush, refuse bytes that came too early, do the handshake.
 * 0; -errno when the connection is of no use any more (return PREAUTH_GOODBYE without a word). */
int preauth_starttls(struct preauth *p);

/* Ask the supervisor. Takes as long as the throttle wants. */
enum login_verdict preauth_login(struct preauth *p, struct login *l);

#endif
