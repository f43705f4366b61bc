/* CREATE, DELETE and RENAME of mailboxes that are tags. Inside of the store. */
#ifndef REMUCH_BOXES_TAGS_H
#define REMUCH_BOXES_TAGS_H

#include "vbox.h"

/* The mailbox exists then, though no message has the tag yet. -EEXIST; -EINVAL: it is no tag's. */
int boxes_tags_create(struct store *s, struct arena *a, struct str name, const struct vbox *v);

/* Take the tag from all messages; the mailbox is gone. -ENOENT, -EINVAL */
int boxes_tags_delete(struct store *s, struct arena *a, struct str name, const struct vbox *v);

/* All messages with the tag get the other instead, and so do those of the tags below it, in one transaction; UIDs stay.
 * -ENOENT, -EEXIST; -EINVAL: one of the two is no tag's. */
int boxes_tags_rename(struct store *s, struct arena *a, struct str from, struct str to, const struct vbox *v);

#endif
