#include "relevance.h"

#include <stdlib.h>
#include <string.h>

enum { IN_COMPANY = 1 };                /* of a message that matches, by INTHREAD */

void relevance_add(struct arena *a, struct key *k, uint64_t serial, unsigned points)
{
	struct key_points *p = &k->points;

	if (p->n == p->cap) {
		size_t         cap = p->cap > 0 ? 2 * p->cap : 64;
		struct scored *v = ARENA_NEW_N(a, cap, struct scored);

		if (p->n > 0)
			memcpy(v, p->v, p->n * sizeof(*v));
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = (struct scored){ serial, points };
}

static int by_serial(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;

	return (x->serial > y->serial) - (x->serial < y->serial);
}

void relevance_ready(struct key *root)
{
	if (root->points.n > 1)
		qsort(root->points.v, root->points.n, sizeof(*root->points.v), by_serial);
	for (struct key *c = root->child; c; c = c->next)
		if (c->scored)
			relevance_ready(c);
}

static unsigned own_points(const struct key *k, uint64_t serial)
{
	const struct scored  key = { .serial = serial };
	const struct scored *found = k->points.n > 0 ? bsearch(&key, k->points.v, k->points.n, sizeof(key), by_serial) : NULL;

	return found ? found->points : 0;
}

/* 0: nothing to say. */
static unsigned points_of(const struct key *k, uint64_t serial)
{
	unsigned sum = 0, best = 0, n = 0;

	if (!k->scored || k->op == KEY_NOT)
		return 0;
	if (!k->child)
		return own_points(k, serial);
	for (const struct key *c = k->child; c; c = c->next) {
		unsigned points = points_of(c, serial);

		sum += points;
		n += points > 0;
		best = points > best ? points : best;
	}
	if (k->op == KEY_INTHREAD && n == 0)
		return IN_COMPANY;
	if (k->op == KEY_OR || n == 0)
		return best;
	return (sum + n / 2) / n;
}

unsigned relevance_score(const struct key *root, uint64_t serial)
{
	unsigned points = points_of(root, serial);

	return points > 0 ? points : RELEVANCE_MAX;
}
