/* Mailboxes that are no folders: tags, notmuch's named queries, all mail. Which names mean them is configured.
 *
 * A tag's name below its prefix is the tag itself; "/" in it makes levels. Octets that no mailbox name may hold, "=", and a "/" that
 * would make an empty level, become "=" and two hex digits. An INBOX that is a query for one tag is that tag's mailbox: messages can be put into it
 * and taken out. */
#ifndef REMUCH_VBOX_H
#define REMUCH_VBOX_H

#include "state_virtual.h"
#include "store_priv.h"

/* The mailbox of this name; kind is VBOX_FOLDER for all that is none of the others (whether or not there is a folder). arg is the tag,
 * or the query's text; in a. -ENOENT: a query that is not defined. -EINVAL: the name is no tag's. */
int vbox_find(struct store *s, struct arena *a, struct str name, struct vbox *ret);

/* That part of a name alone, appended to b. vbox_unescape: -EINVAL: the name is no tag's. */
void vbox_escape(struct buf *b, struct str tag);
int vbox_unescape(struct buf *b, struct str name);

/* The mailbox name of a tag, or of a named query; STR_NONE when those are not shown, the tag is hidden, or its name, with escapes, is
 * longer than names can be. In a. */
struct str vbox_tag_name(struct store *s, struct arena *a, struct str tag);
struct str vbox_query_name(struct store *s, struct arena *a, struct str query);

/* The other way: the named query that a mailbox is, whether or not it is defined; STR_NONE: it is something else. */
struct str vbox_query_of(struct store *s, struct str name);

/* All virtual mailboxes to show: of the tags that notmuch or the state know, of the named queries, All and Flagged. In no
 * order, some twice. Never fails: without an index those the state knows. */
struct vbox_name {
	struct str       name;
	enum special_use special;
};
void vbox_list(struct store *s, struct arena *a, struct vbox_name **ret, size_t *ret_n);

/* Does the mailbox stay when no message is in it? All that are configured by name do, and queries that are defined; a tag's goes,
 * unless it was opened or made and is in the state since. */
bool vbox_lasts(const struct store *s, struct str name, const struct vbox *v);

/* How many messages the index finds in it, put right by what it has still to learn (not for a query: that finds what it finds).
 * -ENOENT: there is no index. -EIO, or -errno of the state. */
struct vbox_counts {
	uint32_t messages, unseen;
};
int vbox_count(struct store *s, struct arena *a, const struct vbox *v, struct vbox_counts *ret);

/* The notmuch query whose messages are the mailbox's: "tag:..." and so on, in a. */
const char *vbox_query(struct store *s, struct arena *a, const struct vbox *v);

#endif
