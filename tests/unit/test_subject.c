#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "subject.h"

#include <string.h>

#include "limits.h"

/* The rules are those of RFC 5256 section 2.1; their numbers are behind the cases. */
static const struct {
	const char *in, *want;
	bool        reply;
} cases[] = {
	{ "", "", false },
	{ "plain", "plain", false },
	{ "=?utf-8?q?Re=3A_Caf=C3=A9?=", "Caf\xc3\xa9", true },         /* 1 */
	{ "a\t b\r\n  c", "a b c", false },                             /* 1 */
	{ "=?utf-8?q?a=09=0Ab?=", "a b", false },                       /* 1 */
	{ " x (fwd) (FWD)  ", "x", true },                              /* 2 */
	{ "x(fwd)", "x", true },                                        /* 2 */
	{ "(fwd) x", "(fwd) x", false },
	{ "(fwd)", "", true },                                          /* 2 */
	{ "Re: x", "x", true },                                         /* 3 */
	{ "RE:x", "x", true },
	{ "fw: x", "x", true },
	{ "Fwd : x", "x", true },
	{ "re [list]: x", "x", true },
	{ "re [a] [b]: x", "re [a] [b]: x", false },                    /* one blob only */
	{ "re x", "re x", false },
	{ "really: x", "really: x", false },
	{ "[a] [b]Re: x", "x", true },                                  /* *subj-blob subj-refwd */
	{ "[list] x", "x", false },                                     /* 4 */
	{ "[a][b] [c] x", "x", false },
	{ "[list]", "[list]", false },                                  /* nothing would be left */
	{ "[a] [b]", "[b]", false },
	{ "[a] Re:", "", true },
	{ "Re: [a] Fwd: Re [b]: [c] x", "x", true },                    /* 5 */
	{ "[a]x [b]", "x [b]", false },
	{ "[open x", "[open x", false },
	{ "[a[b] x", "[a[b] x", false },                                /* no BLOBCHAR */
	{ "[Fwd: x]", "x", true },                                      /* 6 */
	{ "[fwd: Re: [list] x (fwd) ]", "x", true },
	{ "Re: [FWD:[fwd: x (fwd)]] (fwd)", "x", true },
	{ "[fwd: x] y", "y", false },                                   /* a blob */
	{ "[fwd:]", "", true },
	{ "[fwd:", "[fwd:", false },
	{ "AW: x", "AW: x", false },                                    /* section 7: no translations */
	{ "Re: \xd0\x9f\xd1\x80\xd0\xb8", "\xd0\x9f\xd1\x80\xd0\xb8", true },
};

static void base(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF(1000);

		print_message("%s\n", cases[i].in);
		assert_int_equal(subject_base(str_of(cases[i].in), &b), cases[i].reply);
		assert_string_equal(buf_z(&b), cases[i].want);
		buf_free(&b);
	}
}

/* What a stranger can send does not take long: each of these is quadratic when done naively. */
static void long_ones(void **state)
{
	static const char *const pieces[] = { "[]", "re:", "[fwd:", "(fwd)", "[a", "re[x]", " \t" };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct buf in = BUF(MIME_HEADER_MAX), out = BUF(MIME_HEADER_MAX);

		while (in.n + strlen(pieces[i]) + 1 < MIME_HEADER_MAX)
			buf_puts(&in, pieces[i]);
		subject_base(buf_view(&in), &out);
		assert_true(out.n <= in.n);
		buf_free(&in);
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(base), cmocka_unit_test(long_ones) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
