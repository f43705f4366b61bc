/* The session's inotify instance, and what it tells of the files of a few folders by name: the selected one, and those that files were
 * put into; so that following k changes costs k, however many files there are. It is only ever a hint which names to look at; where it may
 * not have told all, -ENODATA says so, and the directory is read.
 *
 * What makes that right: who puts a file's name into the state looks in the same transaction whether the file has it. What happens to
 * the file later is heard later. So who compares the names heard with the state in a transaction that writes misses nothing: what others were about
 * to put there when those names were heard is there by then. Who takes a name out because a directory lacked it cannot look: that asks for a
 * reading (STATE_READ_AGAIN).
 *
 * One instance does for all: a user has 128. Events of other watches (watch.c) are only counted in. */
#ifndef REMUCH_DIRWATCH_H
#define REMUCH_DIRWATCH_H

#include <sys/inotify.h>

#include "maildir.h"
#include "store.h"

enum {
	DIRWATCH_GONE = IN_DELETE_SELF | IN_MOVE_SELF,
	DIRWATCH_FILES = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | DIRWATCH_GONE,
};

struct dirwatch;

struct heard {
	struct maildir_entry file;      /* the name that came, or went */
	bool                 came;
};

/* The instance, made when first asked for, to add watches to. -errno. */
int dirwatch_fd(struct store *s);
bool dirwatch_owns(const struct store *s, int wd);      /* do not remove it */

enum { DIRWATCH_FOLDERS = 4 };

/* Watch dir/cur and dir/new, of the mailbox `box`, too, instead of the folder that was not asked for the longest. It is not trusted yet. False: it
 * is watched already, or cannot be (no inotify, or a file system that other machines change, too). */
bool dirwatch_aim(struct store *s, uint32_t box, const char *dir);

/* Whose folders are watched; how many. */
size_t dirwatch_boxes(const struct store *s, uint32_t ret[DIRWATCH_FOLDERS]);

/* Something was told of its files since it was trusted. */
bool dirwatch_told(const struct store *s, uint32_t box);

void dirwatch_leave(struct store *s);                   /* watch no folder any more */
void dirwatch_end(struct store *s);                     /* give the instance back, too */

/* Read what waits. */
void dirwatch_listen(struct store *s);

/* What was told of other watches, or of ours that are gone, whoever read it: the masks, together. Once. */
uint32_t dirwatch_others(struct store *s);
bool dirwatch_has_others(const struct store *s);

/* The directory of `box` is going to be read: what was told so far does not matter. */
void dirwatch_begin(struct store *s, uint32_t box, const char *dir);

/* All that was done to the files since `box` was trusted, up to this call, oldest first; valid until `box` is trusted. -ENODATA: not all of
 * it is known. */
int dirwatch_hear(struct store *s, uint32_t box, const struct heard **ret, size_t *ret_n);

/* The state agrees with the directory, but for what was not told yet when the last of the three above was called. dirwatch_hear() takes
 * the trust away. */
void dirwatch_trust(struct store *s, uint32_t box);

#endif
