/* The not-authenticated state of IMAP (RFC 9051 section 6.2), served inside the sandbox. */
#ifndef REMUCH_LOGIN_H
#define REMUCH_LOGIN_H

#include "command.h"
#include "preauth.h"

/* One client that has not logged in yet. */
struct front {
	struct preauth  *p;
	struct session   s;             /* conn, bad and leaving alone */
	enum preauth_end end;
};

/* Greet and serve until login or the end: what imapd/main.c hands to service_main(). */
enum preauth_end imap_preauth(struct preauth *p);

/* LOGIN and AUTHENTICATE (login.c). The tagged response; NULL: "OK name done"; login_silent: none from here. */
const struct reply *login_login(struct front *f, struct request *rq);
const struct reply *login_authenticate(struct front *f, struct request *rq);
extern const struct reply login_silent;

#endif
