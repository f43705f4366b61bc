/* Following what others did: `notmuch tag` and `notmuch new` (the index), MDAs, mbsync, mutt (the directories). Both look
 * first, with stat(2), whether anything can have changed. */
#ifndef REMUCH_SYNC_H
#define REMUCH_SYNC_H

#include "box.h"
#include "store_priv.h"

/* Bring the state's flags and keywords up to the index. What pending journal records say of a tag wins.
 * Without an index, or with a broken one, nothing changes and it is no error. 0 or -errno of the state. */
int sync_index(struct store *s);

/* What a drainer committed to the index need not be looked for by sync_index, which takes longer the more messages there are: all of it
 * is in the state, but for the tags that notmuch gives to a message when it reads a file ("attachment", "signed", "encrypted"). ids:
 * those messages, borrowed until sync_drained_free. To be put into the state with what tells that it was done; nothing is, if others
 * changed the index before and that is not known yet. 0 or -errno of the state. */
struct index_section;
struct sync_drained;
int sync_drained_look(struct store *s, const struct index_section *done, const struct str *ids, size_t n, struct sync_drained **ret);
int sync_drained_put(struct sync_drained *d, struct state_txn *t);
void sync_drained_free(struct sync_drained *d);

/* Bring the state up to the directory of the mailbox `name` (which is made known to the state on first use), newcomers in steps, each
 * durable. progress may be NULL. *ret_box is the mailbox afterwards. -ENOENT: no such folder. */
int sync_box(struct store *s, struct str name, box_progress progress, void *arg, struct state_box *ret_box);

/* Have what is done to the files of a mailbox told by name from now on, where that can be had, instead of reading its directory `dir` again. */
void sync_watch(struct store *s, uint32_t box, const char *dir);

/* Bring the state up to the directory of a mailbox that is watched so, if all that was done there was told: it is not read. Some 30 ms after
 * the last change its times can be noted, too, and nobody has to read it for that change. 0, also where not all is known; -errno. */
int sync_heard(struct store *s, uint32_t box);

/* The index, and all folders that are watched (sync_settle.c). Unsettled: in one of them something was done, and no time was noted since. */
int sync_watched(struct store *s);
bool sync_unsettled(struct store *s);

/* The mailbox as the state has it, for those who only put something in: its folder is not read, unless it was never
 * read before. -ENOENT: no such folder. */
int sync_known(struct store *s, struct str name, struct state_box *ret_box);

/* Of folders that are not there any more the messages are expunged; the record stays, and so do its UIDVALIDITY and UIDNEXT, for one
 * that comes back. f: all folders there are. Without any (the mail root is not mounted, say) nothing is done. */
struct folder;
int sync_gone(struct store *s, const struct folder *f, size_t n);

#endif
