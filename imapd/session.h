/* The session of one client that has logged in: what imapd/main.c hands to service_main(). */
#ifndef REMUCH_SESSION_H
#define REMUCH_SESSION_H

#include <stdbool.h>

struct conf;
struct session_start;

/* Greet (tagged OK to the login, or PREAUTH), serve until LOGOUT, silence (AUTOLOGOUT_S), BAD_MAX bad commands, SIGTERM
 * or the end of the stream; then hang up and wait a little for the index to catch up. Exit status: 0, or 111 when
 * the store could not be opened. */
int imap_session(const struct session_start *start);

/* --drain: bring the index up to the state. Exit status. */
int imap_drain(struct conf *conf, const char *home);

/* --check: say on standard output what works of the mail side and what does not. True when all is well. */
bool imap_check(struct conf *conf, const char *user, const char *home);

#endif
