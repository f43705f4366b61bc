#include "strmap.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "die.h"

enum { FIRST = 64 };

__extension__ typedef unsigned __int128 product;

static uint64_t fold(uint64_t a, uint64_t b)
{
	product p = (product)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/* Eight octets at a time, as wyhash has it. */
uint64_t strmap_hash64(uint64_t seed, struct str s)
{
	uint64_t h = seed ^ s.n, word;

	for (; s.n > 0; s = str_from(s, sizeof(word))) {
		word = 0;
		if (s.n >= sizeof(word))
			memcpy(&word, s.p, sizeof(word));
		else
			memcpy(&word, s.p, s.n);
		h = fold(h ^ word, 0x9e3779b97f4a7c15u);
	}
	return h;
}

uint32_t strmap_hash(uint64_t seed, struct str s)
{
	uint64_t h = strmap_hash64(seed, s);

	return (uint32_t)(h ^ h >> 32);
}

/* A slot: the hash above, the number of the key + 1 below; 0: free. The one of s, or the free one where it belongs. */
static uint64_t *find(const struct strmap *m, uint32_t h, struct str s)
{
	uint32_t i = h & (m->n_slots - 1);

	while (m->slots[i] != 0 && (m->slots[i] >> 32 != h || !str_eq(m->keys[(uint32_t)m->slots[i] - 1], s)))
		i = (i + 1) & (m->n_slots - 1);
	return &m->slots[i];
}

static void move(struct strmap *m, const uint64_t *old, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = (uint32_t)(old[k] >> 32) & (m->n_slots - 1);

		if (old[k] == 0)
			continue;
		while (m->slots[i] != 0)
			i = (i + 1) & (m->n_slots - 1);
		m->slots[i] = old[k];
	}
}

/* Twice as many slots as keys, at least. */
static void grow(struct strmap *m)
{
	uint64_t *slots = m->slots;
	uint32_t  n_slots = m->n_slots;

	if (m->cap == 0)
		m->seed = (uint64_t)clock_now_ns() * 0x9e3779b97f4a7c15u;
	m->cap = m->cap ? m->cap * 2 : FIRST;
	m->n_slots = m->cap * 2;
	m->keys = reallocarray(m->keys, m->cap, sizeof(*m->keys));
	m->slots = calloc(m->n_slots, sizeof(*m->slots));
	if (!m->keys || !m->slots)
		die_memory();
	move(m, slots, n_slots);
	free(slots);
}

uint32_t strmap_add(struct strmap *m, struct str s)
{
	uint32_t  h;
	uint64_t *slot;

	if (m->n == m->cap)
		grow(m);
	h = strmap_hash(m->seed, s);
	slot = find(m, h, s);
	if (*slot == 0) {
		m->keys[m->n++] = s;
		*slot = (uint64_t)h << 32 | m->n;
	}
	return (uint32_t)*slot - 1;
}

uint32_t strmap_get(const struct strmap *m, struct str s)
{
	return m->n > 0 ? (uint32_t)*find(m, strmap_hash(m->seed, s), s) - 1 : STRMAP_NONE;
}

void strmap_free(struct strmap *m)
{
	free(m->keys);
	free(m->slots);
	*m = (struct strmap){ 0 };
}
