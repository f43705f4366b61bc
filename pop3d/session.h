/* The session of one POP3 client that has logged in: what pop3d/main.c hands to service_main(). RFC 1939, 2449, 6856. */
#ifndef REMUCH_SESSION_H
#define REMUCH_SESSION_H

#include <stdbool.h>

struct conf;
struct session_start;

/* Answer the login (+OK, or -ERR with [IN-USE] or [SYS/...]), serve until QUIT, silence (POP3_AUTOLOGOUT_S), BAD_MAX bad
 * commands or the end of the stream; then hang up and wait a little for the index to catch up. Only QUIT removes
 * messages. Exit status: 0, or 111 when the mail could not be opened. */
int pop3_session(const struct session_start *start);

/* --drain: bring the index up to the state. Exit status. */
int pop3_drain(struct conf *conf, const char *home);

/* --check: say on standard output what works of the mail side and what does not. True when all is well. */
bool pop3_check(struct conf *conf, const char *user, const char *home);

#endif
