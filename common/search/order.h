/* The order of a mailbox's messages by a text. It is kept, so that the texts of all need not be compared again as long as none has come. */
#ifndef REMUCH_ORDER_H
#define REMUCH_ORDER_H

#include "box.h"
#include "store.h"
#include "traits.h"

/* v[i] becomes the place of the message uids[i] (ascending) by that trait: 0 where it has no such text, else from 1 on, and the same for equal
 * ones. A message that has gone has no text. 8 octets of memory for each, those of v. 0 or -errno. */
int order_places(struct store *s, struct box *b, enum trait trait, const uint32_t *uids, size_t n, uint64_t *v);

#endif
