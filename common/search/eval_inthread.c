/* INTHREAD (draft-ietf-morg-inthread): what matches takes the others of its thread with it. */
#include <stdlib.h>

#include "eval_priv.h"
#include "radix.h"
#include "thread.h"
#include "threads.h"

enum { CHUNK = 1024 };

/* All messages of the mailbox, which of them match, and which are taken in. */
struct taking {
	const uint32_t  *uids;
	size_t           n;
	struct eval_hits hits;
	bool            *taken;
	struct scratch   work;
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

static bool is_hit(const struct taking *t, size_t i)
{
	return t->hits.n > 0 && bsearch(&t->uids[i], t->hits.uids, t->hits.n, sizeof(*t->uids), by_uid);
}

/* Of each message; 0: it is gone. */
static int load_serials(struct eval *ev, const struct taking *t, uint64_t *serials)
{
	struct row *rows = ARENA_NEW_N(&ev->tmp, CHUNK, struct row);
	int         r = 0;

	for (size_t first = 0; first < t->n && r == 0; first += CHUNK) {
		size_t some = t->n - first < CHUNK ? t->n - first : CHUNK;

		r = box_rows(ev->box, t->uids + first, some, rows);
		for (size_t i = 0; i < some && r == 0; i++)
			serials[first + i] = rows[i].uid != 0 ? rows[i].serial : 0;
	}
	return r;
}

/* A message that notmuch does not know is in no thread but its own. */
static int by_index(struct eval *ev, struct taking *t)
{
	uint64_t *serials = SCRATCH_NEW_N(&t->work, t->n, uint64_t), *threads = SCRATCH_NEW_N(&t->work, t->n, uint64_t);
	uint64_t *wanted = SCRATCH_NEW_N(&t->work, t->hits.n, uint64_t);
	size_t    n = 0;
	int       r = load_serials(ev, t, serials);

	if (r == 0)
		r = threads_of(ev->store, serials, t->n, threads);
	for (size_t i = 0; i < t->n && r == 0; i++)
		if (threads[i] != 0 && is_hit(t, i))
			wanted[n++] = threads[i];
	radix_sort(wanted, n);
	for (size_t i = 0; i < t->n && r == 0; i++)
		t->taken[i] = threads[i] != 0 ? n > 0 && bsearch(&threads[i], wanted, n, sizeof(*wanted), by_thread) : is_hit(t, i);
	return r;
}

static void take_thread(struct taking *t, const struct thread_forest *f, uint32_t top)
{
	bool wanted = false;

	for (uint32_t at = top; at != THREAD_NONE && !wanted; at = thread_next(f, at))
		wanted = at < t->n && is_hit(t, at);
	for (uint32_t at = top; at != THREAD_NONE && wanted; at = thread_next(f, at))
		if (at < t->n)
			t->taken[at] = true;
}

static int by_headers(struct eval *ev, enum thread_algorithm how, struct taking *t)
{
	struct thread_forest f;
	int                  r = thread_run(ev->store, ev->box, how, t->uids, t->n, &t->work, &f);

	for (uint32_t top = r == 0 ? f.first : THREAD_NONE; top != THREAD_NONE; top = f.nodes[top].next)
		take_thread(t, &f, top);
	return r;
}

static void put_taken(struct eval *ev, const struct taking *t, struct key *k)
{
	uint32_t *uids;
	size_t    n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->taken[i];
	uids = ARENA_NEW_N(ev->a, n, uint32_t);
	n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->taken[i])
			uids[n++] = t->uids[i];
	k->uids = uids;
	k->n_uids = n;
	k->found_in = ev->box;
}

int eval_inthread_find(struct eval *ev, struct key *k)
{
	struct taking t = { .uids = box_uids(ev->box), .n = box_count(ev->box), .work = SCRATCH(store_spool(ev->store)) };
	int           r;

	if (k->found_in == ev->box && k->uids)
		return 0;
	r = eval_run(ev->store, ev->box, k->child, ev->exact, ev->a, &t.hits);
	if (r < 0)
		return r;
	t.taken = SCRATCH_NEW_N(&t.work, t.n, bool);
	r = k->by_algorithm ? by_headers(ev, k->algorithm, &t) : by_index(ev, &t);
	if (r == 0)
		put_taken(ev, &t, k);
	scratch_free(&t.work);
	return r;
}
