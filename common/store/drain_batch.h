/* One step of a drainer: some records of the journal go to the index. */
#ifndef REMUCH_DRAIN_BATCH_H
#define REMUCH_DRAIN_BATCH_H

#include "index_write.h"
#include "store_priv.h"

/* Apply the oldest records. *w is opened when it is needed (it waits for other programs that write to the index), and closed after an
 * error. *ret_n: how many are done; 0: the journal is empty. -EIO with *ret_why: the index is of no use now; -errno of the state.
 * Nothing is lost in either case. */
int drain_batch(struct store *s, struct index_writer **w, size_t *ret_n, const char **ret_why);

#endif
