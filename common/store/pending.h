/* What the index has still to learn of tags, summed up: names and counts that it is asked for are put right by it. */
#ifndef REMUCH_PENDING_H
#define REMUCH_PENDING_H

#include "state_virtual.h"
#include "store_priv.h"

/* n messages that have these tags in the index and will have those. */
struct pending_step {
	const struct str *before, *after;
	size_t            n_before, n_after;
	bool              was, is;              /* whether the index knows them; whether they will be there */
	uint32_t          n;
};

struct pending {
	struct arena         arena;
	struct pending_step *p;                 /* few: one a kind of change */
	size_t               n, cap;
	uint64_t             first, last;       /* of the journal, when it was summed up; 0: it was empty */
};

/* Summed up anew only when the journal has changed. Valid until the next call. Costs what is in the journal. */
int pending_get(struct store *s, const struct pending **ret);
void pending_free(struct pending *p);           /* NULL is fine */

/* How many more messages will be in a mailbox of a tag, or of all mail, than the index finds; less than 0: fewer. */
int64_t pending_messages(const struct pending *p, const struct vbox *v);
int64_t pending_unseen(const struct pending *p, const struct vbox *v);

#endif
