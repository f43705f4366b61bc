/* Which rows of a mailbox changed since a MODSEQ, as ranges of UIDs: what one command did to neighbours is one record. */
#ifndef REMUCH_STATE_CHANGED_H
#define REMUCH_STATE_CHANGED_H

#include "state.h"

/* Where the tables `changed` and `expunged` have it. */
struct db_key state_log_key(uint32_t box, uint64_t modseq, uint32_t uid);

/* All rows of the mailbox with UIDs first to last got this MODSEQ now, */
int state_changed_add(struct state_txn *t, uint32_t box, uint64_t modseq, uint32_t first, uint32_t last);

/* or have it no longer. */
int state_changed_drop(struct state_txn *t, uint32_t box, uint64_t modseq, uint32_t first, uint32_t last);

/* Call fn for the rows with a higher MODSEQ, by that, perhaps twice for some; row is valid in fn only. 0 or -errno. */
typedef void (*state_changed_fn)(void *arg, const struct row *row);
int state_changed_walk(struct state_txn *t, uint32_t box, uint64_t modseq, state_changed_fn fn, void *arg);

/* Those rows, by UID, in a. */
int state_changed_since(struct state_txn *t, uint32_t box, uint64_t modseq, struct arena *a, struct row **ret, size_t *ret_n);

#endif
