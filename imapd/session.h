/* The session of one client that has logged in: what imapd/main.c hands to service_main(). */
#ifndef REMUCH_SESSION_H
#define REMUCH_SESSION_H

struct session;
struct session_start;

/* Greet (tagged OK to the login, or PREAUTH), serve until LOGOUT, silence (AUTOLOGOUT_S), BAD_MAX bad commands, SIGTERM
 * or the end of the stream; then hang up and wait a little for the index to catch up. Exit status: 0, or 111 when
 * the store could not be opened. */
int imap_session(const struct session_start *start);

/* About to wait for the client: it gets its answers first, then what can be done meanwhile is begun. */
void session_rest(struct session *s);

/* The client says nothing for some time: what was kept at hand for its next command is given back. */
void session_sleep(struct session *s);

#endif
