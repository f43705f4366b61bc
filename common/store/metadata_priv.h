/* Inside of metadata*.c. */
#ifndef REMUCH_METADATA_PRIV_H
#define REMUCH_METADATA_PRIV_H

#include "metadata.h"
#include "store_priv.h"

#define METADATA_USE   "/private/specialuse"
#define METADATA_ADMIN "/shared/admin"

/* What an entry is; box "" is the server. */
enum metadata_kind { METADATA_PLAIN, METADATA_IS_ADMIN, METADATA_IS_USE, METADATA_IS_QUERY, METADATA_IS_FILTER };
enum metadata_kind metadata_kind(struct str box, struct str entry);

/* The mailbox of this name; only with `use` is its special use filled in. -ENOENT: *ret has its name all the same. */
int metadata_find_box(struct store *s, struct arena *a, struct str name, bool use, struct box_info *ret);

#endif
