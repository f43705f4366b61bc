/* For textsearch*.c. */
#ifndef REMUCH_TEXTSEARCH_PRIV_H
#define REMUCH_TEXTSEARCH_PRIV_H

#include "textsearch.h"

/* One query. -ENOTSUP: the index cannot be asked, or does not answer it. */
int textsearch_find(struct store *s, const char *query, struct arena *a, struct serial_set *ret);

/* Mails that are not indexed yet. 0 or -errno of the state. */
int textsearch_unknown(struct store *s, struct arena *a, struct serial_set *ret);

#endif
