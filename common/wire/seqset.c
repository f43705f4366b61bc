#include "seqset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "line.h"

static int read_one(struct lexer *lx, uint32_t *ret)
{
	if (lex_try(lx, '*')) {
		*ret = 0;
		return 0;
	}
	return lex_nz_number(lx, ret);
}

static int read_range(struct lexer *lx, struct seqset_range *ret)
{
	struct seqset_range range;
	int                 r = read_one(lx, &range.lo);

	if (r < 0)
		return r;
	range.hi = range.lo;
	if (lex_try(lx, ':')) {
		r = read_one(lx, &range.hi);
		if (r < 0)
			return r;
	}
	*ret = range;
	return 0;
}

/* Room for one more range; the array doubles, so that what the arena loses stays below what it holds. */
static void grow(struct arena *a, struct seqset *s, size_t *cap)
{
	struct seqset_range *v;

	if (s->n < *cap)
		return;
	*cap = *cap ? *cap * 2 : 4;
	v = ARENA_NEW_N(a, *cap, struct seqset_range);
	if (s->n > 0)
		memcpy(v, s->v, s->n * sizeof(*v));
	s->v = v;
}

int seqset_read(struct lexer *lx, struct seqset *ret)
{
	struct seqset s = { 0 };
	size_t        cap = 0, start = lx->at;
	int           r;

	do {
		if (lex_try(lx, '$')) {
			s.saved = true;
			break;
		}
		if (s.n == SEQSET_MAX) {
			r = lex_fail(lx, -EMSGSIZE, "too many ranges in a set");
			lx->at = start;
			return r;
		}
		grow(lx->a, &s, &cap);
		r = read_range(lx, &s.v[s.n]);
		if (r < 0) {
			lx->at = start;
			return r;
		}
		s.n++;
	} while (lex_try(lx, ','));
	*ret = s;
	return 0;
}

static int by_lo(const void *pa, const void *pb)
{
	const struct seqset_range *a = pa, *b = pb;

	return (a->lo > b->lo) - (a->lo < b->lo);
}

/* Ranges in their own order, "*" replaced; the number of those that hold anything. */
static size_t replace_star(struct seqset_range *v, size_t n, uint32_t star)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t lo = v[i].lo ? v[i].lo : star, hi = v[i].hi ? v[i].hi : star;

		if (lo == 0 || hi == 0)
			continue;
		v[kept++] = lo <= hi ? (struct seqset_range){ lo, hi } : (struct seqset_range){ hi, lo };
	}
	return kept;
}

void seqset_resolve(struct seqset *s, uint32_t star)
{
	size_t n = 0;

	s->n = replace_star(s->v, s->n, star);
	if (s->n == 0)
		return;
	qsort(s->v, s->n, sizeof(*s->v), by_lo);
	for (size_t i = 1; i < s->n; i++) {
		struct seqset_range *last = &s->v[n];

		if (s->v[i].lo - 1 > last->hi)
			s->v[++n] = s->v[i];
		else if (s->v[i].hi > last->hi)
			last->hi = s->v[i].hi;
	}
	s->n = n + 1;
}

bool seqset_has_star(const struct seqset *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].lo == 0 || s->v[i].hi == 0)
			return true;
	return false;
}

bool seqset_contains(const struct seqset *s, uint32_t n)
{
	size_t from = 0, to = s->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (s->v[mid].hi < n)
			from = mid + 1;
		else
			to = mid;
	}
	return from < s->n && s->v[from].lo <= n;
}

uint32_t seqset_largest(const struct seqset *s)
{
	return s->n > 0 ? s->v[s->n - 1].hi : 0;
}

uint64_t seqset_count(const struct seqset *s)
{
	uint64_t count = 0;

	for (size_t i = 0; i < s->n; i++)
		count += (uint64_t)s->v[i].hi - s->v[i].lo + 1;
	return count;
}

bool seqset_next(const struct seqset *s, struct seqset_iter *it, uint32_t *ret)
{
	if (it->range < s->n && it->done == s->v[it->range].hi) {
		it->range++;
		it->done = 0;
	}
	if (it->range >= s->n)
		return false;
	it->done = it->done ? it->done + 1 : s->v[it->range].lo;
	*ret = it->done;
	return true;
}

void seqset_clip(struct seqset *s, uint32_t max)
{
	while (s->n > 0 && s->v[s->n - 1].lo > max)
		s->n--;
	if (s->n > 0 && s->v[s->n - 1].hi > max)
		s->v[s->n - 1].hi = max;
}

static void put_one(struct buf *b, uint32_t n)
{
	if (n == 0)
		buf_putc(b, '*');
	else
		line_number(b, n);
}

bool seqset_is_plain(const struct seqset *s)
{
	uint32_t last = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].lo <= last || s->v[i].hi < s->v[i].lo)
			return false;
		last = s->v[i].hi;
	}
	return !s->saved;
}

struct seqset seqset_meet(struct arena *a, const struct seqset *x, const struct seqset *y)
{
	struct seqset both = { .v = ARENA_NEW_N(a, x->n + y->n, struct seqset_range) };
	size_t        i = 0, j = 0;

	while (i < x->n && j < y->n) {
		const struct seqset_range *p = &x->v[i], *q = &y->v[j];
		uint32_t                   lo = p->lo > q->lo ? p->lo : q->lo, hi = p->hi < q->hi ? p->hi : q->hi;

		if (lo <= hi)
			both.v[both.n++] = (struct seqset_range){ lo, hi };
		if (p->hi < q->hi)
			i++;
		else
			j++;
	}
	return both;
}

static void put_range(struct buf *b, uint32_t lo, uint32_t hi)
{
	put_one(b, lo);
	if (hi != lo) {
		buf_putc(b, ':');
		put_one(b, hi);
	}
}

void seqset_put(struct buf *b, const uint32_t *v, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && v[end] - 1 == v[end - 1]; end++)
			;
		if (i > 0)
			buf_putc(b, ',');
		put_range(b, v[i], v[end - 1]);
	}
}

void seqset_put_set(struct buf *b, const struct seqset *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		put_range(b, s->v[i].lo, s->v[i].hi);
	}
	if (s->saved)
		buf_puts(b, s->n > 0 ? ",$" : "$");
}
