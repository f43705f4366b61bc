#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quote.h"

#include <string.h>

#define LIT(s) { s, sizeof(s) - 1 }

typedef void (*put_fn)(struct buf *, struct str, bool);

static const struct {
	put_fn      put;
	bool        utf8;
	struct str  in, want;
} cases[] = {
	{ quote_string, false, LIT(""), LIT("\"\"") },
	{ quote_string, false, LIT("a b"), LIT("\"a b\"") },
	{ quote_string, false, LIT("a\"b\\c"), LIT("\"a\\\"b\\\\c\"") },
	{ quote_string, false, LIT("NIL"), LIT("\"NIL\"") },
	{ quote_string, false, LIT("a\r\nb"), LIT("{4}\r\na\r\nb") },
	{ quote_string, false, LIT("a\tb"), LIT("{3}\r\na\tb") },
	{ quote_string, false, LIT("a\177"), LIT("{2}\r\na\177") },
	{ quote_string, false, LIT("\0a\0\0b\0"), LIT("{6}\r\n\200a\200\200b\200") },
	{ quote_string, false, LIT("\303\251"), LIT("{2}\r\n\303\251") },
	{ quote_string, true, LIT("\303\251"), LIT("\"\303\251\"") },
	{ quote_string, true, LIT("\303"), LIT("{1}\r\n\303") },
	{ quote_nstring, false, { NULL, 0 }, LIT("NIL") },
	{ quote_nstring, false, LIT(""), LIT("\"\"") },
	{ quote_nstring, true, LIT("x"), LIT("\"x\"") },
	{ quote_nstring8, false, { NULL, 0 }, LIT("NIL") },
	{ quote_nstring8, false, LIT("a \"b\""), LIT("\"a \\\"b\\\"\"") },
	{ quote_nstring8, false, LIT("\303\251"), LIT("{2}\r\n\303\251") },
	{ quote_nstring8, true, LIT("a\0\377"), LIT("~{3}\r\na\0\377") },
	{ quote_astring, false, LIT("INBOX"), LIT("INBOX") },
	{ quote_astring, false, LIT("a]b/c&-~"), LIT("a]b/c&-~") },
	{ quote_astring, false, LIT(""), LIT("\"\"") },
	{ quote_astring, false, LIT("nil"), LIT("\"nil\"") },
	{ quote_astring, false, LIT("a b"), LIT("\"a b\"") },
	{ quote_astring, false, LIT("50%"), LIT("\"50%\"") },
	{ quote_astring, false, LIT("*"), LIT("\"*\"") },
	{ quote_astring, false, LIT("{1}"), LIT("\"{1}\"") },
	{ quote_astring, false, LIT("(a)"), LIT("\"(a)\"") },
	{ quote_astring, false, LIT("\303\251"), LIT("{2}\r\n\303\251") },
	{ quote_astring, true, LIT("\303\251"), LIT("\"\303\251\"") },
	{ quote_text, false, LIT("plain [text]"), LIT("plain [text]") },
	{ quote_text, false, LIT("a\r\n* BYE"), LIT("a??* BYE") },
	{ quote_text, false, LIT("a\0\177\303\251"), LIT("a???") },
	{ quote_text, true, LIT("\303\251\302\205\377"), LIT("\303\251??") },
};

static void test_cases(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf b = BUF(1000);

		cases[i].put(&b, cases[i].in, cases[i].utf8);
		if (!str_eq(buf_view(&b), cases[i].want))
			fail_msg("row %zu: %s", i, buf_z(&b));
		buf_free(&b);
	}
}

static void test_long_is_literal(void **state)
{
	char       text[2000];
	struct buf b = BUF(5000);

	memset(text, 'x', sizeof(text));
	quote_astring(&b, (struct str){ text, sizeof(text) }, false);
	assert_true(str_starts(buf_view(&b), STR("{2000}\r\nx")));
	assert_int_equal(b.n, 2008);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_long_is_literal) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
