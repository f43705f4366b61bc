#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "seqset.h"

#include <errno.h>

#include "limits.h"

/* Those with a largest number of 15 or 10 are the examples of RFC 9051 section 9 (seq-range, sequence-set). */
static const struct {
	const char *in;
	int         want;
	uint32_t    star;
	const char *resolved;
	uint64_t    count;
} cases[] = {
	{ "1", 0, 9, "1", 1 },
	{ "1:3", 0, 9, "1:3", 3 },
	{ "2:4", 0, 9, "2:4", 3 },
	{ "4:2", 0, 9, "2:4", 3 },
	{ "3291:*", 0, 100, "100:3291", 3192 },
	{ "2,4:7,9,12:*", 0, 15, "2,4:7,9,12:15", 10 },
	{ "*:4,5:7", 0, 10, "4:10", 7 },
	{ "5:*", 0, 3, "3:5", 3 },
	{ "*", 0, 7, "7", 1 },
	{ "*:*", 0, 7, "7", 1 },
	{ "5:5", 0, 7, "5", 1 },
	{ "3,2,1", 0, 7, "1:3", 3 },
	{ "1:10,2:3,5", 0, 7, "1:10", 10 },
	{ "1,3,5,1", 0, 7, "1,3,5", 3 },
	{ "4294967295,1", 0, 7, "1,4294967295", 2 },
	{ "1:4294967295", 0, 7, "1:4294967295", 4294967295 },
	{ "2:4294967295,4294967295", 0, 7, "2:4294967295", 4294967294 },
	{ "*,2", 0, 0, "2", 1 },
	{ "1:*", 0, 0, "", 0 },
	{ "$", 0, 7, "$", 0 },
	{ "3,$", 0, 7, "3,$", 1 },
	{ "0", -EBADMSG, 0, NULL, 0 },
	{ "1:0", -EBADMSG, 0, NULL, 0 },
	{ "01", -EBADMSG, 0, NULL, 0 },
	{ "", -EBADMSG, 0, NULL, 0 },
	{ "1,,2", -EBADMSG, 0, NULL, 0 },
	{ "1,", -EBADMSG, 0, NULL, 0 },
	{ ",1", -EBADMSG, 0, NULL, 0 },
	{ "1:", -EBADMSG, 0, NULL, 0 },
	{ ":1", -EBADMSG, 0, NULL, 0 },
	{ "4294967296", -EBADMSG, 0, NULL, 0 },
	{ "x", -EBADMSG, 0, NULL, 0 },
};

