/* THREAD=ORDEREDSUBJECT: the messages of one base subject, by sent date, are a thread; all but the first are children of the first. */
#include "thread_priv.h"

struct thread_forest thread_by_subject(struct thread_mails *mails)
{
	uint32_t *first = SCRATCH_NEW_N(mails->work, mails->n_subjects, uint32_t);

	mails->parent = SCRATCH_NEW_N(mails->work, mails->n, uint32_t);
	mails->n_nodes = mails->n;
	for (size_t i = 0; i < mails->n_subjects; i++)
		first[i] = THREAD_NONE;
	for (size_t i = 0; i < mails->n; i++) {
		uint32_t m = mails->order[i], *chosen = &first[mails->subjects[m]];

		mails->parent[m] = *chosen;
		if (*chosen == THREAD_NONE)
			*chosen = m;
	}
	return thread_plant(mails, NULL);
}
