/* Labels, as Gmail's IMAP extensions have them: the message's tags under the names that mailboxes of tags have (vbox.h), but for the
 * labels of the system, which begin with "\": \Inbox is the tag inbox, \Starred flagged, \Draft draft, \Sent sent, \Important
 * important, \Spam spam, \Muted muted, \Trash the tag for deleted mail. The tags unread, replied and passed are flags only.
 * A label means the existing tag it equals, ASCII case apart. Labels are UTF-8. */
#ifndef REMUCH_LABELS_H
#define REMUCH_LABELS_H

#include "buf.h"
#include "change.h"

/* Those of a message with these flags and this set of keywords (struct row), in a. 0 or -errno */
int labels_list(struct store *s, const struct row *row, struct arena *a, struct str **ret, size_t *ret_n);

/* Does it have this one? */
bool labels_has(struct store *s, const struct row *row, struct str label);

/* Append the tag that a label means. -EINVAL: it can be none, or the message of no label has it; -errno. */
int labels_meant(struct store *s, struct str label, struct buf *tag);

/* What setting, adding or removing labels changes. Flags that no label shows stay; in a. -EINVAL: one can be none (store_why tells
 * which rule). */
int labels_change(struct store *s, enum change_how how, const struct str *labels, size_t n, struct arena *a, struct flag_change *ret);

#endif
