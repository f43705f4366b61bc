#include "vec.h"

#include <stdint.h>
#include <stdlib.h>

#include "die.h"

void *vec_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t want = *cap ? *cap : 16;

	while (want < need)
		want *= 2;
	if (want > SIZE_MAX / size)
		die_memory();
	p = realloc(p, want * size);
	if (!p)
		die_memory();
	*cap = want;
	return p;
}

void vec_free(void **p, size_t *n, size_t *cap)
{
	free(*p);
	*p = NULL;
	*n = *cap = 0;
}
