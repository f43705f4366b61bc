/* Many rows of one mailbox, one after the other: as state_row_get, _flags, _add and _expunge, and cheap for rows that stand one behind
 * the other. */
#ifndef REMUCH_STATE_ROWS_H
#define REMUCH_STATE_ROWS_H

#include "state.h"

struct state_rows {
	struct state_txn *t;
	struct state_box *b;
	struct db_walk    w;
	uint32_t          first, last;          /* changed, and not noted as that yet; 0: none */
	uint64_t          old_modseq;           /* of those, before; 0: they were not there */
	bool              gone;                 /* they are not there any more */
};

/* b: kept up; the caller puts it back afterwards. */
int state_rows_begin(struct state_txn *t, struct state_box *b, struct state_rows *ret);
int state_rows_get(struct state_rows *rs, uint32_t uid, struct row *ret);                               /* -ENOENT */
int state_rows_flags(struct state_rows *rs, struct row *row, uint32_t flags, uint32_t kwset);           /* of the row got last */
int state_rows_add(struct state_rows *rs, struct row *row);
int state_rows_expunge(struct state_rows *rs, const struct row *row);                                   /* the row got last */
int state_rows_end(struct state_rows *rs);                                                              /* always */

#endif
