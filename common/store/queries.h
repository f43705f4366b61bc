/* notmuch's named queries ("query.NAME" of its configuration). They are written by way of the journal: what it holds wins over what
 * notmuch has. A new one goes to the database; what the configuration file defines is changed there, since it wins over the database. */
#ifndef REMUCH_QUERIES_H
#define REMUCH_QUERIES_H

#include "store_priv.h"

struct query {
	struct str name, text;
};

/* The text of a named query as it will be, in a. -ENOENT; -EIO: the index cannot be read. */
int queries_get(struct store *s, struct str name, struct arena *a, struct str *ret);

/* All of them, by name, in a. -EIO */
int queries_list(struct store *s, struct arena *a, struct query **ret, size_t *ret_n);

/* May this be written? An empty text: may it be removed? -EINVAL: notmuch does not understand the text, or it can be no name; -EROFS: the
 * configuration file defines it, and cannot be written; -EIO. store_why tells. */
int queries_check(struct store *s, struct str name, struct str text);

/* Define, or remove with an empty text. The caller kicks the drainer after the commit. */
int queries_put(struct state_txn *t, struct str name, struct str text);

#endif
