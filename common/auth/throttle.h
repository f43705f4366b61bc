/* Failed logins slow down the next ones from the same address: IPv4 by address, IPv6 by /64. Kept across connections
 * in one small file, shared by all processes of a machine.
 *
 * Before a password is verified wait throttle_delay_ms(); then tell the outcome. The delay is 0 with no failures,
 * THROTTLE_FIRST_MS after one, doubled with each further one, at most THROTTLE_MAX_MS (limits.h). One failure is
 * forgotten every THROTTLE_FORGET_S, all of them with a good login. */
#ifndef REMUCH_THROTTLE_H
#define REMUCH_THROTTLE_H

#include <stdint.h>
#include <sys/socket.h>

struct throttle;

/* The table in directory `dir` (which must exist): made when it is missing, started anew when it is damaged.
 * 0 and *ret_throttle (throttle_close); -errno: there is no throttle, and NULL below does. */
int throttle_open(const char *dir, struct throttle **ret_throttle);
void throttle_close(struct throttle *t);

/* t may be NULL: no table, the delay is THROTTLE_FIRST_MS for everybody; the other two do nothing.
 * addr may be NULL or of another family (a pipe, a local socket): never delayed.
 * Where the table cannot be read or locked in time the delay is THROTTLE_FIRST_MS. */
int64_t throttle_delay_ms(struct throttle *t, const struct sockaddr *addr);

/* The outcome. 0, or -errno when it could not be noted (worth a line in the log, no more). */
int throttle_failed(struct throttle *t, const struct sockaddr *addr);
int throttle_ok(struct throttle *t, const struct sockaddr *addr);

#endif
