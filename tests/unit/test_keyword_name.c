/* Tags as keywords and back. An atom is any CHAR but atom-specials: ( ) { SP CTL % * " \ ] (RFC 9051 section 9). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include "keywords.h"

static const struct {
	struct str tag, keyword;
} pairs[] = {
	{ STR_LIT("work"), STR_LIT("work") },
	{ STR_LIT("$Junk"), STR_LIT("$Junk") },
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

		keyword_from_tag(&b, pairs[i].tag);
		assert_string_equal(buf_z(&b), pairs[i].keyword.p);
		buf_reset(&b);
		buf_puts(&b, "x");
		assert_int_equal(keyword_to_tag(&b, pairs[i].keyword), 0);
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
	struct buf b = BUF(1000);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(keyword_to_tag(&b, bad[i]), -EINVAL);
	for (size_t i = 0; i < sizeof(longest); i++)
		longest[i] = 'x';
	buf_reset(&b);
	assert_int_equal(keyword_to_tag(&b, (struct str){ longest, 201 }), -EINVAL);
	buf_reset(&b);
	assert_int_equal(keyword_to_tag(&b, (struct str){ longest, 200 }), 0);
	buf_free(&b);
}

static void lower_case_digits(void **state)
{
	struct buf b = BUF(100);

	assert_int_equal(keyword_to_tag(&b, STR("a=3db")), 0);
	assert_string_equal(buf_z(&b), "a=b");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ways),
		cmocka_unit_test(no_tags),
		cmocka_unit_test(lower_case_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
