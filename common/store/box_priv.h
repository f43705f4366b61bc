/* Inside of struct box, for common/store alone. */
#ifndef REMUCH_BOX_PRIV_H
#define REMUCH_BOX_PRIV_H

#include "box.h"
#include "state_virtual.h"
#include "store_priv.h"

struct box {
	struct store     *s;
	char             *name;
	char             *dir;                  /* of a folder; NULL: virtual */
	struct vbox       v;                    /* what it is; arg in arena */
	struct arena      arena;
	bool              readonly;
	uint32_t          id, uidvalidity, uidnext;
	uint32_t         *uids;                 /* the view, when it is loaded */
	size_t            n, cap;               /* n: also before */
	bool              loaded;
	int64_t           due;                  /* box_due() */
	uint64_t          modseq;               /* changes up to here were told */
	uint64_t          expunge_modseq;       /* expunges up to here were told; may be behind, when the next is one that the view still has */
	struct uid_range *recent;
	size_t            n_recent, cap_recent;
};

/* The view (box_view.c): begin with what the record tells; read it as it was then, if it was not read yet; append all UIDs from
 * b->uidnext on. 0 or -errno. */
void box_view_begin(struct box *b, const struct state_box *rec);
int box_view_load(struct box *b, struct state_txn *t);
int box_view_grow(struct box *b, struct state_txn *t);

/* Take what is recent of the view (box.c). */
int box_claim_recent(struct box *b);

#endif
