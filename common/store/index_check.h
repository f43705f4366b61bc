/* Queries that a client wrote. */
#ifndef REMUCH_INDEX_CHECK_H
#define REMUCH_INDEX_CHECK_H

#include "index.h"

/* Does notmuch understand the query? 0; -EINVAL with its words for what is wrong, a line in a; -EIO. */
int index_check(struct index *x, const char *query, struct arena *a, const char **ret_words);

#endif
