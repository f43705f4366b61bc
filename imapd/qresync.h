/* QRESYNC, RFC 7162 section 3.2: a client that was away is told in one go what has gone and what has changed; who has enabled it is told of
 * VANISHED messages, by their UIDs, in place of EXPUNGE. */
#ifndef REMUCH_QRESYNC_H
#define REMUCH_QRESYNC_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "seqset.h"

struct select_qresync;
struct session;

/* "* VANISHED 405,407": no longer in the view. Ascending. */
void qresync_vanished(struct session *s, const uint32_t *uids, size_t n);

/* "* VANISHED (EARLIER) 41,43:116": of the UIDs known to the client (resolved) those expunged after its mod-sequence, or nothing. 0 or -errno */
int qresync_earlier(struct session *s, const struct seqset *known, uint64_t modseq, struct arena *a);

/* The parameter of SELECT, after all else of the mailbox is told: VANISHED (EARLIER), and FETCH of what has changed. 0 or -errno */
int qresync_select(struct session *s, const struct select_qresync *q, struct arena *a);

#endif
