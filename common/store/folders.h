/* Folders: which directory a mailbox is, and which mailboxes the directories make. Paths are relative to the mail root,
 * "" is the root itself. */
#ifndef REMUCH_FOLDERS_H
#define REMUCH_FOLDERS_H

#include "buf.h"
#include "store_priv.h"

/* The directory of a mailbox name, appended to ret_dir; it need not exist. -EINVAL with store_why: no directory can have
 * that name. */
int folders_dir(struct store *s, struct str name, struct buf *ret_dir);

/* The one spelling of a mailbox name: as its directory is spelled, if there is one, else composed (NFC). Everything that
 * takes names from outside begins with this. name itself, or in a. */
struct str folders_name(struct store *s, struct arena *a, struct str name);

/* The name of the folder that new mail is delivered to: INBOX, unless that is a query. */
struct str folders_inbox(const struct store *s);

struct folder {
	struct str name;
	bool       is_maildir;          /* else only a directory above one */
};

/* All folders, sorted by name, INBOX first. Reads no cur/ or new/. In a. */
int folders_walk(struct store *s, struct arena *a, struct folder **ret, size_t *ret_n);

/* Find out which directory INBOX is (store_open), and make it where there is none. */
int folders_find_inbox(struct store *s);

#endif
