#include "searchres.h"

#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "vec.h"

struct searchres {
	uint32_t *v;
	size_t    n, cap;
};

struct searchres *searchres_new(void)
{
	struct searchres *r = calloc(1, sizeof(*r));

	if (!r)
		die_memory();
	return r;
}

void searchres_free(struct searchres *r)
{
	if (!r)
		return;
	free(r->v);
	free(r);
}

void searchres_set(struct searchres *r, const uint32_t *uids, size_t n)
{
	if (n > r->cap)
		r->v = vec_grow(r->v, &r->cap, n, sizeof(*r->v));
	if (n > 0)
		memmove(r->v, uids, n * sizeof(*uids));
	r->n = n;
}

void searchres_clear(struct searchres *r)
{
	r->n = 0;
}

void searchres_expunged(struct searchres *r, const uint32_t *uids, size_t n)
{
	size_t kept = 0, gone = 0;

	for (size_t i = 0; i < r->n; i++) {
		while (gone < n && uids[gone] < r->v[i])
			gone++;
		if (gone == n || uids[gone] != r->v[i])
			r->v[kept++] = r->v[i];
	}
	r->n = kept;
}

const uint32_t *searchres_uids(const struct searchres *r, size_t *ret_n)
{
	*ret_n = r->n;
	return r->v;
}
