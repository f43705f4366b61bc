#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lex.h"

#include <errno.h>
#include <string.h>

#define LIT(s) { s, sizeof(s) - 1 }

typedef int (*str_fn)(struct lexer *, struct str *);

/* taken: octets of the input that are used. */
static const struct {
	str_fn     fn;
	struct str in;
	int        want;
	struct str value;
	size_t     taken;
} strings[] = {
	/* tag: ASTRING-CHAR but "+" */
	{ lex_tag, LIT("A142 SELECT"), 0, LIT("A142"), 4 },
	{ lex_tag, LIT("a]b x"), 0, LIT("a]b"), 3 },
	{ lex_tag, LIT("a+b x"), -EBADMSG, LIT(""), 0 },
	{ lex_tag, LIT("* x"), -EBADMSG, LIT(""), 0 },
	{ lex_tag, LIT(""), -EBADMSG, LIT(""), 0 },
	{ lex_tag, LIT(" a"), -EBADMSG, LIT(""), 0 },

	/* atom: no ( ) { SP CTL % * " \ ] */
	{ lex_atom, LIT("foo)"), 0, LIT("foo"), 3 },
	{ lex_atom, LIT("a[b<c>}~$&+,/;=x]"), 0, LIT("a[b<c>}~$&+,/;=x"), 16 },
	{ lex_atom, LIT("a%b"), 0, LIT("a"), 1 },
	{ lex_atom, LIT("a\177"), 0, LIT("a"), 1 },
	{ lex_atom, LIT("a\0b"), 0, LIT("a"), 1 },
	{ lex_atom, LIT("\303\251"), -EBADMSG, LIT(""), 0 },
	{ lex_atom, LIT("]"), -EBADMSG, LIT(""), 0 },
	{ lex_word, LIT("BODY.PEEK[]"), 0, LIT("BODY.PEEK"), 9 },
	{ lex_word, LIT("RFC822.SIZE)"), 0, LIT("RFC822.SIZE"), 11 },
	{ lex_word, LIT("[x"), -EBADMSG, LIT(""), 0 },

	/* quoted */
	{ lex_quoted, LIT("\"\""), 0, LIT(""), 2 },
	{ lex_quoted, LIT("\"a b\" c"), 0, LIT("a b"), 5 },
	{ lex_quoted, LIT("\"a\\\"b\\\\\""), 0, LIT("a\"b\\"), 8 },
	{ lex_quoted, LIT("\"\303\251\""), 0, LIT("\303\251"), 4 },
	{ lex_quoted, LIT("\"\t\001\""), 0, LIT("\t\001"), 4 },
	{ lex_quoted, LIT("\"\303\""), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"\300\200\""), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"\355\240\200\""), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"a"), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"a\\"), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"a\\n\""), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"a\r\n\""), -EBADMSG, LIT(""), 0 },
	{ lex_quoted, LIT("\"a\0b\""), -EBADMSG, LIT(""), 0 },

	/* literal, RFC 7888, RFC 3516 */
	{ lex_string, LIT("{3}\r\nfoo bar"), 0, LIT("foo"), 8 },
	{ lex_string, LIT("{3+}\r\nfoo"), 0, LIT("foo"), 9 },
	{ lex_string, LIT("{0}\r\n"), 0, LIT(""), 5 },
	{ lex_string, LIT("{4}\r\n\377\r\n\""), 0, LIT("\377\r\n\""), 9 },
	{ lex_string, LIT("{03}\r\nfoo"), 0, LIT("foo"), 9 },
	{ lex_string, LIT("{0000000000000000000000000000000000000000000003}\r\nfoo"), 0, LIT("foo"), 53 },
	{ lex_string, LIT("{3}\r\nfo"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{3}\nfoo"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{3}foo"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{3"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{}\r\n"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{-1}\r\n"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{9223372036854775808}\r\n"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{9223372036854775807}\r\n"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("{3}\r\na\0b"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("~{3}\r\nfoo"), -EBADMSG, LIT(""), 0 },
	{ lex_string, LIT("foo"), -EBADMSG, LIT(""), 0 },
	{ lex_string8, LIT("~{3}\r\na\0b"), 0, LIT("a\0b"), 9 },
	{ lex_string8, LIT("~{3+}\r\na\0b"), 0, LIT("a\0b"), 10 },
	{ lex_string8, LIT("\"a\""), 0, LIT("a"), 3 },
	{ lex_string8, LIT("{3}\r\na\0b"), -EBADMSG, LIT(""), 0 },

	{ lex_astring, LIT("a]b)"), 0, LIT("a]b"), 3 },
	{ lex_astring, LIT("NIL"), 0, LIT("NIL"), 3 },
	{ lex_astring, LIT("\"x y\""), 0, LIT("x y"), 5 },
	{ lex_astring, LIT("{1}\r\n*"), 0, LIT("*"), 6 },
	{ lex_astring, LIT("~x"), 0, LIT("~x"), 2 },
	{ lex_astring, LIT("~{1}\r\nx"), -EBADMSG, LIT(""), 0 },
	{ lex_astring, LIT("*"), -EBADMSG, LIT(""), 0 },
	{ lex_astring, LIT("("), -EBADMSG, LIT(""), 0 },
	{ lex_list_mailbox, LIT("a]/%*)"), 0, LIT("a]/%*"), 5 },
	{ lex_list_mailbox, LIT("\"\""), 0, LIT(""), 2 },
	{ lex_list_mailbox, LIT("{1}\r\n%"), 0, LIT("%"), 6 },
	{ lex_list_mailbox, LIT("("), -EBADMSG, LIT(""), 0 },
};

static void test_strings(void **state)
{
	for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++) {
		struct arena a = ARENA_INIT;
		struct lexer lx;
		struct str   s = STR("untouched");
		int          r;

		lex_init(&lx, strings[i].in, &a);
		r = strings[i].fn(&lx, &s);
		if (r != strings[i].want || lx.at != strings[i].taken)
			fail_msg("row %zu: %d, %zu octets", i, r, lx.at);
		if (!str_eq(s, r < 0 ? STR("untouched") : strings[i].value))
			fail_msg("row %zu: value %.*s", i, STR_ARG(s));
		if ((r < 0) != (lx.why != NULL))
			fail_msg("row %zu: why", i);
		arena_free(&a);
	}
}

/* A command that was cut off anywhere is refused, never read past its end. */
static void test_every_prefix(void **state)
{
	for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++) {
		for (size_t n = 0; n < strings[i].taken; n++) {
			struct arena a = ARENA_INIT;
			struct lexer lx;
			struct str   in, s;
			int          r;

			in = arena_str(&a, str_mid(strings[i].in, 0, n));
			lex_init(&lx, in, &a);
			r = strings[i].fn(&lx, &s);
			assert_true(lx.at <= n);
			if (strings[i].in.p[0] == '"' || strings[i].in.p[0] == '{')
				assert_int_equal(r, -EBADMSG);
			arena_free(&a);
		}
	}
}

