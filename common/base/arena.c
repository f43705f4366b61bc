#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

struct arena_chunk {
	struct arena_chunk *below;
	size_t              used, cap;
	max_align_t         bytes[];
};

/* Most arenas hold little. */
enum { FIRST_CHUNK = 1024, CHUNK = 8 * 1024 };

static struct arena_chunk *push(struct arena *a, size_t n)
{
	size_t              usual = a->top ? CHUNK : FIRST_CHUNK, cap = n > usual ? n : usual;
	struct arena_chunk *c;

	if (cap > SIZE_MAX - sizeof(*c))
		die_memory();
	c = malloc(sizeof(*c) + cap);
	if (!c)
		die_memory();
	c->below = a->top;
	c->used = 0;
	c->cap = cap;
	a->top = c;
	return c;
}

void *arena_alloc(struct arena *a, size_t n)
{
	const size_t        align = _Alignof(max_align_t);
	struct arena_chunk *c = a->top;
	char               *p;

	if (n > SIZE_MAX - align)
		die_memory();
	n = (n + align - 1) / align * align;
	if (!c || c->cap - c->used < n)
		c = push(a, n);
	p = (char *)c->bytes + c->used;
	c->used += n;
	return n > 0 ? memset(p, 0, n) : p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	if (size > 0 && n > SIZE_MAX / size)
		die_memory();
	return arena_alloc(a, n * size);
}

char *arena_z(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

struct str arena_str(struct arena *a, struct str s)
{
	return (struct str){ arena_z(a, s), s.n };
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int     n;
	char   *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die_memory();
	p = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void arena_reset(struct arena *a)
{
	while (a->top && a->top->below) {
		struct arena_chunk *below = a->top->below;

		free(a->top);
		a->top = below;
	}
	if (a->top && a->top->cap > CHUNK)
		arena_free(a);
	else if (a->top)
		a->top->used = 0;
}

void arena_free(struct arena *a)
{
	while (a->top) {
		struct arena_chunk *below = a->top->below;

		free(a->top);
		a->top = below;
	}
}
