/* For order.c: places that are kept. */
#ifndef REMUCH_ORDER_KEPT_H
#define REMUCH_ORDER_KEPT_H

#include <stdbool.h>

#include "box.h"
#include "spool.h"
#include "store.h"
#include "traits.h"

/* As order_places(). False: something is not in what is kept, and nothing is to be made of v. */
bool order_kept(struct store *s, struct box *b, enum trait trait, const uint32_t *uids, size_t n, uint64_t *v);

/* Keep them: of all messages of the mailbox, whose serials lie in the spool from 0 on. What cannot be kept is worked out again. */
void order_keep(struct store *s, struct box *b, enum trait trait, const uint32_t *uids, const struct spool *serials, size_t n,
	const uint64_t *v);

#endif
