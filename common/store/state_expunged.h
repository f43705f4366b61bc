/* Which UIDs were expunged from a mailbox, and when: the table `expunged`. Only the newest are kept, EXPUNGED_MAX records of all mailboxes
 * together; what is known of older ones is the highest MODSEQ among them. */
#ifndef REMUCH_STATE_EXPUNGED_H
#define REMUCH_STATE_EXPUNGED_H

#include "state.h"

/* UIDs first to last went with this MODSEQ. */
struct expunged {
	uint64_t modseq;
	uint32_t first, last;
};

struct expunged_walk {
	struct db_key  from;
	struct db_walk w;
};

/* Those with a higher MODSEQ, ascending: begun (0 or -errno), taken one after the other, and ended once begun. */
int state_expunged_since(struct state_txn *t, uint32_t box, uint64_t modseq, struct expunged_walk *ret);
bool state_expunged_next(struct expunged_walk *w, struct expunged *ret);
void state_expunged_end(struct expunged_walk *w);

/* Of expunges up to this MODSEQ not all are kept; 0: all are. */
int state_expunged_forgotten(struct state_txn *t, uint32_t box, uint64_t *ret_modseq);

/* When there are more than max records only the newest half of that stays. Cheap when there is nothing to do. */
int state_expunged_trim(struct state *st, size_t max);

#endif
