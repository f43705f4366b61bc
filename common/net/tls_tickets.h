/* Keys of TLS session tickets, in a file that all processes of a machine share, so that a client resumes its session
 * in a process that has never seen it. */
#ifndef REMUCH_TLS_TICKETS_H
#define REMUCH_TLS_TICKETS_H

#include <stddef.h>
#include <stdint.h>

enum { TICKET_KEYS = 4 };       /* the one in use and its predecessors: tickets live TICKET_LIFE_S (limits.h) */

struct ticket_key {
	unsigned char name[16];
	unsigned char aes[32];
	unsigned char mac[32];
	int64_t       made;             /* Unix seconds */
};

struct tickets {
	uint32_t          n;            /* 1 to TICKET_KEYS; key[0] is the newest */
	struct ticket_key key[TICKET_KEYS];
};

/* Keys from the file. One that is missing, damaged, or not ours alone is replaced; when the newest key is older than
 * TICKET_ROTATE_S, a new one is put before it. 0; -errno when the file can be neither read nor made: *ret holds keys
 * for this process alone then. -EIO: no random numbers, nothing in *ret. */
int tls_tickets_load(const char *path, int64_t now, struct tickets *ret);

/* Keys for this process alone. 0 or -EIO. */
int tls_tickets_make(int64_t now, struct tickets *ret);

#endif
