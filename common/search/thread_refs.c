/* THREAD=REFS: who replies to whom and nothing else; the thread that had mail last comes last. */
#include "thread_priv.h"

static int64_t latest(const struct thread_mails *mails, const struct thread_forest *f, uint32_t top)
{
	int64_t t = INT64_MIN;

	for (uint32_t at = top; at != THREAD_NONE; at = thread_next(f, at))
		if (at < mails->n && mails->arrived[at] > t)
			t = mails->arrived[at];
	return t;
}

struct thread_forest thread_by_refs(struct thread_mails *mails)
{
	struct thread_forest f = thread_plant(mails, NULL);
	uint32_t            *tops = SCRATCH_NEW_N(mails->work, mails->n, uint32_t), *order;
	int64_t             *dates = SCRATCH_NEW_N(mails->work, mails->n, int64_t);
	size_t               n = 0;

	for (uint32_t at = f.first; at != THREAD_NONE; at = f.nodes[at].next) {
		dates[n] = latest(mails, &f, at);
		tops[n++] = at;
	}
	order = thread_order(mails->work, dates, n);
	f.first = THREAD_NONE;
	while (n > 0) {
		uint32_t at = tops[order[--n]];

		f.nodes[at].next = f.first;
		f.first = at;
	}
	return f;
}
