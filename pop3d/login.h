/* The AUTHORIZATION state of POP3 (RFC 1939 section 4), served inside the sandbox. */
#ifndef REMUCH_LOGIN_H
#define REMUCH_LOGIN_H

#include "limits.h"
#include "preauth.h"

/* One client that has not logged in yet. */
struct front {
	struct preauth  *p;
	struct conn     *conn;
	bool             over;
	enum preauth_end end;
	unsigned         bad;
	char             user[USER_MAX + 1];    /* of USER; "": none */
};

/* Greet and serve until login or the end: what pop3d/main.c hands to service_main(). */
enum preauth_end pop3_preauth(struct preauth *p);

/* The three ways in (login.c). Each answers, unless the login is good: then the session does. */
void login_user(struct front *f, struct str rest);
void login_pass(struct front *f, struct str rest);
void login_auth(struct front *f, struct str rest);

#endif
