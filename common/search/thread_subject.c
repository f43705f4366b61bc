/* THREAD=ORDEREDSUBJECT: the messages of one base subject, by sent date, are a thread; all but the first are children of the first. */
#include <stdlib.h>

#include "thread_priv.h"

struct item {
	const struct thread_mail *mail;
	uint32_t                  rank;         /* place in the order of sent dates */
	uint32_t                  at;
};

static int compare(const void *p, const void *q)
{
	const struct item *x = p, *y = q;
	int                c = str_cmp(x->mail->subject, y->mail->subject);

	return c != 0 ? c : (x->rank > y->rank) - (x->rank < y->rank);
}

struct thread_forest thread_by_subject(const struct thread_mails *mails)
{
	const uint32_t *order = thread_sent_order(mails);
	struct item    *items = ARENA_NEW_N(mails->a, mails->n, struct item);
	uint32_t       *parent = ARENA_NEW_N(mails->a, mails->n, uint32_t);
	size_t          first = 0;

	for (uint32_t i = 0; i < mails->n; i++)
		items[i] = (struct item){ &mails->p[order[i]], i, order[i] };
	qsort(items, mails->n, sizeof(*items), compare);
	for (size_t i = 0; i < mails->n; i++) {
		if (!str_eq(items[i].mail->subject, items[first].mail->subject))
			first = i;
		parent[items[i].at] = i == first ? THREAD_NONE : items[first].at;
	}
	return thread_plant(mails, parent, mails->n, order);
}
