/* The order of a mailbox by a text, kept so that SORT need not compare the texts of all mails again as long as none has come. */
#ifndef REMUCH_ORDER_H
#define REMUCH_ORDER_H

#include "box.h"
#include "store.h"
#include "traits.h"

/* The places of n mails by that trait: equal ones have the same. places[i * step] is that of serials[i]. False: some mail is not in
 * what is kept, and nothing is to be made of places. */
bool order_kept(struct store *s, struct box *b, enum trait trait, const uint64_t *serials, size_t n, uint64_t *places, size_t step);

/* Keep them: of all mails of the mailbox, with what is known of each. What cannot be kept is worked out again. */
void order_keep(struct store *s, struct box *b, enum trait trait, const uint64_t *serials, size_t n, const uint64_t *places, size_t step);

#endif
