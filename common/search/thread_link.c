/* Who replies to whom: RFC 5256, REFERENCES, steps 1 to 3. */
#include "limits.h"
#include "thread_priv.h"

struct linking {
	const struct thread_mails *mails;
	uint32_t                  *parent;
	uint32_t                  *children;    /* how many; one that has none is nobody's ancestor */
	uint32_t                  *node;        /* by message id */
	size_t                     n;
};

static void unlink_node(struct linking *l, uint32_t at)
{
	if (l->parent[at] != THREAD_NONE)
		l->children[l->parent[at]]--;
	l->parent[at] = THREAD_NONE;
}

/* `at` has no parent. No loops; a chain that is too long for reading mail is not looked at to its end. */
static void link_node(struct linking *l, uint32_t up, uint32_t at)
{
	size_t steps = 0;

	if (up == at)
		return;
	if (l->children[at] > 0)
		for (uint32_t i = l->parent[up]; i != THREAD_NONE; i = l->parent[i])
			if (i == at || ++steps == THREAD_DEPTH_MAX)
				return;
	l->parent[at] = up;
	l->children[up]++;
}

static void link_mail(struct linking *l, uint32_t at)
{
	const struct thread_mail *m = &l->mails->p[at];
	uint32_t                  before = THREAD_NONE;

	for (size_t i = 0; i < m->n_refs; i++) {
		uint32_t ref = l->node[m->refs[i]];

		if (before != THREAD_NONE && l->parent[ref] == THREAD_NONE)
			link_node(l, before, ref);
		before = ref;
	}
	unlink_node(l, at);
	if (before != THREAD_NONE)
		link_node(l, before, at);
}

/* The nearest ancestor that is a mail, else the highest one, for node `at` that has one; what lies between is bent to it, so that
 * all walks together are short. */
static uint32_t resolve(struct linking *l, uint32_t at)
{
	size_t   n = l->mails->n;
	uint32_t top = l->parent[at];

	while (top >= n && l->parent[top] != THREAD_NONE)
		top = l->parent[top];
	for (uint32_t i = l->parent[at]; i >= n && i != top;) {
		uint32_t up = l->parent[i];

		l->parent[i] = top;
		i = up;
	}
	return top;
}

/* Step 3. A node that is no mail stays only at the top, with two mails or more. */
static void prune(struct linking *l)
{
	size_t n = l->mails->n;

	for (size_t i = 0; i < l->n; i++)
		l->children[i] = 0;
	for (uint32_t i = 0; i < n; i++)
		if (l->parent[i] != THREAD_NONE) {
			l->parent[i] = resolve(l, i);
			l->children[l->parent[i]]++;
		}
	for (uint32_t i = 0; i < n; i++)
		if (l->parent[i] != THREAD_NONE && l->parent[i] >= n && l->children[l->parent[i]] == 1)
			l->parent[i] = THREAD_NONE;
	for (size_t i = n; i < l->n; i++)
		l->parent[i] = THREAD_NONE;
}

uint32_t *thread_link(const struct thread_mails *mails, size_t *ret_n)
{
	size_t         most = 2 * mails->n + mails->n_ids;
	struct linking l = { .mails = mails, .n = mails->n };

	l.parent = ARENA_NEW_N(mails->a, most, uint32_t);
	l.children = ARENA_NEW_N(mails->a, most, uint32_t);
	l.node = ARENA_NEW_N(mails->a, mails->n_ids, uint32_t);
	for (size_t i = 0; i < most; i++)
		l.parent[i] = THREAD_NONE;
	for (size_t i = 0; i < mails->n_ids; i++)
		l.node[i] = THREAD_NONE;
	for (uint32_t i = 0; i < mails->n; i++)
		if (mails->p[i].id != THREAD_NONE)
			l.node[mails->p[i].id] = i;
	for (size_t i = 0; i < mails->n_ids; i++)
		if (l.node[i] == THREAD_NONE)
			l.node[i] = (uint32_t)l.n++;
	for (uint32_t i = 0; i < mails->n; i++)
		link_mail(&l, i);
	prune(&l);
	*ret_n = l.n;
	return l.parent;
}
