/* THREAD=REFS: who replies to whom and nothing else; the thread that had mail last comes last. */
#include <stdlib.h>

#include "thread_priv.h"

struct thread {
	int64_t  latest;
	uint32_t rank;                          /* in the order of sent dates */
	uint32_t at;
};

static int compare(const void *p, const void *q)
{
	const struct thread *x = p, *y = q;

	if (x->latest != y->latest)
		return x->latest < y->latest ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static int64_t latest(const struct thread_mails *mails, const struct thread_forest *f, uint32_t top)
{
	int64_t t = INT64_MIN;

	for (uint32_t at = top; at != THREAD_NONE; at = thread_next(f, at))
		if (at < mails->n && mails->p[at].arrived > t)
			t = mails->p[at].arrived;
	return t;
}

struct thread_forest thread_by_refs(const struct thread_mails *mails)
{
	size_t               n, n_threads = 0;
	const uint32_t      *parent = thread_link(mails, &n);
	struct thread_forest f = thread_plant(mails, parent, n, thread_sent_order(mails));
	struct thread       *threads = ARENA_NEW_N(mails->a, mails->n, struct thread);

	for (uint32_t at = f.first; at != THREAD_NONE; at = f.nodes[at].next, n_threads++)
		threads[n_threads] = (struct thread){ latest(mails, &f, at), (uint32_t)n_threads, at };
	qsort(threads, n_threads, sizeof(*threads), compare);
	f.first = THREAD_NONE;
	while (n_threads > 0) {
		uint32_t at = threads[--n_threads].at;

		f.nodes[at].next = f.first;
		f.first = at;
	}
	return f;
}
