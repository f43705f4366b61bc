/* What the index has names for: tags and named queries; and counts. */
#ifndef REMUCH_INDEX_NAMES_H
#define REMUCH_INDEX_NAMES_H

#include "index.h"

/* All tags; all named queries ("query.NAME" of notmuch's configuration), sorted by name. 0 or -EIO. */
int index_tag_names(struct index *x, index_id_fn fn, void *arg);
typedef void (*index_query_fn)(void *arg, struct str name, struct str text);
int index_queries(struct index *x, index_query_fn fn, void *arg);

/* The text of a named query, in a. -ENOENT: there is none of that name. -EIO */
int index_query(struct index *x, struct str name, struct arena *a, struct str *ret);

/* How many messages match. -EINVAL: notmuch does not understand the query. -EIO */
int index_count(struct index *x, const char *query, uint32_t *ret);

#endif
