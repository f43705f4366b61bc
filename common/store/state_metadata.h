/* Annotations (RFC 5464) in the state, by mailbox name; "" is the server. Names of entries are compared without case and kept as
 * they were first spelled. What changed is noted in a log, for sessions that have to be told. */
#ifndef REMUCH_STATE_METADATA_H
#define REMUCH_STATE_METADATA_H

#include "metadata.h"
#include "state.h"

/* Strings point into the database. -ENOENT */
int state_metadata_get(struct state_txn *t, struct str box, struct str entry, struct metadata *ret);

/* All of a mailbox, in the order of their names. fn returns 0, or what ends the walk and is returned. */
typedef int (*state_metadata_fn)(void *arg, const struct metadata *m);
int state_metadata_each(struct state_txn *t, struct str box, state_metadata_fn fn, void *arg);

/* Set or remove; nothing is logged when it is so already. -E2BIG: METADATA_COUNT_MAX are there. -ENAMETOOLONG: both names together. */
int state_metadata_put(struct state_txn *t, struct str box, const struct metadata *m);

/* Those of the mailbox, or of it and all below it, go with it. */
int state_metadata_drop(struct state_txn *t, struct str box);
int state_metadata_rename(struct state_txn *t, struct str from, struct str to);
int state_metadata_copy(struct state_txn *t, struct str from, struct str to);

/* The number of the last change; and all changes after `since` up to `until`, oldest first. Only the last METADATA_LOG_MAX are kept;
 * -ESTALE: some of them are not. */
uint64_t state_metadata_last(struct state_txn *t);

/* An annotation that changes raises the MODSEQ of its mailbox (RFC 7162 section 3.2), if the state has that. */
int state_metadata_raise(struct state_txn *t, struct str box);

/* Note such a change in the log, and raise. */
int state_metadata_note(struct state_txn *t, struct str box, struct str entry);
int state_metadata_changes(struct state_txn *t, uint64_t since, uint64_t until, metadata_changed_fn fn, void *arg);

#endif
