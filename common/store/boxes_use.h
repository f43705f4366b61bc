/* Special uses of mailboxes (RFC 6154). Inside of the store; for others see boxes.h. */
#ifndef REMUCH_BOXES_USE_H
#define REMUCH_BOXES_USE_H

#include "boxes.h"
#include "store_priv.h"

/* Fill in `special` of a list sorted as boxes_list gives it: what a client set, then the configuration, then usual names. */
int boxes_use_add(struct store *s, struct box_info *list, size_t n);

/* The use is this mailbox's from now on, and no other's. SPECIAL_NONE: it has none, whatever its name. */
int boxes_use_set(struct state_txn *t, uint32_t id, enum special_use use);

#endif
