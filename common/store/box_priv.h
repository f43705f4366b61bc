/* Inside of struct box, for common/store alone. */
#ifndef REMUCH_BOX_PRIV_H
#define REMUCH_BOX_PRIV_H

#include "box.h"
#include "state_virtual.h"
#include "store_priv.h"

struct uid_range {
	uint32_t first, last;
};

struct box {
	struct store     *s;
	char             *name;
	char             *dir;                  /* of a folder; NULL: virtual */
	struct vbox       v;                    /* what it is; arg in arena */
	struct arena      arena;
	bool              readonly;
	uint32_t          id, uidvalidity, uidnext;
	uint32_t         *uids;                 /* the view */
	size_t            n, cap;
	uint64_t          modseq;               /* changes up to here were told */
	uint64_t          expunge_modseq;       /* expunges up to here were told; may be behind */
	struct uid_range *recent;
	size_t            n_recent, cap_recent;
};

/* Append to the view all UIDs from b->uidnext on, and take what is recent of them. */
int box_load(struct box *b, struct state_txn *t);
int box_claim_recent(struct box *b);

#endif
