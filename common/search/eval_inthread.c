/* INTHREAD (draft-ietf-morg-inthread): what matches takes the others of its thread with it. */
#include <stdlib.h>

#include "eval_priv.h"
#include "thread.h"
#include "threads.h"

/* All messages of the mailbox, which of them match, and which are taken in. */
struct taking {
	struct row    *rows;
	size_t         n;
	const uint32_t *hits;           /* ascending */
	size_t         n_hits;
	uint32_t      *uids;
	size_t         n_uids;
};

static int by_uid(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int by_thread(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static bool is_hit(const struct taking *t, uint32_t uid)
{
	return t->n_hits > 0 && bsearch(&uid, t->hits, t->n_hits, sizeof(uid), by_uid);
}

/* A message that notmuch does not know is in no thread but its own. */
static int by_index(struct eval *ev, struct taking *t)
{
	uint64_t *serials = ARENA_NEW_N(ev->a, t->n, uint64_t), *threads = ARENA_NEW_N(ev->a, t->n, uint64_t);
	uint64_t *wanted = ARENA_NEW_N(ev->a, t->n_hits, uint64_t);
	size_t    n = 0;
	int       r;

	for (size_t i = 0; i < t->n; i++)
		serials[i] = t->rows[i].serial;
	r = threads_of(ev->store, serials, t->n, threads);
	if (r < 0)
		return r;
	for (size_t i = 0; i < t->n; i++)
		if (threads[i] != 0 && is_hit(t, t->rows[i].uid))
			wanted[n++] = threads[i];
	if (n > 1)
		qsort(wanted, n, sizeof(*wanted), by_thread);
	for (size_t i = 0; i < t->n; i++)
		if (threads[i] != 0 ? n > 0 && bsearch(&threads[i], wanted, n, sizeof(*wanted), by_thread) : is_hit(t, t->rows[i].uid))
			t->uids[t->n_uids++] = t->rows[i].uid;
	return 0;
}

static void take_thread(struct taking *t, const struct thread_forest *f, uint32_t top)
{
	bool wanted = false;

	for (uint32_t at = top; at != THREAD_NONE && !wanted; at = thread_next(f, at))
		wanted = f->nodes[at].uid != 0 && is_hit(t, f->nodes[at].uid);
	for (uint32_t at = top; at != THREAD_NONE && wanted; at = thread_next(f, at))
		if (f->nodes[at].uid != 0)
			t->uids[t->n_uids++] = f->nodes[at].uid;
}

static int by_headers(struct eval *ev, enum thread_algorithm how, struct taking *t)
{
	uint32_t            *all = ARENA_NEW_N(ev->a, t->n, uint32_t);
	struct scratch       work = SCRATCH(store_spool(ev->store));
	struct thread_forest f;
	int                  r;

	for (size_t i = 0; i < t->n; i++)
		all[i] = t->rows[i].uid;
	r = thread_run(ev->store, ev->box, how, all, t->n, &work, &f);
	for (uint32_t top = r == 0 ? f.first : THREAD_NONE; top != THREAD_NONE; top = f.nodes[top].next)
		take_thread(t, &f, top);
	scratch_free(&work);
	if (t->n_uids > 1)
		qsort(t->uids, t->n_uids, sizeof(*t->uids), by_uid);
	return r;
}

static int load(struct eval *ev, struct taking *t)
{
	size_t count = box_count(ev->box);
	int    r;

	t->rows = ARENA_NEW_N(ev->a, count, struct row);
	t->uids = ARENA_NEW_N(ev->a, count, uint32_t);
	r = box_rows(ev->box, box_uids(ev->box), count, t->rows);
	for (size_t i = 0; r == 0 && i < count; i++)
		if (t->rows[i].uid != 0)
			t->rows[t->n++] = t->rows[i];
	return r;
}

int eval_inthread_find(struct eval *ev, struct key *k)
{
	struct taking    t = { .n = 0 };
	struct eval_hits hits;
	int              r;

	if (k->found_in == ev->box && k->uids)
		return 0;
	r = eval_run(ev->store, ev->box, k->child, ev->exact, ev->a, &hits);
	if (r < 0)
		return r;
	t.hits = hits.uids;
	t.n_hits = hits.n;
	r = load(ev, &t);
	if (r == 0)
		r = k->by_algorithm ? by_headers(ev, k->algorithm, &t) : by_index(ev, &t);
	if (r < 0)
		return r;
	k->uids = t.uids;
	k->n_uids = t.n_uids;
	k->found_in = ev->box;
	return 0;
}
