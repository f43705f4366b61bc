/* What a client that has been away asks for. */
#include "box_priv.h"

#include <stdlib.h>

#include "state_changed.h"
#include "state_expunged.h"
#include "vec.h"

static int by_value(const void *p, const void *q)
{
	uint32_t x = *(const uint32_t *)p, y = *(const uint32_t *)q;

	return (x > y) - (x < y);
}

struct changed {
	const uint32_t *uids;           /* of which it is asked */
	size_t          n_uids;
	uint32_t       *p;
	size_t          n, cap;
	bool            sorted;
};

static void add_changed(void *arg, const struct row *row)
{
	struct changed *v = arg;

	if (v->n_uids == 0 || !bsearch(&row->uid, v->uids, v->n_uids, sizeof(*v->uids), by_value))
		return;
	v->sorted &= v->n == 0 || v->p[v->n - 1] < row->uid;
	VEC_PUSH(v, row->uid);
}

int box_changed_since(struct box *b, uint64_t modseq, struct arena *a, const uint32_t *uids, size_t n, const uint32_t **ret, size_t *ret_n)
{
	struct changed   v = { .uids = uids, .n_uids = n, .sorted = true };
	struct state_txn t;
	uint32_t        *found;
	size_t           n_found = 0;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_changed_walk(&t, b->id, modseq, add_changed, &v);
	state_abort(&t);
	if (!v.sorted)
		qsort(v.p, v.n, sizeof(*v.p), by_value);
	found = ARENA_NEW_N(a, v.n, uint32_t);
	for (size_t i = 0; i < v.n; i++)
		if (n_found == 0 || found[n_found - 1] != v.p[i])
			found[n_found++] = v.p[i];
	VEC_FREE(&v);
	if (r < 0)
		return r;
	*ret = found;
	*ret_n = n_found;
	return 0;
}

struct ranges {
	struct uid_range *p;
	size_t            n, cap;
};

/* Of expunges that wait to be told the view still has the messages. */
static int read_expunged(struct box *b, struct state_txn *t, uint64_t since, struct ranges *ret)
{
	struct expunged_walk w;
	struct expunged      gone;
	int                  r = state_expunged_since(t, b->id, since, &w);

	if (r < 0)
		return r;
	while (state_expunged_next(&w, &gone) && gone.modseq <= b->expunge_modseq)
		VEC_PUSH(ret, ((struct uid_range){ gone.first, gone.last }));
	state_expunged_end(&w);
	return 0;
}

static int read_gaps(struct box *b, struct state_txn *t, struct ranges *ret)
{
	uint32_t next = 1;
	int      r = box_view_load(b, t);

	for (size_t i = 0; r == 0 && i <= b->n; i++) {
		uint32_t         uid = i < b->n ? b->uids[i] : b->uidnext;
		struct uid_range gap = { next, uid - 1 };

		if (uid > next)
			VEC_PUSH(ret, gap);
		next = uid + 1;
	}
	return r;
}

static int by_first(const void *p, const void *q)
{
	const struct uid_range *x = p, *y = q;

	return (x->first > y->first) - (x->first < y->first);
}

/* In order, in a; those that touch are one. */
static void put_in_order(struct ranges *v, struct arena *a, struct uid_range **ret, size_t *ret_n)
{
	struct uid_range *out = ARENA_NEW_N(a, v->n, struct uid_range);
	size_t            n = 0;

	if (v->n > 1)
		qsort(v->p, v->n, sizeof(*v->p), by_first);
	for (size_t i = 0; i < v->n; i++) {
		if (n > 0 && out[n - 1].last + 1 == v->p[i].first)
			out[n - 1].last = v->p[i].last;
		else
			out[n++] = v->p[i];
	}
	*ret = out;
	*ret_n = n;
}

int box_expunged_since(struct box *b, uint64_t modseq, struct arena *a, struct uid_range **ret, size_t *ret_n, bool *ret_all)
{
	struct ranges    v = { 0 };
	struct state_txn t;
	uint64_t         forgotten;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_expunged_forgotten(&t, b->id, &forgotten);
	if (r == 0)
		r = modseq < forgotten ? read_gaps(b, &t, &v) : read_expunged(b, &t, modseq, &v);
	state_abort(&t);
	if (r == 0) {
		put_in_order(&v, a, ret, ret_n);
		*ret_all = modseq < forgotten;
	}
	VEC_FREE(&v);
	return r;
}
