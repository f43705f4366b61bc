/* THREAD=REFERENCES: who replies to whom, then threads of one subject are gathered (step 5). */
#include "strmap.h"
#include "thread_priv.h"

struct gathering {
	const struct thread_mails *mails;
	struct thread_forest       threads;     /* of step 4 */
	uint32_t                  *parent;
	size_t                     n;
	struct strmap              subjects;
	uint32_t                  *table;       /* by subject: the node that stands for it */
};

static bool is_dummy(const struct gathering *g, uint32_t at)
{
	return at >= g->mails->n;
}

static bool is_reply(const struct gathering *g, uint32_t at)
{
	return !is_dummy(g, at) && g->mails->p[at].reply;
}

/* The subject of the thread at the top node `at`. */
static struct str subject_of(const struct gathering *g, uint32_t at)
{
	return g->mails->p[is_dummy(g, at) ? g->threads.nodes[at].child : at].subject;
}

/* Step 5.B */
static void choose(struct gathering *g, uint32_t at)
{
	struct str subject = subject_of(g, at);
	uint32_t   known = g->subjects.n, i, *chosen;

	if (subject.n == 0)
		return;
	i = strmap_add(&g->subjects, subject);
	chosen = &g->table[i];
	if (i == known)
		*chosen = at;
	else if (!is_dummy(g, *chosen) && (is_dummy(g, at) || (is_reply(g, *chosen) && !is_reply(g, at))))
		*chosen = at;
}

/* Step 5.C */
static void merge(struct gathering *g, uint32_t at)
{
	struct str subject = subject_of(g, at);
	uint32_t  *chosen;

	if (subject.n == 0 || g->parent[at] != THREAD_NONE)
		return;
	chosen = &g->table[strmap_get(&g->subjects, subject)];
	if (*chosen == at)
		return;
	if (is_dummy(g, at)) {
		for (uint32_t c = g->threads.nodes[at].child; c != THREAD_NONE; c = g->threads.nodes[c].next)
			g->parent[c] = *chosen;
		return;
	}
	if (!is_dummy(g, *chosen) && !(is_reply(g, at) && !is_reply(g, *chosen))) {
		g->parent[*chosen] = (uint32_t)g->n;
		*chosen = (uint32_t)g->n++;
	}
	g->parent[at] = *chosen;
}

struct thread_forest thread_by_references(const struct thread_mails *mails)
{
	const uint32_t  *order = thread_sent_order(mails);
	struct gathering g = { .mails = mails };

	g.parent = thread_link(mails, &g.n);
	g.threads = thread_plant(mails, g.parent, g.n, order);
	g.table = ARENA_NEW_N(mails->a, mails->n, uint32_t);
	for (uint32_t at = g.threads.first; at != THREAD_NONE; at = g.threads.nodes[at].next)
		choose(&g, at);
	for (uint32_t at = g.threads.first; at != THREAD_NONE; at = g.threads.nodes[at].next)
		merge(&g, at);
	strmap_free(&g.subjects);
	return thread_plant(mails, g.parent, g.n, order);
}
