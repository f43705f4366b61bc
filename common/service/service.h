/* Start-up and the three roles of a connection (supervisor, preauth, session), shared by imapd and pop3d.
 *
 *   client <-> TLS <-> [ preauth, sandboxed ] <-> socketpair <-> [ supervisor -> session ]
 *
 * main() hands its struct protocol to service_main() and returns what that returns. */
#ifndef REMUCH_SERVICE_H
#define REMUCH_SERVICE_H

#include <stdbool.h>

#include "conf.h"
#include "preauth.h"
#include "str.h"

/* What a session starts with. Everything is owned by service_main and outlives the session. */
struct session_start {
	int          in, out;           /* plain text, blocking; may be the same descriptor */
	struct str   pending;           /* what the client sent behind its login command; read it before `in` */
	struct str   tag;               /* IMAP: tag of the command that logged in; empty: greet with PREAUTH */
	bool         tls;               /* the client's side is under TLS */
	const char  *peer;              /* "127.0.0.1:4711", "-" on a pipe */
	const char  *user, *home;       /* whose mail; the process already is that user */
	const char  *mailbox;           /* named in the login, UTF-8; NULL: none was */
	struct conf *conf;              /* with that user's own file read in */
	const char  *conf_path;         /* as given by --config; NULL: the default */
};

struct protocol {
	const char *name;               /* "imap", "pop3": ALPN, PAM service, log */
	const char *program;            /* "imapd" */
	bool        names_mailbox;      /* a login name may be "user+mailbox" (claim.h) */

	/* The not-authenticated state, inside the sandbox: no file, no socket, no exec. Greets, and returns when the
	 * client has logged in or has gone. See preauth.h. */
	enum preauth_end (*preauth)(struct preauth *p);

	/* The session: greets (OK to start->tag, or PREAUTH), serves until the end. Exit status of the process. */
	int (*session)(const struct session_start *start);

	/* --drain: bring the index up to the state, then return the exit status. NULL: no such option. */
	int (*drain)(struct conf *conf, const char *home);

	/* --check: print what is configured and works of the mail side; true when all is well. */
	bool (*check)(struct conf *conf, const char *user, const char *home);
};

/* Options: --config=FILE, --tls=implicit, --preauth, --check, --passwd NAME (prints a users-file entry), --drain,
 * --version, --help.
 * Returns the exit status: 0 goodbye, 100 configuration or usage, 111 the system. */
int service_main(const struct protocol *proto, int argc, char **argv);

#endif
