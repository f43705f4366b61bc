/* THREAD=REFERENCES: who replies to whom, then threads of one subject are gathered (step 5). */
#include "thread_priv.h"

struct gathering {
	struct thread_mails *mails;
	struct thread_forest threads;           /* of step 4 */
	uint32_t            *table;             /* by subject: the node that stands for it */
};

static bool is_dummy(const struct gathering *g, uint32_t at)
{
	return at >= g->mails->n;
}

static bool is_reply(const struct gathering *g, uint32_t at)
{
	return !is_dummy(g, at) && g->mails->replies[at];
}

/* The subject of the thread at the top node `at`. */
static uint32_t subject_of(const struct gathering *g, uint32_t at)
{
	return g->mails->subjects[is_dummy(g, at) ? g->threads.nodes[at].child : at];
}

/* Step 5.B */
static void choose(struct gathering *g, uint32_t at)
{
	uint32_t *chosen = &g->table[subject_of(g, at)];

	if (*chosen == THREAD_NONE)
		*chosen = at;
	else if (!is_dummy(g, *chosen) && (is_dummy(g, at) || (is_reply(g, *chosen) && !is_reply(g, at))))
		*chosen = at;
}

/* Step 5.C */
static void merge(struct gathering *g, uint32_t at)
{
	uint32_t *parent = g->mails->parent, subject = subject_of(g, at), *chosen = &g->table[subject];

	if (subject == 0 || parent[at] != THREAD_NONE || *chosen == at)
		return;
	if (is_dummy(g, at)) {
		for (uint32_t c = g->threads.nodes[at].child; c != THREAD_NONE; c = g->threads.nodes[c].next)
			parent[c] = *chosen;
		return;
	}
	if (!is_dummy(g, *chosen) && !(is_reply(g, at) && !is_reply(g, *chosen))) {
		parent[*chosen] = (uint32_t)g->mails->n_nodes;
		*chosen = (uint32_t)g->mails->n_nodes++;
		parent[*chosen] = THREAD_NONE;
	}
	parent[at] = *chosen;
}

struct thread_forest thread_by_references(struct thread_mails *mails)
{
	struct gathering g = { .mails = mails, .threads = thread_plant(mails, NULL) };

	g.table = SCRATCH_NEW_N(mails->work, mails->n_subjects, uint32_t);
	for (size_t i = 0; i < mails->n_subjects; i++)
		g.table[i] = THREAD_NONE;
	for (uint32_t at = g.threads.first; at != THREAD_NONE; at = g.threads.nodes[at].next)
		choose(&g, at);
	for (uint32_t at = g.threads.first; at != THREAD_NONE; at = g.threads.nodes[at].next)
		merge(&g, at);
	return thread_plant(mails, g.threads.nodes);
}
