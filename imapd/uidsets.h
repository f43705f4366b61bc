/* From the message sets of a command to the UIDs they mean in this session's view of the mailbox. */
#ifndef REMUCH_UIDSETS_H
#define REMUCH_UIDSETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "seqset.h"

struct box;
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

/* The same for a search in a mailbox, which need not be the selected one: no number is an error there (RFC 7377 section 2), those that the
 * view has not are passed over. set stays as the command gave it. saved: what "$" means. */
struct uids uidsets_search(struct box *box, struct uids saved, struct arena *a, const struct seqset *set, bool by_uid);

/* "$": valid as searchres_uids. */
struct uids uidsets_saved(const struct session *s);

#endif
