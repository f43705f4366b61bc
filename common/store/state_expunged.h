/* Which UIDs were expunged from a mailbox, and when: the table `expunged`. Only the newest are kept, EXPUNGED_MAX records of all mailboxes
 * together; what is known of older ones is the highest MODSEQ among them. */
#ifndef REMUCH_STATE_EXPUNGED_H
#define REMUCH_STATE_EXPUNGED_H

#include "state.h"

/* Of expunges up to this MODSEQ not all are kept; 0: all are. */
int state_expunged_forgotten(struct state_txn *t, uint32_t box, uint64_t *ret_modseq);

/* When there are more than max records only the newest half of that stays. Cheap when there is nothing to do. */
int state_expunged_trim(struct state *st, size_t max);

#endif
