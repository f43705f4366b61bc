/* The maildrop: a mailbox, INBOX for most, as it was when the client logged in. Numbers, sizes and unique ids stay as they are until
 * the end of the session, whatever else happens to the mailbox. One POP3 session at a time has it; IMAP goes on. */
#ifndef REMUCH_DROP_H
#define REMUCH_DROP_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

struct box;

struct drop_mail {
	uint64_t serial;        /* for mail_open */
	uint64_t size;          /* octets as RETR sends them, dots not doubled */
	uint32_t uid;
	bool     deleted;       /* marked by DELE; removed by drop_commit */
};

struct drop {
	struct store     *store;
	struct box       *box;
	struct drop_mail *mails;        /* mails[0] is message 1 */
	uint32_t          n;
	uint32_t          left;         /* messages without a mark */
	uint64_t          size;         /* their octets */
	uint32_t          uidvalidity;
	int               lock;
	struct arena      arena;
};

/* Lock it and read it. -EWOULDBLOCK: another POP3 session has this mailbox. -ENOENT: there is none of that name (UTF-8). -errno:
 * store_why(s) tells more. state_dir: where the lock file is. To be closed with drop_close in any case. */
int drop_open(struct drop *d, struct store *s, const char *state_dir, struct str mailbox);

/* Release all, the lock too. Removes nothing. */
void drop_close(struct drop *d);

/* Message `number` (from 1), marked or not; NULL: there is none. */
struct drop_mail *drop_mail(const struct drop *d, uint32_t number);

void drop_mark(struct drop *d, struct drop_mail *m);
void drop_reset(struct drop *d);        /* takes all marks off */

/* Remove what is marked, and nothing else: one durable step. What others have removed already is fine. 0 or -errno. */
int drop_commit(struct drop *d);

/* The unique id of a message, for ever (RFC 1939 section 7): 1 to 70 octets 0x21 to 0x7e. */
enum { DROP_UIDL_MAX = 70 };
void drop_uidl(const struct drop *d, const struct drop_mail *m, char out[DROP_UIDL_MAX + 1]);

#endif
