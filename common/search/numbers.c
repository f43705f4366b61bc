#include "numbers.h"

#include <stdbool.h>

#include "clock.h"
#include "strmap.h"

enum { FIRST = 64 };

static void make_slots(struct numbers *m, size_t n)
{
	m->slots = SCRATCH_NEW_N(m->work, n, struct numbers_slot);
	m->n_slots = n;
}

struct numbers numbers_begin(struct scratch *work, size_t n)
{
	struct numbers m = { .work = work, .seed = (uint64_t)clock_now_ns() * 0x9e3779b97f4a7c15u };
	size_t         slots = FIRST;

	while (slots < n + n / 2)
		slots *= 2;
	make_slots(&m, slots);
	return m;
}

static bool is_free(const struct numbers_slot *slot)
{
	return slot->hash[0] == 0 && slot->hash[1] == 0;
}

/* The slot of those hashes, or the free one where they belong. */
static struct numbers_slot *find(const struct numbers *m, uint32_t h0, uint32_t h1)
{
	size_t i = h0 & (m->n_slots - 1);

	while (!is_free(&m->slots[i]) && (m->slots[i].hash[0] != h0 || m->slots[i].hash[1] != h1))
		i = (i + 1) & (m->n_slots - 1);
	return &m->slots[i];
}

static void grow(struct numbers *m)
{
	const struct numbers old = *m;

	make_slots(m, old.n_slots * 2);
	for (size_t i = 0; i < old.n_slots; i++)
		if (!is_free(&old.slots[i]))
			*find(m, old.slots[i].hash[0], old.slots[i].hash[1]) = old.slots[i];
}

uint32_t numbers_put(struct numbers *m, struct str s, uint32_t value)
{
	uint64_t             hash = strmap_hash64(m->seed, s);
	uint32_t             h0 = (uint32_t)hash, h1 = hash == 0 ? 1 : (uint32_t)(hash >> 32);
	struct numbers_slot *slot;

	if (m->n >= m->n_slots / 4 * 3)
		grow(m);
	slot = find(m, h0, h1);
	if (is_free(slot)) {
		*slot = (struct numbers_slot){ { h0, h1 }, value };
		m->n++;
	}
	return slot->value;
}
