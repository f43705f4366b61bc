/* What the index has still to learn of tags, summed up: names and counts that it is asked for are put right by it. */
#ifndef REMUCH_PENDING_H
#define REMUCH_PENDING_H

#include "state_virtual.h"
#include "store_priv.h"
#include "strmap.h"

/* How many more messages there will be than the index finds; less than 0: fewer. */
struct pending_counts {
	int64_t messages, unseen;
};

struct pending {
	struct arena           arena;
	struct strmap          tags;            /* those that the messages of the journal have in the index, or will have */
	struct pending_counts *of;              /* by tag */
	bool                  *given;           /* some message will have the tag */
	size_t                 n_of, cap_of, n_given, cap_given;
	struct pending_counts  all;
	uint64_t               state;           /* the commit of the state, */
	struct index_version   index;           /* and that of the index, between which this is the difference */
};

/* The difference between what the index says and what the journal will make of it, and that index (NULL: there is none): both of one
 * moment, however far the drainer has got. Summed up anew only when either has changed; costs what is in the journal, nothing when that
 * is empty. Valid until the next call. 0 or -errno. */
int pending_get(struct store *s, const struct pending **ret, struct index **ret_index);
void pending_free(struct pending *p);           /* NULL is fine */

/* Is the index still that of this moment? What it was asked meanwhile may have made it go on by itself (index_version): ask for both
 * again then. */
bool pending_holds(const struct pending *p, struct index *x);

/* Of a mailbox of a tag, or of all mail. */
struct pending_counts pending_of(const struct pending *p, const struct vbox *v);

#endif
