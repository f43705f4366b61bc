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
	struct strmap          tags;            /* those that messages get or lose, or that messages have which are read or not by now */
	struct pending_counts *of;              /* by tag */
	bool                  *given;           /* some message will have the tag */
	size_t                 n_of, cap_of, n_given, cap_given;
	struct pending_counts  all;
	uint64_t               first, last;     /* of the journal, when it was summed up; 0: it was empty */
};

/* Summed up anew only when the journal has changed. Valid until the next call. Costs what is in the journal. Whoever asks the index, too, asks it
 * afterwards: what was taken out of the journal before is in the index then. */
int pending_get(struct store *s, const struct pending **ret);
void pending_free(struct pending *p);           /* NULL is fine */

/* Of a mailbox of a tag, or of all mail. */
struct pending_counts pending_of(const struct pending *p, const struct vbox *v);

#endif
