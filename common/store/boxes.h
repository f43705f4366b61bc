/* The mailboxes of an account: finding, listing, making and removing them. No mailbox need be open. */
#ifndef REMUCH_BOXES_H
#define REMUCH_BOXES_H

#include "store.h"

enum {
	BOX_NOSELECT     = 1,   /* only a directory on the way to others */
	BOX_HAS_CHILDREN = 2,
	BOX_SUBSCRIBED   = 4,
	BOX_NONEXISTENT  = 8,   /* subscribed, but not there */
	BOX_NO_USE       = 16,  /* a client took its special use away */
	BOX_VIRTUAL      = 32,  /* no folder: of a tag, a query, all mail */
};

struct box_info {
	struct str       name;
	unsigned         attrs;
	enum special_use special;
};

struct box_status {
	uint32_t uidvalidity, uidnext;
	uint64_t highestmodseq;
	uint32_t messages, unseen, deleted, recent;
	uint64_t size;          /* all messages', octets on the wire; only with STATUS_SIZE */
};

enum {
	STATUS_SIZE   = 1,
	STATUS_COUNTS = 2,      /* messages and unseen are all that is wanted: a tag or query need not be materialised for that */
};

/* All mailboxes, and all subscribed names that are none (BOX_NONEXISTENT), sorted by name, INBOX first.
 * Reads directories, never messages. In a. */
int boxes_list(struct store *s, struct arena *a, struct box_info **ret_list, size_t *ret_n);

/* Counts of a mailbox, after following what others changed. Sizes are counted only when asked for. */
int boxes_status(struct store *s, struct str name, unsigned what, struct box_status *ret);

/* Make a mailbox and the levels above it. use: SPECIAL_NONE or what it shall be (RFC 6154); the same use moves from
 * another mailbox. -EEXIST, -EINVAL (store_why tells which rule), -EACCES, -ENOSPC ... */
int boxes_create(struct store *s, struct str name, enum special_use use);

/* Remove a mailbox and its messages (RFC 9051 6.3.5): with children it stays as BOX_NOSELECT. INBOX: -EPERM.
 * The messages' files go; tags of copies elsewhere stay. -ENOENT, -EEXIST (a BOX_NOSELECT with children). */
int boxes_delete(struct store *s, struct str name);

/* Rename with all levels below; UIDs stay. INBOX: its messages move to the new mailbox, INBOX stays (RFC 9051 6.3.6).
 * -ENOENT, -EEXIST, -EINVAL. */
int boxes_rename(struct store *s, struct str from, struct str to);

/* A special use as RFC 6154 writes it, "\Sent" (NULL: SPECIAL_NONE), and the other way (SPECIAL_NONE: there is none of that name). */
const char *boxes_use_name(enum special_use use);
enum special_use boxes_use_find(struct str name);

/* The mailbox of a tag, in a; STR_NONE: it has none. */
struct str boxes_tag_name(struct store *s, struct arena *a, struct str tag);

/* Is this the mailbox of a tag that nobody has opened yet? */
bool boxes_is_idle_tag(struct store *s, struct str name);

/* Any valid name may be subscribed, whether or not it exists now. */
int boxes_subscribe(struct store *s, struct str name, bool on);

#endif
