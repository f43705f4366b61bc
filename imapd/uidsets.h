/* From the message sets of a command to the UIDs they mean in this session's view of the mailbox. */
#ifndef REMUCH_UIDSETS_H
#define REMUCH_UIDSETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seqset.h"

struct session;
struct request;
struct reply;

/* Ascending, each once, all in the view. */
struct uids {
	const uint32_t *v;
	size_t          n;
};

/* The messages of a set as the command gave it (seqset_read; resolved here, in place). rq->by_uid says whether its
 * numbers are UIDs: those that the view has not are passed over; a sequence number that the view has not is BAD. "$" is
 * the saved search result. NULL and *ret (in rq->arena, or the view itself: valid until report_changes), or the
 * refusal. */
const struct reply *uidsets_resolve(struct session *s, struct request *rq, struct seqset *set, struct uids *ret);

/* The same for numbers of the given kind: SEARCH has both in one command. */
const struct reply *uidsets_resolve_as(struct session *s, struct request *rq, struct seqset *set, bool by_uid,
	struct uids *ret);

#endif
