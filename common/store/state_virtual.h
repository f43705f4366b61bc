/* Virtual mailboxes in the state. A mailbox that was selected once is materialised: it has a record, rows and UIDs like a
 * folder, one row a message, which stands for the message's first file. From then on whatever changes a message's tags or files
 * updates these rows in the same transaction (state_commit settles what was touched). What only notmuch can tell, which messages
 * a query matches, sync_virtual.c follows. */
#ifndef REMUCH_STATE_VIRTUAL_H
#define REMUCH_STATE_VIRTUAL_H

#include "state_mail.h"

enum vbox_kind { VBOX_FOLDER, VBOX_TAG, VBOX_QUERY, VBOX_ALL };

/* What a mailbox is. arg: TAG: the tag; QUERY: the query; ALL: the tag that keeps messages out of it. */
struct vbox {
	enum vbox_kind kind;
	struct str     arg;
};

/* What a materialised mailbox is; VBOX_FOLDER when it has no such record. arg points into the database. */
int state_virtual_get(struct state_txn *t, uint32_t box, struct vbox *ret);
int state_virtual_make(struct state_txn *t, struct str name, const struct vbox *v, struct state_box *ret);
int state_virtual_set(struct state_txn *t, uint32_t box, const struct vbox *v);
int state_virtual_drop(struct state_txn *t, uint32_t box);      /* its places; called by state_box_drop */

/* The UID that a message has in a virtual mailbox. -ENOENT: it is not in it. */
int state_virtual_place(struct state_txn *t, struct str id, uint32_t box, uint32_t *ret_uid);

/* Does the message belong there, by the tags that the state has of it? One that is in no folder does. Never asked for queries. */
bool state_virtual_belongs(struct state_txn *t, struct str id, const struct vbox *v);

/* Is the message without that tag, as far as the state knows? */
bool state_virtual_may_join(struct state_txn *t, struct str id, struct str without);

/* Put a message in, or take it out; nothing when it is so already. Only for queries: others are settled. One that is in no folder (yet)
 * comes in as soon as it is. */
int state_virtual_join(struct state_txn *t, struct str id, uint32_t box);
int state_virtual_leave(struct state_txn *t, struct str id, uint32_t box);

/* Does a message with these tags belong? Never asked for queries. */
bool state_virtual_wants(struct state_txn *t, const struct vbox *v, struct state_tags tags);

/* Note that something about a message changed, and bring all virtual mailboxes up to what was noted. */
void state_virtual_touch(struct state_txn *t, struct str id);
int state_virtual_settle(struct state_txn *t);

#endif
