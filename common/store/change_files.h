/* Messages of a mailbox as files, for the commands that unlink, link and rename them. */
#ifndef REMUCH_CHANGE_FILES_H
#define REMUCH_CHANGE_FILES_H

#include "box_priv.h"

struct change_file {
	uint32_t   uid;
	uint64_t   serial;
	uint64_t   email;               /* which content it has: state_email() */
	struct row row;
	struct str id, base;            /* in the arena */
	uint32_t   home, home_uid;      /* the folder the file lies in, and its row there */
	char      *home_dir;
	char      *path;                /* below the mail root */
	char      *to;                  /* set by the caller: where it is now */
	bool       unindexed;           /* notmuch does not know the message yet */
	bool       done, missing;
	bool       taken;               /* set by the caller: out of its home */
	bool       further;             /* another file of the message before it */
};

/* The files of n UIDs, in a; those that are gone are left out. */
int change_files(struct box *b, const uint32_t *uids, size_t n, struct arena *a, struct change_file **ret, size_t *ret_n);

/* The same with all other files of the messages behind them, `further` set. */
int change_files_all(struct box *b, const uint32_t *uids, size_t n, struct arena *a, struct change_file **ret, size_t *ret_n);

/* Do something to the file of each: fn returns 0, or -errno; -ENOENT: it is not under that name. Those are looked for again
 * (a drainer or another program renames files) and tried once more, and are `missing` if that does not help. Stops at
 * the first other error. */
typedef int (*change_file_fn)(void *arg, struct change_file *f);
int change_files_each(struct box *b, struct change_file *f, size_t n, struct arena *a, change_file_fn fn, void *arg);

/* Make the names in dir/cur (and dir/new) durable. */
int change_files_sync(struct store *s, const char *dir, bool new_too);

#endif
