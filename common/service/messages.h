/* What supervisor and preauth tell each other: records of fixed sizes over a SOCK_SEQPACKET pair. A record from preauth
 * is checked like the network: size, type, every length, every string. Native byte order, since both are one program. */
#ifndef REMUCH_MESSAGES_H
#define REMUCH_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limits.h"

enum message_type {
	MSG_TLS = 1,            /* preauth: a handshake is done */
	MSG_LOGIN,              /* preauth: is this login good? */
	MSG_VERDICT,            /* supervisor: the answer to that */
	MSG_START,              /* preauth, after LOGIN_OK: the session can begin */
	MSG_BYE,                /* preauth: the connection is over before a login was good */
};

struct message_tls {
	char    version[16], cipher[64];        /* printable ASCII */
	uint8_t resumed;
};

struct message_login {
	char     mechanism[16];                 /* printable ASCII, as are all but: */
	char     user[USER_MAX + 1], authzid[USER_MAX + 1];     /* UTF-8 without controls; user is not empty */
	char     password[SECRET_MAX + 1];      /* any but NUL */
	char     tag[LOGIN_TAG_MAX + 1];
};

struct message_start {
	uint8_t  relay;                         /* preauth stays, and relays TLS; else the socket is the session's */
	uint32_t n;                             /* octets the client sent behind its login, already in the session's socket; 0: relay */
};

struct message_bye {
	uint64_t in, out;                       /* octets, inside TLS */
	char     why[160];                      /* printable ASCII */
};

struct message {
	uint32_t type;
	union {
		struct message_tls   tls;
		struct message_login login;
		uint32_t             verdict;   /* enum login_verdict */
		struct message_start start;
		struct message_bye   bye;
	};
};

/* Is every field as it says above? */
bool messages_sound(const struct message *m);

/* A record as it arrived: 0 when every field is as it says above, and *ret; -EBADMSG. */
int messages_check(const void *p, size_t n, struct message *ret);

/* 0, or -errno (-EPIPE: the other one is gone). */
int messages_send(int fd, const struct message *m);

/* The next record, at most until deadline (clock_ms time). 0; -ENODATA: the other one is gone; -ETIMEDOUT; -EBADMSG;
 * -errno. */
int messages_receive(int fd, int64_t deadline, struct message *ret);

#endif
