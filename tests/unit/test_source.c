#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "bodymemo.h"
#include "buf.h"

static struct header_slices slices(struct str *p, size_t n)
{
	return (struct header_slices){ p, n };
}

/* All octets from `from` on, read `step` at a time. */
static void read_all(struct source *src, uint64_t from, size_t step, struct buf *b)
{
	char   piece[64];
	size_t n;

	buf_reset(b);
	source_seek(src, from);
	while ((n = source_read(src, piece, step)) > 0)
		buf_put(b, piece, n);
}

static void check(struct source *src, struct str want)
{
	struct buf b = BUF(1000);

	assert_int_equal(src->total, want.n);
	for (size_t step = 1; step < 10; step++)
		for (size_t from = 0; from <= want.n; from++) {
			read_all(src, want.n - from, step, &b);
			assert_int_equal(b.n, from);
			if (from > 0)
				assert_memory_equal(b.p, want.p + want.n - from, from);
		}
	buf_free(&b);
}

static void as_they_are(void **state)
{
	struct str    two[] = { STR("A: b\n"), STR("C: d\r\n e\n") }, one[] = { STR("a\nb\r\n\rc") };
	struct source src;

	source_begin(&src, slices(one, 1));
	check(&src, STR("a\r\nb\r\n\rc"));
	source_begin(&src, slices(two, 2));
	check(&src, STR("A: b\r\nC: d\r\n e\r\n"));
	source_begin(&src, slices(NULL, 0));
	check(&src, STR(""));
	source_begin(&src, slices(two, 0));
	check(&src, STR(""));
}

static void decoded(void **state)
{
	struct source src;

	source_begin_decoded(&src, DECODE_BASE64, STR("SGVs\nbG8A\n"));
	assert_true(src.nul);
	check(&src, STR("Hello\0"));
	source_begin_decoded(&src, DECODE_QP, STR("a=3D=\nb \nc"));
	assert_false(src.nul);
	check(&src, STR("a=b\r\nc"));
	source_begin_decoded(&src, DECODE_NONE, STR("a\nb"));
	check(&src, STR("a\r\nb"));
}

/* The file lies elsewhere when it is opened again. */
static void remembered(void **state)
{
	static const char wire[] = "line one  two\r\nline three\r\n";
	static const char file[] = "Subject: x\n\nline one =\n two\nline three\n";
	struct str        body = STR("line one =\n two\nline three\n");
	struct bodymemo  *m = bodymemo_new();
	struct buf        b = BUF(1000);

	for (size_t stop = 0; stop <= 26; stop++) {
		char         *first = strdup(file), *second = strdup(file);
		struct str    was = { first, sizeof(file) - 1 }, is = { second, sizeof(file) - 1 };
		struct source src, again;
		char          piece[64];

		source_begin_decoded(&src, DECODE_QP, str_from(was, was.n - body.n));
		if (stop > 0)
			source_read(&src, piece, stop);
		bodymemo_keep(m, 7, STR("BINARY[1]"), was, &src);
		memset(first, 'x', was.n);
		assert_false(bodymemo_find(m, 8, STR("BINARY[1]"), is, &again));
		assert_false(bodymemo_find(m, 7, STR("BINARY[2]"), is, &again));
		assert_false(bodymemo_find(m, 7, STR("BINARY[1]"), str_from(is, 1), &again));
		assert_true(bodymemo_find(m, 7, STR("BINARY[1]"), is, &again));
		assert_int_equal(again.at, src.at);
		read_all(&again, again.at, 5, &b);
		assert_int_equal(b.n + src.at, 27);
		assert_memory_equal(b.p, &wire[src.at], b.n);
		check(&again, STR(wire));
		free(first);
		free(second);
	}
	buf_free(&b);
	bodymemo_free(m);
}

static void not_remembered(void **state)
{
	struct str       two[] = { STR("A: b\n"), STR("C: d\n") };
	struct bodymemo *m = bodymemo_new();
	struct source    src, again;
	char             name[200];

	source_begin(&src, slices(two, 2));
	bodymemo_keep(m, 7, STR("BODY[HEADER]"), STR("A: b\nC: d\n"), &src);
	assert_false(bodymemo_find(m, 7, STR("BODY[HEADER]"), STR("A: b\nC: d\n"), &again));
	memset(name, 'x', sizeof(name));
	source_begin(&src, slices(two, 1));
	bodymemo_keep(m, 7, (struct str){ name, sizeof(name) }, two[0], &src);
	assert_false(bodymemo_find(m, 7, (struct str){ name, sizeof(name) }, two[0], &again));
	bodymemo_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_they_are), cmocka_unit_test(decoded), cmocka_unit_test(remembered), cmocka_unit_test(not_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
