/* CONDSTORE, RFC 7162 section 3.1: a client that has asked for mod-sequences is told those of all messages that change, to the end of the
 * session. */
#ifndef REMUCH_CONDSTORE_H
#define REMUCH_CONDSTORE_H

#include <stdint.h>

struct session;

/* The command that runs is a CONDSTORE enabling one. The first tells HIGHESTMODSEQ of the selected mailbox, if there is one. */
void condstore_enable(struct session *s);

/* "* OK [HIGHESTMODSEQ n]": what the client has been told of all changes up to. */
void condstore_tell(struct session *s);

#endif
