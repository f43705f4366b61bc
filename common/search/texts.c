/* In v a text is where it begins in the spool, in UNITs, below; above stands a piece of it, three octets and how many of them there are, so
 * that an end comes first. Sorted is by the pieces at one depth, those that are equal by the next ones: Bentley and Sedgewick's multikey
 * quicksort. */
#include "texts.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "clock.h"
#include "radix.h"

enum { UNIT = 4, PIECE = 3, FEW = 12 };

struct texts texts_begin(const char *dir, uint64_t *v)
{
	return (struct texts){ .spool = SPOOL(dir), .v = v, .chance = (uint64_t)clock_now_ns() | 1 };
}

/* Its length, the octets, and nothing up to the next unit. */
int texts_add(struct texts *t, struct str s)
{
	static const char nothing[UNIT] = { 0 };
	uint32_t          length = (uint32_t)s.n;
	size_t            place = spool_put(&t->spool, (struct str){ (const char *)&length, sizeof(length) });

	if (s.n > UINT32_MAX || place / UNIT > UINT32_MAX)
		return -EOVERFLOW;
	spool_put(&t->spool, s);
	spool_put(&t->spool, (struct str){ nothing, (UNIT - s.n % UNIT) % UNIT });
	t->v[t->n++] = place / UNIT;
	return 0;
}

static struct str text_at(const struct texts *t, uint64_t x)
{
	size_t   place = (size_t)(uint32_t)x * UNIT;
	uint32_t length;

	memcpy(&length, spool_at(&t->spool, place), sizeof(length));
	return (struct str){ spool_at(&t->spool, place + sizeof(length)), length };
}

static void load_pieces(const struct texts *t, uint64_t *v, size_t n, size_t depth)
{
	for (size_t i = 0; i < n; i++) {
		struct str s = str_from(text_at(t, v[i]), depth);
		uint64_t   piece = 0, octets = s.n < PIECE ? s.n : PIECE;

		for (size_t k = 0; k < PIECE; k++)
			piece = piece << 8 | (k < octets ? (unsigned char)s.p[k] : 0);
		v[i] = (piece << 8 | octets) << 32 | (uint32_t)v[i];
	}
}

static bool is_before(const struct texts *t, uint64_t x, uint64_t y, size_t depth)
{
	if (x >> 32 != y >> 32)
		return x >> 32 < y >> 32;
	return str_cmp(str_from(text_at(t, x), depth), str_from(text_at(t, y), depth)) < 0;
}

static void sort_few(const struct texts *t, uint64_t *v, size_t n, size_t depth)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t   at = i;

		for (; at > 0 && is_before(t, x, v[at - 1], depth); at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

/* One of n, which who sends mail cannot foresee. */
static uint64_t any(struct texts *t, const uint64_t *v, size_t n)
{
	t->chance ^= t->chance << 13;
	t->chance ^= t->chance >> 7;
	t->chance ^= t->chance << 17;
	return v[t->chance % n];
}

/* Those below the piece, then those that have it, from *ret_same on, then those above, from *ret_above on. */
static void part(uint64_t *v, size_t n, uint64_t piece, size_t *ret_same, size_t *ret_above)
{
	size_t same = 0, above = n;

	for (size_t i = 0; i < above;) {
		uint64_t x = v[i];

		if (x >> 32 < piece) {
			v[i++] = v[same];
			v[same++] = x;
		} else if (x >> 32 > piece) {
			v[i] = v[--above];
			v[above] = x;
		} else {
			i++;
		}
	}
	*ret_same = same;
	*ret_above = above;
}

/* n that are the same up to depth. Their pieces there are loaded. */
static void sort(struct texts *t, uint64_t *v, size_t n, size_t depth)
{
	while (n >= FEW) {
		uint64_t piece = any(t, v, n) >> 32;
		size_t   same, above;

		part(v, n, piece, &same, &above);
		sort(t, v, same, depth);
		sort(t, v + above, n - above, depth);
		if ((piece & 0xff) < PIECE)
			return;
		v += same;
		n = above - same;
		depth += PIECE;
		load_pieces(t, v, n, depth);
	}
	sort_few(t, v, n, depth);
}

int texts_place(struct texts *t)
{
	struct str last = STR_NONE;
	uint32_t   place = 0;
	int        r = spool_end(&t->spool);

	if (r < 0)
		return r;
	load_pieces(t, t->v, t->n, 0);
	sort(t, t->v, t->n, 0);
	for (size_t i = 0; i < t->n; i++) {
		struct str s = text_at(t, t->v[i]);

		place += !str_eq(s, last);
		last = s;
		t->v[i] = (uint64_t)(uint32_t)t->v[i] << 32 | place;
	}
	radix_sort(t->v, t->n);
	for (size_t i = 0; i < t->n; i++)
		t->v[i] &= UINT32_MAX;
	return 0;
}

void texts_free(struct texts *t)
{
	spool_free(&t->spool);
}