enum which { N32, NZ32, N64, NZ64 };

static const struct {
	enum which  which;
	const char *in;
	int         want;
	uint64_t    value;
	size_t      taken;
} numbers[] = {
	{ N32, "0", 0, 0, 1 },
	{ N32, "0012x", 0, 12, 4 },
	{ N32, "4294967295)", 0, 4294967295, 10 },
	{ N32, "4294967296", -EBADMSG, 0, 0 },
	{ N32, "99999999999999999999999", -EBADMSG, 0, 0 },
	{ N32, "", -EBADMSG, 0, 0 },
	{ N32, "-1", -EBADMSG, 0, 0 },
	{ N32, "+1", -EBADMSG, 0, 0 },
	{ NZ32, "1", 0, 1, 1 },
	{ NZ32, "0", -EBADMSG, 0, 0 },
	{ NZ32, "01", -EBADMSG, 0, 0 },
	{ NZ32, "4294967295", 0, 4294967295, 10 },
	{ N64, "9223372036854775807", 0, 9223372036854775807, 19 },
	{ N64, "9223372036854775808", -EBADMSG, 0, 0 },
	{ NZ64, "0", -EBADMSG, 0, 0 },
	{ NZ64, "4294967296", 0, 4294967296, 10 },
};

static void test_numbers(void **state)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct arena a = ARENA_INIT;
		struct lexer lx;
		uint32_t     n32 = 0;
		uint64_t     n64 = 0;
		int          r = -1;

		lex_init(&lx, str_of(numbers[i].in), &a);
		switch (numbers[i].which) {
		case N32:
			r = lex_number(&lx, &n32);
			break;
		case NZ32:
			r = lex_nz_number(&lx, &n32);
			break;
		case N64:
			r = lex_number64(&lx, &n64);
			break;
		case NZ64:
			r = lex_nz_number64(&lx, &n64);
			break;
		}
		if (r != numbers[i].want || n32 + n64 != numbers[i].value || lx.at != numbers[i].taken)
			fail_msg("row %zu", i);
		arena_free(&a);
	}
}