static void test_read(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena  a = ARENA_INIT;
		struct buf    b = BUF(1000);
		struct lexer  lx;
		struct seqset s;
		int           r;

		lex_init(&lx, str_of(cases[i].in), &a);
		r = seqset_read(&lx, &s);
		if (r != cases[i].want)
			fail_msg("row %zu: %d", i, r);
		if (r == 0) {
			assert_true(lex_at_end(&lx));
			seqset_resolve(&s, cases[i].star);
			seqset_put_set(&b, &s);
			if (!str_eq(buf_view(&b), str_of(cases[i].resolved)) || seqset_count(&s) != cases[i].count)
				fail_msg("row %zu: %s", i, buf_z(&b));
		} else {
			assert_int_equal(lx.at, 0);
		}
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_printed_as_read(void **state)
{
	static const char *const rows[] = { "1", "4:2", "3291:*", "*:4,5:7", "*", "2,4:7,9,12:*", "$", "3,$" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena  a = ARENA_INIT;
		struct buf    b = BUF(100);
		struct lexer  lx;
		struct seqset s;

		lex_init(&lx, str_of(rows[i]), &a);
		assert_int_equal(seqset_read(&lx, &s), 0);
		seqset_put_set(&b, &s);
		assert_string_equal(buf_z(&b), rows[i]);
		buf_free(&b);
		arena_free(&a);
	}
}

static struct seqset resolved(struct arena *a, const char *text, uint32_t star)
{
	struct lexer  lx;
	struct seqset s = { 0 };

	lex_init(&lx, str_of(text), a);
	assert_int_equal(seqset_read(&lx, &s), 0);
	seqset_resolve(&s, star);
	return s;
}

static void test_use(void **state)
{
	static const uint32_t in[] = { 2, 4, 5, 6, 9 };
	static const uint32_t out[] = { 0, 1, 3, 7, 8, 10, UINT32_MAX };
	struct arena          a = ARENA_INIT;
	struct seqset         s = resolved(&a, "9,4:6,2", 1);
	struct seqset_iter    it = { 0 };
	uint32_t              n;

	for (size_t i = 0; i < 5; i++) {
		assert_true(seqset_contains(&s, in[i]));
		assert_true(seqset_next(&s, &it, &n));
		assert_int_equal(n, in[i]);
	}
	assert_false(seqset_next(&s, &it, &n));
	assert_false(seqset_next(&s, &it, &n));
	for (size_t i = 0; i < 7; i++)
		assert_false(seqset_contains(&s, out[i]));
	assert_int_equal(seqset_largest(&s), 9);
	seqset_clip(&s, 5);
	assert_int_equal(seqset_largest(&s), 5);
	assert_int_equal(seqset_count(&s), 3);
	seqset_clip(&s, 1);
	assert_int_equal(seqset_largest(&s), 0);
	assert_false(seqset_contains(&s, 2));

	s = resolved(&a, "4294967294:4294967295", 1);
	it = (struct seqset_iter){ 0 };
	assert_true(seqset_next(&s, &it, &n) && n == 4294967294);
	assert_true(seqset_next(&s, &it, &n) && n == 4294967295);
	assert_false(seqset_next(&s, &it, &n));
	arena_free(&a);
}

static void test_star(void **state)
{
	struct arena  a = ARENA_INIT;
	struct lexer  lx;
	struct seqset s;

	lex_init(&lx, STR("1:4,*:7"), &a);
	assert_int_equal(seqset_read(&lx, &s), 0);
	assert_true(seqset_has_star(&s));
	lex_init(&lx, STR("1:4294967295"), &a);
	assert_int_equal(seqset_read(&lx, &s), 0);
	assert_false(seqset_has_star(&s));
	arena_free(&a);
}

static void test_put(void **state)
{
	static const struct {
		uint32_t    v[6];
		size_t      n;
		const char *want;
	} rows[] = {
		{ { 7 }, 1, "7" },
		{ { 1, 2, 3, 5 }, 4, "1:3,5" },
		{ { 1, 2 }, 2, "1:2" },
		{ { 3, 2, 1 }, 3, "3,2,1" },
		{ { 4, 6, 7, 8, 10, 11 }, 6, "4,6:8,10:11" },
		{ { 4294967294, 4294967295 }, 2, "4294967294:4294967295" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b = BUF(100);

		seqset_put(&b, rows[i].v, rows[i].n);
		assert_string_equal(buf_z(&b), rows[i].want);
		buf_free(&b);
	}
}

static struct seqset read_set(struct arena *a, const char *text)
{
	struct seqset s;
	struct lexer  lx;

	lex_init(&lx, str_of(text), a);
	assert_int_equal(seqset_read(&lx, &s), 0);
	return s;
}

static bool reads_plain(struct arena *a, const char *text)
{
	struct seqset s = read_set(a, text);

	return seqset_is_plain(&s);
}

static void test_plain(void **state)
{
	static const char *const plain[] = { "1", "1,2", "1:3,4:9,11", "4294967295" }, *const others[] = { "*", "1:*", "2,1", "1,1", "1:3,3", "3:1", "$", "1,$" };
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_true(reads_plain(&a, plain[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(reads_plain(&a, others[i]));
	arena_free(&a);
}

static void test_meet(void **state)
{
	static const char *const pairs[][3] = {
		{ "1:10", "5", "5" }, { "1:3,5:8", "2:6", "2:3,5:6" }, { "1,3,5", "2,4,6", "" }, { "1:4294967295", "7,9:4294967295", "7,9:4294967295" },
		{ "1:2,4:5,7", "5:7", "5,7" }, { "9", "9", "9" },
	};
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct seqset x = read_set(&a, pairs[i][0]), y = read_set(&a, pairs[i][1]), both = seqset_meet(&a, &x, &y);
		struct buf    b = BUF(100);

		seqset_put_set(&b, &both);
		both = seqset_meet(&a, &y, &x);
		assert_string_equal(buf_z(&b), pairs[i][2]);
		buf_reset(&b);
		seqset_put_set(&b, &both);
		assert_string_equal(buf_z(&b), pairs[i][2]);
		buf_free(&b);
	}
	arena_free(&a);
}

static void test_limit(void **state)
{
	struct arena  a = ARENA_INIT;
	struct buf    b = BUF(1000000);
	struct lexer  lx;
	struct seqset s;

	for (int i = 0; i < SEQSET_MAX; i++)
		buf_printf(&b, "%s%d", i ? "," : "", 2 * i + 1);
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(seqset_read(&lx, &s), 0);
	assert_int_equal(s.n, SEQSET_MAX);
	buf_puts(&b, ",7");
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(seqset_read(&lx, &s), -EMSGSIZE);
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read), cmocka_unit_test(test_printed_as_read), cmocka_unit_test(test_use),
		cmocka_unit_test(test_star), cmocka_unit_test(test_put),             cmocka_unit_test(test_limit),
		cmocka_unit_test(test_plain), cmocka_unit_test(test_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
