/* Labels in commands, Gmail's IMAP extensions: the examples are those of its documentation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "labelset.h"
#include "limits.h"

static const struct {
	const char *in;
	bool        utf8;
	int         want;
	const char *labels;             /* a "|" between two */
} cases[] = {
	{ "(foo)", false, 0, "foo" },
	{ "(\\Inbox \\Sent Important \"Muy Importante\")", false, 0, "\\Inbox|\\Sent|Important|Muy Importante" },
	{ "(\"\\\\Inbox\" foo)", false, 0, "\\Inbox|foo" },
	{ "foo", false, 0, "foo" },
	{ "\\Starred \"a b\" {3+}\r\na)b c]", false, 0, "\\Starred|a b|a)b|c]" },
	{ "()", false, 0, "" },
	{ "(\"\")", false, 0, "" },
	{ "(inbox INBOX/x)", false, 0, "inbox|INBOX/x" },
	{ "(Gr&APYA3w-e &-)", false, 0, "Gr\xc3\xb6\xc3\x9f" "e|&" },
	{ "(Gr&APYA3w-e &- R&D)", true, 0, "Gr&APYA3w-e|&-|R&D" },
	{ "(\"\xc3\xb6\")", true, 0, "\xc3\xb6" },

	{ "(\"\xc3\xb6\")", false, -EINVAL, NULL },
	{ "(R&D)", false, -EINVAL, NULL },
	{ "({1+}\r\n\xff)", true, -EINVAL, NULL },
	{ "", false, -EBADMSG, NULL },
	{ "(", false, -EBADMSG, NULL },
	{ "(a", false, -EBADMSG, NULL },
	{ "(a ", false, -EBADMSG, NULL },
	{ "( a)", false, -EBADMSG, NULL },
	{ "(a  b)", false, -EBADMSG, NULL },
	{ "(a (b))", false, -EBADMSG, NULL },
	{ "(\\)", false, -EBADMSG, NULL },
	{ "(\\\\Inbox)", false, -EBADMSG, NULL },
	{ "a ", false, -EBADMSG, NULL },
};

static void read_cases(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena      a = ARENA_INIT;
		struct buf        b = BUF(1000);
		struct label_args got = { 0 };
		struct lexer      lx;
		int               r;

		print_message("%s\n", cases[i].in);
		lex_init(&lx, str_of(cases[i].in), &a);
		r = labelset_read(&lx, cases[i].utf8, &got);
		if (r == 0)
			r = lex_end(&lx);
		assert_int_equal(r, cases[i].want);
		for (size_t k = 0; r == 0 && k < got.n; k++)
			buf_printf(&b, "%s%.*s", k > 0 ? "|" : "", STR_ARG(got.v[k]));
		if (r == 0)
			assert_string_equal(buf_z(&b), cases[i].labels);
		buf_free(&b);
		arena_free(&a);
	}
}

static void one(void **state)
{
	static const char *const both[][2] = {
		{ "foo", "foo" }, { "\\Inbox", "\\Inbox" }, { "Gr&APYA3w-e", "Gr\xc3\xb6\xc3\x9f" "e" }, { "R&D", "R&D" }, { "\"\xc3\xb6\"", "\xc3\xb6" },
	};

	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
		struct arena a = ARENA_INIT;
		struct lexer lx;
		struct str   label;

		lex_init(&lx, str_of(both[i][0]), &a);
		assert_int_equal(labelset_read_one(&lx, &label), 0);
		assert_true(str_eq(label, str_of(both[i][1])));
		arena_free(&a);
	}
}

static void limits(void **state)
{
	struct arena      a = ARENA_INIT;
	struct buf        b = BUF(10000);
	struct label_args got;
	struct lexer      lx;

	for (int i = 0; i < KEYWORDS_MAX; i++)
		buf_puts(&b, i > 0 ? " a" : "a");
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(labelset_read(&lx, false, &got), 0);
	assert_int_equal(got.n, KEYWORDS_MAX);
	buf_puts(&b, " a");
	lex_init(&lx, buf_view(&b), &a);
	assert_int_equal(labelset_read(&lx, false, &got), -EMSGSIZE);
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(read_cases), cmocka_unit_test(one), cmocka_unit_test(limits) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
