#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "crlf.h"

#include <string.h>

#define LIT(s) { s, sizeof(s) - 1 }

static const struct {
	unsigned   flags;
	struct str in, want;
} cases[] = {
	{ 0, LIT(""), LIT("") },
	{ 0, LIT("a"), LIT("a") },
	{ 0, LIT("a\nb\n"), LIT("a\r\nb\r\n") },
	{ 0, LIT("a\r\nb\r\n"), LIT("a\r\nb\r\n") },
	{ 0, LIT("\n\n"), LIT("\r\n\r\n") },
	{ 0, LIT("a\rb\r\r\nc\n\r"), LIT("a\rb\r\r\nc\r\n\r") },
	{ 0, LIT("\r\n\n"), LIT("\r\n\r\n") },
	{ 0, LIT("a\0b\n"), LIT("a\0b\r\n") },
	{ 0, LIT(".\n..\n"), LIT(".\r\n..\r\n") },
	{ CRLF_NUL, LIT("\0a\0\0\n\0"), LIT("\200a\200\200\r\n\200") },
	{ CRLF_DOTS, LIT(".\n..\na.\n.b"), LIT("..\r\n...\r\na.\r\n..b") },
	{ CRLF_DOTS, LIT(".\r\n.\r\n"), LIT("..\r\n..\r\n") },
	{ CRLF_DOTS, LIT("\r.\n\n."), LIT("\r.\r\n\r\n..") },
	{ CRLF_DOTS | CRLF_NUL, LIT("\0\n.\0"), LIT("\200\r\n..\200") },
};

enum { CASES = sizeof(cases) / sizeof(*cases) };

/* Convert in pieces of `piece` octets through an output of `room` octets, within a window. */
static void convert(unsigned flags, struct str in, size_t piece, size_t room, uint64_t skip, uint64_t max, struct buf *out)
{
	struct buf  b = BUF(room);
	struct crlf c;

	crlf_start(&c, flags, skip, max);
	while (in.n > 0 && c.left > 0) {
		size_t used = crlf_feed(&c, str_mid(in, 0, piece), &b);

		assert_true(used > 0 || b.n > 0);
		assert_false(b.failed);
		buf_str(out, buf_view(&b));
		buf_reset(&b);
		in = str_from(in, used);
	}
	buf_free(&b);
}

static void test_pieces(void **state)
{
	for (size_t i = 0; i < CASES; i++) {
		for (size_t piece = 1; piece < 20; piece++) {
			for (size_t room = 2; room < 20; room++) {
				struct buf out = BUF(1000);

				convert(cases[i].flags, cases[i].in, piece, room, 0, UINT64_MAX, &out);
				if (!str_eq(buf_view(&out), cases[i].want))
					fail_msg("row %zu, pieces of %zu, room for %zu", i, piece, room);
				buf_free(&out);
			}
		}
	}
}

static void test_windows(void **state)
{
	for (size_t i = 0; i < CASES; i++) {
		if (cases[i].flags & CRLF_DOTS)
			continue;
		for (size_t skip = 0; skip <= cases[i].want.n + 1; skip++) {
			for (size_t max = 0; max <= cases[i].want.n + 1; max++) {
				struct str want = str_mid(cases[i].want, skip, max);
				struct buf whole = BUF(1000), tight = BUF(1000);

				convert(cases[i].flags, cases[i].in, 3, 100, skip, max, &whole);
				convert(cases[i].flags, cases[i].in, 100, max > 0 ? max : 1, skip, max, &tight);
				if (!str_eq(buf_view(&whole), want) || !str_eq(buf_view(&tight), want))
					fail_msg("row %zu, window %zu.%zu", i, skip, max);
				buf_free(&whole);
				buf_free(&tight);
			}
		}
	}
}

static void test_octets(void **state)
{
	for (size_t i = 0; i < CASES; i++)
		if (!(cases[i].flags & CRLF_DOTS) && crlf_octets(cases[i].in, false) != cases[i].want.n)
			fail_msg("row %zu", i);
	assert_int_equal(crlf_octets(STR("\n"), true), 1);
	assert_int_equal(crlf_octets(STR("\n"), false), 2);
	assert_int_equal(crlf_octets(STR(""), true), 0);
}

/* Some 60,000 octets with all kinds of line ends, wherever they fall in the blocks that are counted at once. */
static void test_long(void **state)
{
	static const char *const ends[] = { "\n", "\r\n", "\r", "\n\n", "\r\r\n", "x" };
	struct buf               in = BUF(100000), want = BUF(100000);
	uint32_t                 random = 1;

	while (in.n < 60000) {
		const char *end;

		random = random * 1664525 + 1013904223;
		for (uint32_t n = random >> 25; n > 0; n--)
			buf_putc(&in, 'x');
		end = ends[(random >> 8) % 6];
		buf_puts(&in, end);
	}
	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] == '\n' && (i == 0 || in.p[i - 1] != '\r'))
			buf_putc(&want, '\r');
		buf_putc(&want, in.p[i]);
	}
	assert_int_equal(crlf_octets(buf_view(&in), false), want.n);
	for (size_t skip = 0; skip < want.n; skip += 1 + skip / 7) {
		struct buf out = BUF(100000);

		convert(0, buf_view(&in), 5000, 3000, skip, 7001, &out);
		assert_true(str_eq(buf_view(&out), str_mid(buf_view(&want), skip, 7001)));
		buf_reset(&out);
		convert(0, buf_view(&in), in.n, 100000, skip, UINT64_MAX, &out);
		assert_true(str_eq(buf_view(&out), str_from(buf_view(&want), skip)));
		buf_free(&out);
	}
	buf_free(&in);
	buf_free(&want);
}

static void test_huge_window(void **state)
{
	struct buf out = BUF(100);

	convert(0, STR("a\nb"), 1, 2, UINT64_MAX, UINT64_MAX, &out);
	assert_int_equal(out.n, 0);
	buf_free(&out);
}

static void test_finish(void **state)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{ "", ".\r\n" },
		{ "a\n", "a\r\n.\r\n" },
		{ "a\r\n", "a\r\n.\r\n" },
		{ "a", "a\r\n.\r\n" },
		{ ".", "..\r\n.\r\n" },
		{ "a\r", "a\r\r\n.\r\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf  b = BUF(100);
		struct crlf c;

		crlf_start(&c, CRLF_DOTS, 0, UINT64_MAX);
		assert_int_equal(crlf_feed(&c, str_of(rows[i].in), &b), strlen(rows[i].in));
		crlf_finish_dots(&c, &b);
		assert_string_equal(buf_z(&b), rows[i].want);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces), cmocka_unit_test(test_windows),     cmocka_unit_test(test_octets),
		cmocka_unit_test(test_long),   cmocka_unit_test(test_huge_window), cmocka_unit_test(test_finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
