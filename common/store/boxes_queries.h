/* DELETE and RENAME of mailboxes that are named queries, and what CREATE says of them. Inside of the store. */
#ifndef REMUCH_BOXES_QUERIES_H
#define REMUCH_BOXES_QUERIES_H

#include "store_priv.h"

/* A query needs a text, so it is made by giving it one (metadata.h). -EEXIST, else -EINVAL with how. */
int boxes_queries_create(struct store *s, struct str name);

/* The named query is gone, and its mailbox. -ENOENT; -EROFS: it is in a configuration file that cannot be written. */
int boxes_queries_delete(struct store *s, struct str name);

/* Another name for it and for those below it, in one transaction; UIDs stay. -ENOENT, -EEXIST, -EROFS, -EINVAL */
int boxes_queries_rename(struct store *s, struct arena *a, struct str from, struct str to);

/* In a transaction: define it; or, with an empty text, remove it with its mailbox (n 0: it has none) and its annotations. */
int boxes_queries_set(struct state_txn *t, struct str box, struct str query, struct str text);

#endif
