#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flags.h"

#include <errno.h>

#include "limits.h"

static const struct {
	const char *in;
	bool        list_only;
	int         want;
	uint32_t    flags;
	const char *keywords;           /* joined by spaces */
} cases[] = {
	{ "()", true, 0, 0, "" },
	{ "(\\Seen \\DELETED)", true, 0, FLAG_SEEN | FLAG_DELETED, "" },
	{ "(\\Answered \\Flagged \\Draft $Forwarded)", true, 0, FLAG_ANSWERED | FLAG_FLAGGED | FLAG_DRAFT | FLAG_FORWARDED, "" },
	{ "($forwarded)", true, 0, FLAG_FORWARDED, "" },
	{ "($MDNSent Work $Junk)", true, 0, 0, "$MDNSent Work $Junk" },
	{ "(work Work)", true, 0, 0, "work" },
	{ "\\Seen", false, 0, FLAG_SEEN, "" },
	{ "\\Seen foo \\Seen", false, 0, FLAG_SEEN, "foo" },
	{ "(a b c d e f g h i j)", false, 0, 0, "a b c d e f g h i j" },
	{ "\\Seen", true, -EBADMSG, 0, NULL },
	{ "", false, -EBADMSG, 0, NULL },
	{ "(\\Recent)", true, -EBADMSG, 0, NULL },
	{ "\\recent", false, -EBADMSG, 0, NULL },
	{ "(\\Important)", true, -EBADMSG, 0, NULL },
	{ "(\\*)", true, -EBADMSG, 0, NULL },
	{ "(\\)", true, -EBADMSG, 0, NULL },
	{ "(\\Seen", true, -EBADMSG, 0, NULL },
	{ "(\\Seen )", true, -EBADMSG, 0, NULL },
	{ "( \\Seen)", true, -EBADMSG, 0, NULL },
	{ "(\\Seen  x)", true, -EBADMSG, 0, NULL },
	{ "(\"x\")", true, -EBADMSG, 0, NULL },
	{ "(a]b)", true, -EBADMSG, 0, NULL },
};

static void test_read(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena     a = ARENA_INIT;
		struct buf       b = BUF(1000);
		struct lexer     lx;
		struct flag_args f = { 0 };
		int              r;

		lex_init(&lx, str_of(cases[i].in), &a);
		r = cases[i].list_only ? flags_read_list(&lx, &f) : flags_read(&lx, &f);
		for (size_t k = 0; k < f.n; k++)
			buf_printf(&b, "%s%.*s", k ? " " : "", STR_ARG(f.keywords[k]));
		if (r != cases[i].want || f.flags != cases[i].flags)
			fail_msg("row %zu: %d %u", i, r, f.flags);
		if (r == 0)
			assert_string_equal(buf_z(&b), cases[i].keywords);
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_reasons(void **state)
{
	struct arena     a = ARENA_INIT;
	struct lexer     lx;
	struct flag_args f;

	lex_init(&lx, STR("(x \\Recent)"), &a);
	assert_int_equal(flags_read(&lx, &f), -EBADMSG);
	assert_string_equal(lex_why(&lx), "\\Recent cannot be set at octet 4");
	lex_init(&lx, STR("(\\Seen \\Big)"), &a);
	assert_int_equal(flags_read(&lx, &f), -EBADMSG);
	assert_string_equal(lex_why(&lx), "unknown flag at octet 8");
	arena_free(&a);
}

static void test_limits(void **state)
{
	struct arena     a = ARENA_INIT;
	struct buf       b = BUF(100000);
	struct lexer     lx;
	struct flag_args f;

	for (int i = 0; i < KEYWORDS_MAX; i++)
		buf_printf(&b, "%sk%d", i ? " " : "", i);
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(flags_read(&lx, &f), 0);
	assert_int_equal(f.n, KEYWORDS_MAX);
	buf_puts(&b, " one-more");
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(flags_read(&lx, &f), -EMSGSIZE);
	buf_reset(&b);
	buf_printf(&b, "%0*d", KEYWORD_LENGTH_MAX, 1);
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(flags_read(&lx, &f), 0);
	buf_putc(&b, 'x');
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(flags_read(&lx, &f), -EMSGSIZE);
	buf_free(&b);
	arena_free(&a);
}

static void test_keyword(void **state)
{
	struct arena a = ARENA_INIT;
	struct lexer lx;
	struct str   s;
	uint32_t     bit;

	lex_init(&lx, STR("$FORWARDED work \\Seen"), &a);
	assert_int_equal(flags_read_keyword(&lx, &bit, &s), 0);
	assert_int_equal(bit, FLAG_FORWARDED);
	lex_try(&lx, ' ');
	assert_int_equal(flags_read_keyword(&lx, &bit, &s), 0);
	assert_int_equal(bit, 0);
	assert_true(str_eq(s, STR("work")));
	lex_try(&lx, ' ');
	assert_int_equal(flags_read_keyword(&lx, &bit, &s), -EBADMSG);
	arena_free(&a);
}

static void test_put(void **state)
{
	struct buf b = BUF(200);

	assert_false(flags_put(&b, 0));
	assert_string_equal(buf_z(&b), "");
	assert_true(flags_put(&b, FLAG_SEEN | FLAG_FORWARDED));
	assert_string_equal(buf_z(&b), "\\Seen $Forwarded");
	buf_reset(&b);
	assert_true(flags_put(&b, 63));
	assert_string_equal(buf_z(&b), "\\Seen \\Flagged \\Answered \\Draft $Forwarded \\Deleted");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),    cmocka_unit_test(test_reasons), cmocka_unit_test(test_limits),
		cmocka_unit_test(test_keyword), cmocka_unit_test(test_put),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
