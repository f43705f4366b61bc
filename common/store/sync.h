/* Following what others did: `notmuch tag` and `notmuch new` (the index), MDAs, mbsync, mutt (the directories). Both look
 * first, with stat(2), whether anything can have changed. */
#ifndef REMUCH_SYNC_H
#define REMUCH_SYNC_H

#include "box.h"
#include "store_priv.h"

/* Bring the state's flags and keywords up to the index. What pending journal records say of a tag wins.
 * Without an index, or with a broken one, nothing changes and it is no error. 0 or -errno of the state. */
int sync_index(struct store *s);

/* Bring the state up to the directory of the mailbox `name` (which is made known to the state on first use), newcomers in steps, each
 * durable. progress may be NULL. *ret_box is the mailbox afterwards. -ENOENT: no such folder. */
int sync_box(struct store *s, struct str name, box_progress progress, void *arg, struct state_box *ret_box);

/* Have what is done to the files of a mailbox told by name from now on, where that can be had, instead of reading its directory `dir` again. */
void sync_watch(struct store *s, uint32_t box, const char *dir);

/* The mailbox as the state has it, for those who only put something in: its folder is not read, unless it was never
 * read before. -ENOENT: no such folder. */
int sync_known(struct store *s, struct str name, struct state_box *ret_box);

/* Of folders that are not there any more the messages are expunged; the record stays, and so do its UIDVALIDITY and UIDNEXT, for one
 * that comes back. f: all folders there are. Without any (the mail root is not mounted, say) nothing is done. */
struct folder;
int sync_gone(struct store *s, const struct folder *f, size_t n);

#endif
