/* Tags as keywords and back. An atom is any CHAR but atom-specials: ( ) { SP CTL % * " \ ] (RFC 9051 section 9). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include "keywords.h"

static const struct keyword_name table[] = { { "$Junk", "spam" }, { "$label1", "to do" }, { "weird", "gr\xc3\xbc\xc3\x9f" } };

static const struct store_conf with_table = { .keywords = table, .n_keywords = 3 }, without = { 0 };

static const struct {
	struct str tag, keyword;
} pairs[] = {
	{ STR_LIT("work"), STR_LIT("work") },
	{ STR_LIT("$Junk"), STR_LIT("$Junk") },
	{ STR_LIT("$Forwarded"), STR_LIT("=24Forwarded") },     /* that keyword is the tag passed */
	{ STR_LIT("a/b.c:d-e_f[g"), STR_LIT("a/b.c:d-e_f[g") },
	{ STR_LIT("to do"), STR_LIT("to=20do") },
	{ STR_LIT("a=b"), STR_LIT("a=3Db") },
	{ STR_LIT("(){%*\"\\]"), STR_LIT("=28=29=7B=25=2A=22=5C=5D") },
	{ STR_LIT("gr\xc3\xbc\xc3\x9f"), STR_LIT("gr=C3=BC=C3=9F") },
	{ STR_LIT("\x01\x7f"), STR_LIT("=01=7F") },
	{ STR_LIT("="), STR_LIT("=3D") },
};

static void both_ways(void **state)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct buf b = BUF(1000);
		bool       named;

		keyword_from_tag(&without, &b, pairs[i].tag);
		assert_string_equal(buf_z(&b), pairs[i].keyword.p);
		buf_reset(&b);
		buf_puts(&b, "x");
		assert_int_equal(keyword_to_tag(&without, &b, pairs[i].keyword, &named), 0);
		assert_false(named);
		assert_string_equal(buf_z(&b) + 1, pairs[i].tag.p);
		buf_free(&b);
	}
}

static void no_tags(void **state)
{
	static const struct str bad[] = {
		STR_LIT(""), STR_LIT("="), STR_LIT("a="), STR_LIT("a=2"), STR_LIT("a=zz"), STR_LIT("=00"), STR_LIT("=FF"), STR_LIT("-x"), STR_LIT("=2Dx"),
	};
	char       longest[201];
	bool       named;
	struct buf b = BUF(1000);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(keyword_to_tag(&with_table, &b, bad[i], &named), -EINVAL);
	for (size_t i = 0; i < sizeof(longest); i++)
		longest[i] = 'x';
	buf_reset(&b);
	assert_int_equal(keyword_to_tag(&without, &b, (struct str){ longest, 201 }, &named), -EINVAL);
	buf_reset(&b);
	assert_int_equal(keyword_to_tag(&without, &b, (struct str){ longest, 200 }, &named), 0);
	buf_free(&b);
}

static void lower_case_digits(void **state)
{
	struct buf b = BUF(100);
	bool       named;

	assert_int_equal(keyword_to_tag(&without, &b, STR("a=3db"), &named), 0);
	assert_string_equal(buf_z(&b), "a=b");
	buf_free(&b);
}

/* What the table names, and what is called like its keywords. No two tags have one keyword, ASCII case apart. */
static void by_table(void **state)
{
	static const struct {
		struct str tag, keyword;
		bool       named;
	} cases[] = {
		{ STR_LIT("spam"), STR_LIT("$Junk"), true },
		{ STR_LIT("to do"), STR_LIT("$label1"), true },
		{ STR_LIT("gr\xc3\xbc\xc3\x9f"), STR_LIT("weird"), true },
		{ STR_LIT("$Junk"), STR_LIT("=24Junk"), false },
		{ STR_LIT("$junk"), STR_LIT("=24junk"), false },
		{ STR_LIT("WEIRD"), STR_LIT("=57EIRD"), false },
		{ STR_LIT("$Junk2"), STR_LIT("$Junk2"), false },
		{ STR_LIT("Spam"), STR_LIT("Spam"), false },
		{ STR_LIT("=24Junk"), STR_LIT("=3D24Junk"), false },
	};
	bool named;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF(1000);

		keyword_from_tag(&with_table, &b, cases[i].tag);
		assert_string_equal(buf_z(&b), cases[i].keyword.p);
		buf_reset(&b);
		assert_int_equal(keyword_to_tag(&with_table, &b, cases[i].keyword, &named), 0);
		assert_string_equal(buf_z(&b), cases[i].tag.p);
		assert_int_equal(named, cases[i].named);
		buf_free(&b);
	}
}

/* What clients may write for it. */
static void into_the_table(void **state)
{
	struct buf b = BUF(100);
	bool       named;

	assert_int_equal(keyword_to_tag(&with_table, &b, STR("$JUNK"), &named), 0);
	assert_true(named);
	assert_int_equal(keyword_to_tag(&with_table, &b, STR("spam"), &named), 0);
	assert_false(named);
	assert_string_equal(buf_z(&b), "spamspam");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ways),
		cmocka_unit_test(no_tags),
		cmocka_unit_test(lower_case_digits),
		cmocka_unit_test(by_table),
		cmocka_unit_test(into_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
