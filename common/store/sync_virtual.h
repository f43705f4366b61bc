/* Following tags, queries and all mail. */
#ifndef REMUCH_SYNC_VIRTUAL_H
#define REMUCH_SYNC_VIRTUAL_H

#include "box.h"
#include "state_virtual.h"
#include "store_priv.h"

/* Bring a virtual mailbox up to the folders, which are followed first, and to the index. It is materialised on first use. -ENOENT: no
 * message has the tag. -EINVAL: notmuch does not understand its query. */
int sync_virtual(struct store *s, struct str name, const struct vbox *v, box_progress progress, void *arg,
	struct state_box *ret_box);

/* The same, and the mailbox is there afterwards, whether or not a message has the tag. */
int sync_virtual_make(struct store *s, struct str name, const struct vbox *v, struct state_box *ret_box);

/* sync_box or sync_virtual, as the name says. -ENOENT: no such mailbox. */
int sync_mailbox(struct store *s, struct str name, box_progress progress, void *arg, struct state_box *ret_box);

#endif