static const struct {
	const char *in, *word;
	bool        taken;
} words[] = {
	{ "BODY[]", "BODY", true },
	{ "body", "BODY", true },
	{ "Body]", "BODY", true },
	{ "BODYSTRUCTURE", "BODY", false },
	{ "BODY.PEEK[]", "BODY", false },
	{ "BOD", "BODY", false },
	{ "", "BODY", false },
	{ "UID 1", "UID", true },
	{ "UID\r\n", "UID", true },
};

static void test_words(void **state)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct arena a = ARENA_INIT;
		struct lexer lx;

		lex_init(&lx, str_of(words[i].in), &a);
		if (lex_accept(&lx, words[i].word) != words[i].taken || lx.at != (words[i].taken ? strlen(words[i].word) : 0))
			fail_msg("row %zu", i);
		arena_free(&a);
	}
}

static void test_nstring(void **state)
{
	struct arena a = ARENA_INIT;
	struct lexer lx;
	struct str   s = STR("x");

	lex_init(&lx, STR("nil \"NIL\" \"\" NILS"), &a);
	assert_int_equal(lex_nstring(&lx, &s), 0);
	assert_null(s.p);
	assert_int_equal(lex_sp(&lx), 0);
	assert_int_equal(lex_nstring(&lx, &s), 0);
	assert_true(str_eq(s, STR("NIL")));
	assert_int_equal(lex_sp(&lx), 0);
	assert_int_equal(lex_nstring(&lx, &s), 0);
	assert_true(s.p && s.n == 0);
	assert_int_equal(lex_sp(&lx), 0);
	assert_int_equal(lex_nstring(&lx, &s), -EBADMSG);
	arena_free(&a);
}

/* The command of RFC 9051, section 4.3, as it is in memory. */
static void test_command(void **state)
{
	struct arena a = ARENA_INIT;
	struct lexer lx;
	struct str   tag, user, pass;

	lex_init(&lx, STR("A001 LOGIN {11}\r\nFRED FOOBAR {7}\r\nfat man\r\n"), &a);
	assert_int_equal(lex_tag(&lx, &tag), 0);
	assert_true(str_eq(tag, STR("A001")));
	assert_int_equal(lex_sp(&lx), 0);
	assert_true(lex_accept(&lx, "login"));
	assert_int_equal(lex_sp(&lx), 0);
	assert_int_equal(lex_astring(&lx, &user), 0);
	assert_true(str_eq(user, STR("FRED FOOBAR")));
	assert_int_equal(lex_end(&lx), -EBADMSG);
	assert_string_equal(lex_why(&lx), "expected the end of the command at octet 29");
	assert_int_equal(lex_sp(&lx), 0);
	assert_int_equal(lex_astring(&lx, &pass), 0);
	assert_true(str_eq(pass, STR("fat man")));
	assert_int_equal(lex_sp(&lx), -EBADMSG);
	assert_true(lex_at_end(&lx));
	assert_int_equal(lex_end(&lx), 0);
	assert_int_equal(lex_end(&lx), 0);
	assert_int_equal(lex_peek(&lx), -1);
	arena_free(&a);
}

static void test_chars(void **state)
{
	struct arena a = ARENA_INIT;
	struct lexer lx;

	lex_init(&lx, STR("(\377\r"), &a);
	assert_string_equal(lex_why(&lx), "not understood");
	assert_int_equal(lex_char(&lx, '['), -EBADMSG);
	assert_string_equal(lex_why(&lx), "expected \"[\" at octet 1");
	assert_int_equal(lex_char(&lx, '('), 0);
	assert_int_equal(lex_peek(&lx), 0xff);
	assert_false(lex_try(&lx, 'x'));
	assert_true(lex_try(&lx, (char)0xff));
	assert_false(lex_at_end(&lx));
	assert_int_equal(lex_fail(&lx, -EMSGSIZE, "too much"), -EMSGSIZE);
	assert_string_equal(lex_why(&lx), "too much at octet 3");
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings), cmocka_unit_test(test_every_prefix), cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_words),   cmocka_unit_test(test_nstring),      cmocka_unit_test(test_command),
		cmocka_unit_test(test_chars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
