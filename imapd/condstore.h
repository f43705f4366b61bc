/* CONDSTORE, RFC 7162 section 3.1: a client that has asked for mod-sequences is told those of all messages that change, to the end of the
 * session. */
#ifndef REMUCH_CONDSTORE_H
#define REMUCH_CONDSTORE_H

#include <stdint.h>

struct session;

/* The command that runs is a CONDSTORE enabling one. The first tells HIGHESTMODSEQ of the selected mailbox, if there is one. */
void condstore_enable(struct session *s);

/* "HIGHESTMODSEQ n" of the selected mailbox: all changes and expunges up to it have been told. Returns code, which has room for
 * CONDSTORE_CODE_MAX. */
enum { CONDSTORE_CODE_MAX = 64 };
const char *condstore_code(const struct session *s, char *code);

/* The same as an untagged OK. */
void condstore_tell(struct session *s);

#endif
