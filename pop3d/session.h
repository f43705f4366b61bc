/* The session of one POP3 client that has logged in: what pop3d/main.c hands to service_main(). RFC 1939, 2449, 6856. */
#ifndef REMUCH_SESSION_H
#define REMUCH_SESSION_H

struct session_start;

/* Answer the login (+OK, or -ERR with [IN-USE] or [SYS/...]), serve until QUIT, silence (POP3_AUTOLOGOUT_S), BAD_MAX bad
 * commands or the end of the stream; then hang up and wait a little for the index to catch up. Only QUIT removes
 * messages. Exit status: 0, or 111 when the mail could not be opened. */
int pop3_session(const struct session_start *start);

#endif
