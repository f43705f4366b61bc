/* Annotations that others changed, told to a client that did ENABLE METADATA: RFC 5464 section 4.4.2, names without values. */
#ifndef REMUCH_METAWATCH_H
#define REMUCH_METAWATCH_H

#include "metadata.h"

struct metawatch;
struct session;

/* From now on. */
struct metawatch *metawatch_new(struct store *s);
void metawatch_free(struct metawatch *w);               /* NULL is fine */

/* Tell what changed, all mailboxes and the server. The session calls it before each tagged response, IDLE when it is woken. Nothing when it
 * was not enabled. BYE when more has changed than is known one by one. */
void metawatch_report(struct session *s, struct arena *a);

/* The same after this session itself set n entries of a mailbox, those of the log, which the client knows. */
void metawatch_own(struct session *s, struct str box, const struct metadata *v, size_t n, const struct metadata_log *log, struct arena *a);

#endif
