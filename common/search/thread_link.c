#include "limits.h"
#include "thread_priv.h"

struct thread_links thread_links_begin(struct scratch *work, size_t n, size_t n_refs)
{
	struct thread_links l = { .n = n, .n_nodes = n, .most = n + n_refs };

	/* What gathers threads has to have room, too. */
	l.parent = SCRATCH_NEW_N(work, l.most > thread_room(n) ? l.most : thread_room(n), uint32_t);
	l.children = SCRATCH_NEW_N(work, l.most, uint32_t);
	for (size_t i = 0; i < n; i++)
		l.parent[i] = THREAD_NONE;
	return l;
}

void thread_links_add(struct thread_links *l)
{
	l->parent[l->n_nodes++] = THREAD_NONE;
}

static void unlink_node(struct thread_links *l, uint32_t at)
{
	if (l->parent[at] != THREAD_NONE)
		l->children[l->parent[at]]--;
	l->parent[at] = THREAD_NONE;
}

/* `at` has no parent. No loops; a chain that is too long for reading mail is not looked at to its end. */
static void link_node(struct thread_links *l, uint32_t up, uint32_t at)
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

void thread_link_reference(struct thread_links *l, uint32_t before, uint32_t ref)
{
	if (before != THREAD_NONE && l->parent[ref] == THREAD_NONE)
		link_node(l, before, ref);
}

void thread_link_mail(struct thread_links *l, uint32_t before, uint32_t at)
{
	unlink_node(l, at);
	if (before != THREAD_NONE)
		link_node(l, before, at);
}

/* The nearest ancestor that is a mail, else the highest one, for node `at` that has one; what lies between is bent to it, so that
 * all walks together are short. */
static uint32_t resolve(struct thread_links *l, uint32_t at)
{
	size_t   n = l->n;
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
static void prune(struct thread_links *l)
{
	for (size_t i = 0; i < l->n_nodes; i++)
		l->children[i] = 0;
	for (uint32_t i = 0; i < l->n; i++)
		if (l->parent[i] != THREAD_NONE) {
			l->parent[i] = resolve(l, i);
			l->children[l->parent[i]]++;
		}
	for (uint32_t i = 0; i < l->n; i++)
		if (l->parent[i] != THREAD_NONE && l->parent[i] >= l->n && l->children[l->parent[i]] == 1)
			l->parent[i] = THREAD_NONE;
}

void thread_links_end(struct thread_links *l, struct thread_mails *mails)
{
	uint32_t *number = l->children, n_nodes = (uint32_t)l->n;

	prune(l);
	for (size_t i = l->n; i < l->n_nodes; i++)
		if (l->children[i] > 1)
			number[i] = n_nodes++;
	for (size_t i = 0; i < l->n; i++)
		if (l->parent[i] != THREAD_NONE && l->parent[i] >= l->n)
			l->parent[i] = number[l->parent[i]];
	for (size_t i = l->n; i < n_nodes; i++)
		l->parent[i] = THREAD_NONE;
	mails->parent = l->parent;
	mails->n_nodes = n_nodes;
}
