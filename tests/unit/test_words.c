#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words.h"

#include <errno.h>

#include "charset.h"
#include "text.h"
#include "fold.h"

static const struct {
	const char *in, *want;
} words[] = {
	/* RFC 2047 section 8 */
	{ "=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>" },
	{ "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "Keld J\xc3\xb8rn Simonsen" },
	{ "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
	  "If you can read this you understand the example." },
	{ "(=?ISO-8859-1?Q?a?=)", "(a)" },
	{ "=?ISO-8859-1?Q?a?= b", "a b" },
	{ "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab" },
	{ "=?ISO-8859-1?Q?a?=  \n  =?ISO-8859-1?Q?b?=", "ab" },
	{ "=?ISO-8859-1?Q?a_b?=", "a b" },
	{ "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b" },
	/* RFC 2231 section 5 */
	{ "=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore" },
	/* a character cut in two */
	{ "=?utf-8?B?4oI=?= =?UTF-8?B?rA==?=", "\xe2\x82\xac" },
	{ "=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC?=", "\xe2\x82\xac" },
	/* no words */
	{ "plain", "plain" },
	{ "fol\r\n ded", "fol ded" },
	{ "=?x-no-such?Q?a?= =?utf-8?Q?b?=", "=?x-no-such?Q?a?= b" },
	{ "=?utf-8?X?a?= =?", "=?utf-8?X?a?= =?" },
	{ "=?utf-8?Q?open", "=?utf-8?Q?open" },
	{ "=??Q?a?=", "=??Q?a?=" },
	{ "=?utf-8?Q?with space?=", "with space" },
	{ "=?utf-8?Q?" "?=x", "x" },
	{ "J\xc3\xb6rg J\xf6rg", "J\xc3\xb6rg J\xc3\xb6rg" },
	{ "", "" },
};

static void test_words(void **state)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct buf b = BUF(1000);

		print_message("%s\n", words[i].in);
		words_decode(str_of(words[i].in), &b);
		assert_string_equal(buf_z(&b), words[i].want);
		buf_free(&b);
	}
}

static const struct {
	const char *name, *in, *want;
} charsets[] = {
	{ "utf-8", "a\xe2\x82\xac\xf0\x9f\x98\x80z", "a\xe2\x82\xac\xf0\x9f\x98\x80z" },
	{ "", "\x80\xff", "\xe2\x82\xac\xc3\xbf" },
	{ "us-ascii", "\xe2\x82", "\xc3\xa2\xe2\x80\x9a" },
	{ "iso-8859-1", "\xe9\x93", "\xc3\xa9\xe2\x80\x9c" },
	{ "ISO-8859-15", "\xa4", "\xe2\x82\xac" },
	{ "utf-16be", "\x20\xac", "\xe2\x82\xac" },
	{ "iso-2022-jp", "\x1b$B$\"\x1b(Bx", "\xe3\x81\x82x" },
	{ "gb2312", "\xc4\xe3", "\xe4\xbd\xa0" },
	{ "euc-jp", "a\x8f", "a\xef\xbf\xbd" },
};

static void test_charsets(void **state)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++) {
		struct str      in = str_of(charsets[i].in);
		struct buf      b = BUF(1000);
		struct charset *c;

		print_message("%s\n", charsets[i].name);
		assert_int_equal(charset_to_utf8(str_of(charsets[i].name), in, &b), 0);
		assert_string_equal(buf_z(&b), charsets[i].want);
		buf_reset(&b);
		assert_int_equal(charset_open(str_of(charsets[i].name), &c), 0);
		for (size_t j = 0; j < in.n; j++)
			charset_put(c, str_mid(in, j, 1), false, &b);
		charset_put(c, STR_NONE, true, &b);
		charset_close(c);
		assert_string_equal(buf_z(&b), charsets[i].want);
		buf_free(&b);
	}
}

static void test_unknown(void **state)
{
	struct buf b = BUF(1000);

	assert_int_equal(charset_to_utf8(STR("x-no-such"), STR("a"), &b), -EOPNOTSUPP);
	assert_int_equal(charset_to_utf8(STR("utf-8//TRANSLIT"), STR("a"), &b), -EOPNOTSUPP);
	assert_int_equal(charset_to_utf8(STR("../x"), STR("a"), &b), -EOPNOTSUPP);
	assert_int_equal(b.n, 0);
	buf_free(&b);
}

/* iconv takes U+110000 for a character. */
static void test_beyond_unicode(void **state)
{
	struct buf b = BUF(1000);

	assert_int_equal(charset_to_utf8(STR("UCS-4BE"), STR("\0\0\0a\0\x11\0\0\0\0\0z"), &b), 0);
	assert_true(text_is_utf8(buf_view(&b)));
	assert_true(str_starts(buf_view(&b), STR("a\xef\xbf\xbd")));
	assert_true(str_ends(buf_view(&b), STR("z")));
	buf_free(&b);
}

static const struct {
	const char *in, *want;
} folds[] = {
	{ "AbC _1", "ABC _1" },
	{ "\xc3\xa4", "A\xcc\x88" },                    /* U+00E4 */
	{ "\xc3\x84", "A\xcc\x88" },                    /* U+00C4 */
	{ "a\xcc\x88", "A\xcc\x88" },                   /* a, U+0308 */
	{ "Stra\xc3\x9f" "e", "STRA\xc3\x9f" "E" },     /* no titlecase form of one character */
	{ "\xcf\x83\xcf\x82", "\xce\xa3\xce\xa3" },     /* both sigmas */
	{ "\xef\xbd\x81", "A" },                        /* full-width a */
	{ "\xef\xac\x81", "fi" },                       /* a ligature comes apart behind the change of case */
	{ "\xc7\x86", "Dz\xcc\x8c" },                   /* RFC 5051 section 2: U+01C6, its titlecase U+01C5 */
	{ "x\xff", "X\xef\xbf\xbd" },
	{ "", "" },
};

static void test_fold(void **state)
{
	struct buf b = BUF(1000);

	for (size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++) {
		buf_reset(&b);
		fold_utf8(str_of(folds[i].in), &b);
		assert_string_equal(buf_z(&b), folds[i].want);
	}
	buf_reset(&b);
	fold_utf8(STR("a\0\xc3\x84\0"), &b);
	assert_true(str_eq(buf_view(&b), STR("A\0A\xcc\x88\0")));
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_beyond_unicode),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_fold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
