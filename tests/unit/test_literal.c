#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "literal.h"

#include <errno.h>

static const struct {
	const char *line;
	int         want;
	bool        there;
	uint64_t    size;
	bool        sync, binary;
	size_t      header_at;
} cases[] = {
	{ "A001 LOGIN {11}", 0, true, 11, true, false, 11 },
	{ "A001 LOGIN {11+}", 0, true, 11, false, false, 11 },
	{ "A3 APPEND x ~{5}", 0, true, 5, true, true, 12 },
	{ "A3 APPEND x ~{5+}", 0, true, 5, false, true, 12 },
	{ "{0}", 0, true, 0, true, false, 0 },
	{ "({4}", 0, true, 4, true, false, 1 },
	{ "foo{5+}", 0, true, 5, false, false, 3 },
	{ "a {007}", 0, true, 7, true, false, 2 },
	{ "a \"x\" {5}", 0, true, 5, true, false, 6 },
	{ "a \"\\\"{\" {5}", 0, true, 5, true, false, 8 },
	{ "a \"\\\\\" {5}", 0, true, 5, true, false, 7 },
	{ "a {1} {2}", 0, true, 2, true, false, 6 },
	{ "a {9223372036854775807}", 0, true, 9223372036854775807, true, false, 2 },
	{ "", 0, false, 0, false, false, 0 },
	{ "A1 NOOP", 0, false, 0, false, false, 0 },
	{ "a \"{5}", 0, false, 0, false, false, 0 },
	{ "a \"{5}\"", 0, false, 0, false, false, 0 },
	{ "a \"b\\\"{5}", 0, false, 0, false, false, 0 },
	{ "a {5} ", 0, false, 0, false, false, 0 },
	{ "foo}", 0, false, 0, false, false, 0 },
	{ "a {}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {+}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {5-}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {-5}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {5++}", -EBADMSG, false, 0, false, false, 0 },
	{ "a { 5}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {5}}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {x}", -EBADMSG, false, 0, false, false, 0 },
	{ "a {9223372036854775808}", -ERANGE, false, 0, false, false, 0 },
	{ "a {99999999999999999999+}", -ERANGE, false, 0, false, false, 0 },
};

static void test_at_end(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct literal l = { 0 };
		bool           there = false;
		int            r = literal_at_end(str_of(cases[i].line), &there, &l);

		if (r != cases[i].want || there != cases[i].there || l.size != cases[i].size || l.sync != cases[i].sync ||
		    l.binary != cases[i].binary || l.header_at != cases[i].header_at)
			fail_msg("row %zu: %d %d %zu", i, r, there, l.header_at);
	}
}

static void test_parse(void **state)
{
	struct literal l;

	assert_int_equal(literal_parse(STR("~{12+}"), &l), 0);
	assert_true(l.binary && !l.sync && l.size == 12 && l.header_at == 0);
	assert_int_equal(literal_parse(STR("{"), &l), -EBADMSG);
	assert_int_equal(literal_parse(STR("}"), &l), -EBADMSG);
	assert_int_equal(literal_parse(STR(""), &l), -EBADMSG);
	assert_int_equal(literal_parse(STR("~"), &l), -EBADMSG);
	assert_int_equal(literal_parse(STR("x{1}"), &l), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_at_end), cmocka_unit_test(test_parse) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
