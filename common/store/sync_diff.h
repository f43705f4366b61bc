/* What differs between a folder's directory and the state. Inside of the store. */
#ifndef REMUCH_SYNC_DIFF_H
#define REMUCH_SYNC_DIFF_H

#include "dirwatch.h"
#include "store_priv.h"
#include "vec.h"

/* A file that the state knows under another info, or in the other of new/ and cur/. */
struct renamed {
	struct maildir_entry now;
	uint64_t             serial;
	struct str           info;              /* as the state has it */
};

struct sync_diff {
	struct arena        arena;
	struct maildir_list list;               /* as of when; its names */
	struct heard       *heard;              /* else: by base name, and then oldest first. NULL: it was read */
	size_t              n_heard;
	bool               *tried;              /* as many; for sync_diff_again() */
	bool                asked;              /* the mailbox was STATE_READ_AGAIN when it was compared */
	VEC(uint32_t)       added;              /* places in the list */
	VEC(struct renamed) renamed;
	VEC(struct str) gone;                   /* base names */
};

/* By reading the directory; of it only new/, where cur/ is as it was when the state was brought up to it. 0 or -errno; to be freed in any case. */
int sync_diff_read(struct store *s, uint32_t box, const char *dir, struct sync_diff *d);

/* Who seems gone is looked for once more in the directory. 0 or -errno. */
int sync_diff_confirm(struct store *s, const char *dir, struct sync_diff *d);

/* By what dirwatch.h heard. It costs what was heard. -ENODATA: that does not tell enough, or so much that it costs less to read the
 * directory. To be freed in any case. */
int sync_diff_heard(struct store *s, uint32_t box, const char *dir, struct sync_diff *d);

/* Find renamed and gone once more, as t has the state, which writes. What was added may be there by now, or be about to be. 0, -ENODATA as above or
 * -errno. */
int sync_diff_again(struct store *s, struct state_txn *t, uint32_t box, const char *dir, struct sync_diff *d);

void sync_diff_free(struct sync_diff *d);

#endif
