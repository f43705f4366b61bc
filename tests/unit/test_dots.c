#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dots.h"

static const struct { struct str in, want; } cases[] = {
	{ STR_LIT(""), STR_LIT(".\r\n") },
	{ STR_LIT("a\r\n"), STR_LIT("a\r\n.\r\n") },
	{ STR_LIT("a"), STR_LIT("a\r\n.\r\n") },
	{ STR_LIT(".\r\n"), STR_LIT("..\r\n.\r\n") },
	{ STR_LIT("..a\r\n.b\r\nc.\r\n"), STR_LIT("...a\r\n..b\r\nc.\r\n.\r\n") },
	{ STR_LIT("\r\n.\r\n"), STR_LIT("\r\n..\r\n.\r\n") },
	{ STR_LIT("a\0.\r\n."), STR_LIT("a\0.\r\n..\r\n.\r\n") },
};

/* Each case in pieces of 1, 2, ... octets and whole. */
static void doubles_dots(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t piece = 1; piece <= cases[i].in.n + 1; piece++) {
			struct dots d = { 0 };
			struct buf  b = BUF(100);

			for (size_t at = 0; at < cases[i].in.n; at += piece)
				dots_put(&d, str_mid(cases[i].in, at, piece), &b);
			dots_end(&d, &b);
			assert_true(str_eq(buf_view(&b), cases[i].want));
			buf_free(&b);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(doubles_dots) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
