/* Following what a query finds, which only the index can tell. Inside of the store. */
#ifndef REMUCH_SYNC_QUERY_H
#define REMUCH_SYNC_QUERY_H

#include "state_virtual.h"
#include "store_priv.h"
#include "vec.h"

struct query_ids {
	struct arena arena;
	VEC(struct str) v;
};
void query_ids_free(struct query_ids *ids);

/* What the query of a mailbox finds now. For b, which may be of no mailbox yet: what of the index that is. -EINVAL: notmuch does not
 * understand it; -EIO. */
int sync_query_all(struct store *s, const struct vbox *v, struct query_ids *ret, struct state_box *b);

/* Within the caller's transaction: note in b, which is as sync_query_all left it, what its messages were asked for. */
void sync_query_note(struct state_txn *t, struct state_box *b);

/* When to look at a query again though nothing has happened, clock_ms(): those that speak of time find other messages as it goes by,
 * above all when a day begins. */
int64_t sync_query_due(void);

/* Bring the mailbox b of a query up to the index: of the messages that changed, who matches now? Costs what changed; all of it, where
 * the query was given another text, the index is another one, or the query speaks of time. */
int sync_query(struct store *s, const struct vbox *v, struct state_box *b);

#endif
