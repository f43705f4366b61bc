/* ENVELOPE: RFC 9051 section 7.5.2. */
#ifndef REMUCH_ENVELOPE_H
#define REMUCH_ENVELOPE_H

#include "address.h"
#include "arena.h"
#include "str.h"

/* Texts: p == NULL when the field is absent (NIL), else unfolded and trimmed, not decoded, possibly empty.
 * Lists: n == 0 when the field is absent or holds no address (NIL); sender and reply_to are `from` then.
 * Of fields that stand more than once, the first counts for texts; the addresses of all are joined. */
struct envelope {
	struct str       date, subject;
	struct addresses from, sender, reply_to, to, cc, bcc;
	struct str       in_reply_to, message_id;
};

/* The envelope of a message's header (header_end tells how long it is; at most MIME_HEADER_MAX of it is read).
 * Never fails. Lists live in a; slices in a or in header. */
struct envelope envelope_read(struct arena *a, struct str header);

#endif
