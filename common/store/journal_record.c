/* A record: kind u8, serial u64, then id, dir, base, the number of added and of removed tags, and those tags;
 * strings and numbers of 32 bits as the machine has them, strings with their length before them.
 *
 * One of many has no id, dir and base, and goes on so: seed u64, n u32, number of slots u32; of each id and behind the last one where it begins among
 * the octets u32; slots u32, each 0 or the number of an id + 1; the octets; where in the record the seed stands u32. */
#include "journal_record.h"

#include <string.h>

#include "clock.h"
#include "strmap.h"

enum { U32 = sizeof(uint32_t), U64 = sizeof(uint64_t), IDS_HEAD = U64 + 2 * U32 };

static void put_u32(struct buf *b, size_t n)
{
	uint32_t v = (uint32_t)n;

	buf_put(b, &v, sizeof(v));
}

static void put_str(struct buf *b, struct str s)
{
	put_u32(b, s.n);
	buf_str(b, s);
}

void journal_encode(struct buf *b, const struct journal_record *r)
{
	buf_putc(b, (char)r->kind);
	buf_put(b, &r->serial, sizeof(r->serial));
	put_str(b, r->id);
	put_str(b, r->dir);
	put_str(b, r->base);
	put_u32(b, r->n_add);
	put_u32(b, r->n_remove);
	for (size_t i = 0; i < r->n_add; i++)
		put_str(b, r->add[i]);
	for (size_t i = 0; i < r->n_remove; i++)
		put_str(b, r->remove[i]);
}

static bool take(struct str *from, void *p, size_t n)
{
	if (from->n < n)
		return false;
	memcpy(p, from->p, n);
	*from = str_from(*from, n);
	return true;
}

static bool take_str(struct str *from, struct arena *a, struct str *ret)
{
	uint32_t n;

	if (!take(from, &n, sizeof(n)) || n > from->n)
		return false;
	*ret = arena_str(a, str_mid(*from, 0, n));
	*from = str_from(*from, n);
	return true;
}

static bool take_tags(struct str *from, struct arena *a, uint32_t n, const struct str **ret)
{
	struct str *tags;

	if (n > from->n / 4)
		return false;
	tags = ARENA_NEW_N(a, n, struct str);
	for (uint32_t i = 0; i < n; i++)
		if (!take_str(from, a, &tags[i]))
			return false;
	*ret = tags;
	return true;
}

bool journal_decode(struct str in, struct arena *a, struct journal_record *r)
{
	char     kind;
	uint32_t n_add, n_remove;

	if (!take(&in, &kind, 1) || !take(&in, &r->serial, sizeof(r->serial)) || !take_str(&in, a, &r->id) ||
	    !take_str(&in, a, &r->dir) || !take_str(&in, a, &r->base) || !take(&in, &n_add, 4) || !take(&in, &n_remove, 4))
		return false;
	r->kind = (enum journal_kind)kind;
	r->n_add = n_add;
	r->n_remove = n_remove;
	return take_tags(&in, a, n_add, &r->add) && take_tags(&in, a, n_remove, &r->remove);
}

static uint32_t u32_at(const char *p, size_t i)
{
	uint32_t v;

	memcpy(&v, p + i * U32, U32);
	return v;
}

/* The slot of the id, or the free one where it belongs. */
static uint32_t find(const struct str *ids, const uint32_t *slots, uint32_t n_slots, uint64_t seed, struct str id)
{
	uint32_t i = strmap_hash(seed, id) & (n_slots - 1);

	while (slots[i] != 0 && !str_eq(ids[slots[i] - 1], id))
		i = (i + 1) & (n_slots - 1);
	return i;
}

void journal_encode_ids(struct buf *b, const struct str *ids, size_t n)
{
	struct arena a = ARENA_INIT;
	struct str  *once = ARENA_NEW_N(&a, n, struct str);
	uint64_t     seed = (uint64_t)clock_now_ns();
	uint32_t     n_slots = 2, k = 0, *slots;
	size_t       begin = b->n, octets = 0;

	while (n_slots < 2 * n)
		n_slots *= 2;
	slots = ARENA_NEW_N(&a, n_slots, uint32_t);
	for (size_t i = 0; i < n; i++) {
		uint32_t slot = find(once, slots, n_slots, seed, ids[i]);

		if (slots[slot] != 0)
			continue;
		once[k++] = ids[i];
		slots[slot] = k;
	}
	buf_put(b, &seed, U64);
	put_u32(b, k);
	put_u32(b, n_slots);
	for (uint32_t i = 0; i <= k; i++) {
		put_u32(b, octets);
		octets += i < k ? once[i].n : 0;
	}
	buf_put(b, slots, n_slots * U32);
	for (uint32_t i = 0; i < k; i++)
		buf_str(b, once[i]);
	put_u32(b, begin);
	arena_free(&a);
}

bool journal_ids_of(struct str record, struct journal_ids *ret)
{
	size_t end = record.n - U32, at, room;

	if (record.n < 1 + U64 + U32 || record.p[0] <= JOURNAL_MANY)
		return false;
	at = u32_at(record.p + end, 0);
	if (at > end || end - at < IDS_HEAD)
		return false;
	memcpy(&ret->done, record.p + 1, U64);
	memcpy(&ret->seed, record.p + at, U64);
	ret->n = u32_at(record.p + at + U64, 0);
	ret->n_slots = u32_at(record.p + at + U64, 1);
	room = end - at - IDS_HEAD;
	if (ret->n > JOURNAL_MANY_MAX || ret->n_slots < 2 || ret->n_slots > 4 * JOURNAL_MANY_MAX || ((size_t)ret->n + 1 + ret->n_slots) * U32 > room)
		return false;
	ret->offsets = record.p + at + IDS_HEAD;
	ret->slots = ret->offsets + ((size_t)ret->n + 1) * U32;
	ret->octets = ret->slots + (size_t)ret->n_slots * U32;
	return u32_at(ret->offsets, ret->n) == (size_t)(record.p + end - ret->octets);
}

struct str journal_ids_at(const struct journal_ids *ids, uint32_t i)
{
	uint32_t from = u32_at(ids->offsets, i), to = u32_at(ids->offsets, i + 1);

	return (struct str){ ids->octets + from, to - from };
}

bool journal_ids_has(const struct journal_ids *ids, struct str id)
{
	uint32_t i = strmap_hash(ids->seed, id) & (ids->n_slots - 1), slot;

	while ((slot = u32_at(ids->slots, i)) != 0 && !str_eq(journal_ids_at(ids, slot - 1), id))
		i = (i + 1) & (ids->n_slots - 1);
	return slot != 0 && slot - 1 >= ids->done;
}
