/* Commands on virtual mailboxes, inside of the store: messages go in and out by their tags, files stay. */
#ifndef REMUCH_CHANGE_VIRTUAL_H
#define REMUCH_CHANGE_VIRTUAL_H

#include "box_priv.h"
#include "change.h"

/* STORE within the caller's transaction, on a mailbox however it was opened. */
int change_flags_in(struct state_txn *t, struct box *b, const uint32_t *uids, size_t n, const struct flag_change *c,
	struct arena *a, struct change_flagged *ret);

/* The same for messages by their ids ("" is passed over), in whatever folder they are by now. */
int change_flags_of(struct state_txn *t, struct store *s, const struct str *ids, size_t n, const struct flag_change *c,
	struct arena *a, struct change_flagged *ret);

/* How messages leave the mailbox: a tag mailbox's tag is removed, elsewhere the tag for deleted mail is added. In a. */
void change_virtual_way(struct box *b, struct arena *a, struct flag_change *ret);

/* That way, for these messages, in the caller's transaction; they have left the mailbox afterwards. */
int change_virtual_out(struct state_txn *t, struct box *b, const struct str *ids, size_t n, const struct flag_change *way,
	struct arena *a, struct change_flagged *ret);

/* EXPUNGE of exactly these. */
int change_virtual_expunge(struct box *b, const uint32_t *uids, size_t n, struct arena *a, const uint32_t **ret_uids, size_t *ret_n);

/* COPY into the virtual mailbox `to`, and MOVE from another one: into a tag's, it is added. Into others -EINVAL. */
int change_virtual_copy(struct box *b, const uint32_t *uids, size_t n, struct str to, const struct vbox *v, bool move,
	struct arena *a, struct change_copied *ret);

/* Is the folder that of this use? Reads the list of mailboxes. */
bool change_virtual_is(struct store *s, struct str folder, enum special_use use);

/* A MOVE from a tag or query into this folder moves the message's files: it is that of \Trash or \Junk. */
bool change_virtual_takes_files(struct store *s, struct str folder);

/* A tag holds no files: the folder that a message goes to which is moved from the folder `from` into the mailbox `to` of a tag, in a.
 * It is the one for what is appended to tags, if configured; else INBOX's for INBOX, and \Archive's for others. -EINVAL: there is none. */
int change_virtual_home(struct store *s, struct arena *a, struct str from, struct str to, struct str *ret);

/* COPYUID: where the messages of these ids, which were the UIDs from[], are in the virtual mailbox `to`. In a. */
int change_virtual_places(struct store *s, const struct str *ids, const uint32_t *from, size_t n, const struct state_box *to,
	struct arena *a, struct change_copied *ret);

/* The change of flags and keywords that adds or removes a tag. In a. */
void change_virtual_tag(struct arena *a, struct str tag, bool add, struct flag_change *ret);

#endif
