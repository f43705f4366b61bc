/* What a client that has been away asks for. */
#include "box_priv.h"

#include <stdlib.h>

#include "state_changed.h"

static int by_value(const void *p, const void *q)
{
	uint32_t x = *(const uint32_t *)p, y = *(const uint32_t *)q;

	return (x > y) - (x < y);
}

int box_changed_since(struct box *b, uint64_t modseq, struct arena *a, const uint32_t *uids, size_t n, const uint32_t **ret, size_t *ret_n)
{
	struct state_txn t;
	struct row      *rows;
	uint32_t        *found;
	size_t           k, n_found = 0;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_changed_since(&t, b->id, modseq, a, &rows, &k);
	state_abort(&t);
	if (r < 0)
		return r;
	found = ARENA_NEW_N(a, k, uint32_t);
	for (size_t i = 0; i < k; i++)
		if (n > 0 && bsearch(&rows[i].uid, uids, n, sizeof(*uids), by_value))
			found[n_found++] = rows[i].uid;
	*ret = found;
	*ret_n = n_found;
	return 0;
}
