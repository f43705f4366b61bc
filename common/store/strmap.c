#include "strmap.h"

#include <string.h>

#include "clock.h"

enum { FIRST = 64 };

/* FNV-1a; the seed keeps those who send mail from choosing message-ids that collide. */
static uint32_t hash(const struct strmap *m, struct str s)
{
	uint64_t h = 14695981039346656037u ^ m->seed;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return (uint32_t)(h ^ h >> 32);
}

/* The slot of s, or the free one where it belongs. */
static uint32_t *find(const struct strmap *m, struct str s)
{
	uint32_t i = hash(m, s) & (m->n_slots - 1);

	while (m->slots[i] != 0 && !str_eq(m->keys[m->slots[i] - 1], s))
		i = (i + 1) & (m->n_slots - 1);
	return &m->slots[i];
}

/* Twice as many slots as keys, at least. */
static void grow(struct strmap *m)
{
	struct str *keys;

	if (m->cap == 0)
		m->seed = (uint64_t)clock_now_ns() * 0x9e3779b97f4a7c15u;
	m->cap = m->cap ? m->cap * 2 : FIRST;
	keys = ARENA_NEW_N(&m->arena, m->cap, struct str);
	if (m->n > 0)
		memcpy(keys, m->keys, m->n * sizeof(*keys));
	m->keys = keys;
	m->n_slots = m->cap * 2;
	m->slots = ARENA_NEW_N(&m->arena, m->n_slots, uint32_t);
	for (uint32_t i = 0; i < m->n; i++)
		*find(m, m->keys[i]) = i + 1;
}

uint32_t strmap_add(struct strmap *m, struct str s)
{
	uint32_t *slot;

	if (m->n == m->cap)
		grow(m);
	slot = find(m, s);
	if (*slot == 0) {
		m->keys[m->n++] = s;
		*slot = m->n;
	}
	return *slot - 1;
}

uint32_t strmap_get(const struct strmap *m, struct str s)
{
	return m->n > 0 ? *find(m, s) - 1 : STRMAP_NONE;
}

void strmap_free(struct strmap *m)
{
	arena_free(&m->arena);
	*m = (struct strmap){ 0 };
}
