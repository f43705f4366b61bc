/* A set is the same after it was written and read again; made canonical, its ranges ascend with gaps between them, and it holds
 * a number exactly when one of the ranges that were read does. */
#include <stdlib.h>
#include <string.h>

#include "seqset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static bool holds(const struct seqset *raw, uint32_t star, uint32_t n)
{
	for (size_t i = 0; i < raw->n; i++) {
		uint32_t lo = raw->v[i].lo ? raw->v[i].lo : star, hi = raw->v[i].hi ? raw->v[i].hi : star;

		if (lo && hi && ((n >= lo && n <= hi) || (n >= hi && n <= lo)))
			return true;
	}
	return false;
}

static void check_resolved(struct seqset *s, const struct seqset *raw, uint32_t star)
{
	struct seqset_iter it = { 0 };
	uint64_t           walked = 0;
	uint32_t           n = 0;

	seqset_resolve(s, star);
	must(!seqset_has_star(s));
	for (size_t i = 0; i < s->n; i++) {
		must(s->v[i].lo <= s->v[i].hi && (i == 0 || s->v[i].lo > (uint64_t)s->v[i - 1].hi + 1));
		must(seqset_contains(s, s->v[i].lo) && seqset_contains(s, s->v[i].hi));
		must(!seqset_contains(s, s->v[i].lo - 1));
	}
	for (size_t i = 0; i < raw->n; i++)
		for (int d = -1; d <= 1; d++)
			if (raw->v[i].lo + (uint32_t)d != 0)
				must(seqset_contains(s, raw->v[i].lo + (uint32_t)d) == holds(raw, star, raw->v[i].lo + (uint32_t)d));
	seqset_clip(s, 1000);
	while (seqset_next(s, &it, &n))
		walked++;
	must(walked == seqset_count(s) && n == seqset_largest(s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena  a = ARENA_INIT;
	struct buf    b = BUF(2 * size + 100);
	struct lexer  lx;
	struct seqset s, raw;

	if (size < 2)
		return 0;
	lex_init(&lx, (struct str){ (const char *)data + 1, size - 1 }, &a);
	if (seqset_read(&lx, &raw) == 0) {
		seqset_put_set(&b, &raw);
		lex_init(&lx, buf_view(&b), &a);
		must(!b.failed && seqset_read(&lx, &s) == 0 && lex_at_end(&lx) && s.n == raw.n && s.saved == raw.saved);
		must(s.n == 0 || memcmp(s.v, raw.v, s.n * sizeof(*s.v)) == 0);
		check_resolved(&s, &raw, data[0]);
	}
	buf_free(&b);
	arena_free(&a);
	return 0;
}
