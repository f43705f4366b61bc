#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "boxname.h"

#include <errno.h>
#include <string.h>

#include "limits.h"

#define LIT(s) { s, sizeof(s) - 1 }

/* Both ways. The Chinese and Japanese names are those of RFC 3501 section 5.1.3. */
static const struct {
	struct str utf8, utf7;
} pairs[] = {
	{ LIT(""), LIT("") },
	{ LIT("plain/name ~!\"\\%*"), LIT("plain/name ~!\"\\%*") },
	{ LIT("R&D"), LIT("R&-D") },
	{ LIT("&&"), LIT("&-&-") },
	{ LIT("~peter/mail/\345\217\260\345\214\227/\346\227\245\346\234\254\350\252\236"), LIT("~peter/mail/&U,BTFw-/&ZeVnLIqe-") },
	{ LIT("\345\217\260\345\214\227\346\227\245\346\234\254\350\252\236"), LIT("&U,BTF2XlZyyKng-") },
	{ LIT("\342\230\272!"), LIT("&Jjo-!") },
	{ LIT("\303\251"), LIT("&AOk-") },
	{ LIT("\303\251&"), LIT("&AOk-&-") },
	{ LIT("&\303\251"), LIT("&-&AOk-") },
	{ LIT("\303\251-x"), LIT("&AOk--x") },
	{ LIT("\360\237\230\200"), LIT("&2D3eAA-") },
	{ LIT("\364\217\277\277"), LIT("&2,,f,w-") },
	{ LIT("a\tb"), LIT("a&AAk-b") },
	{ LIT("\177"), LIT("&AH8-") },
};

static void test_utf7(void **state)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct buf to = BUF(1000), from = BUF(1000);

		assert_int_equal(boxname_to_utf7(&to, pairs[i].utf8), 0);
		assert_int_equal(boxname_from_utf7(&from, pairs[i].utf7), 0);
		if (!str_eq(buf_view(&to), pairs[i].utf7) || !str_eq(buf_view(&from), pairs[i].utf8))
			fail_msg("row %zu: %s %s", i, buf_z(&to), buf_z(&from));
		buf_free(&to);
		buf_free(&from);
	}
}

static void test_not_utf7(void **state)
{
	static const struct str rows[] = {
		LIT("&Jjo!"),                   /* RFC 3501: no shift back before the "!" */
		LIT("&U,BTFw-&ZeVnLIqe-"),      /* RFC 3501: superfluous shift */
		LIT("&"), LIT("a&b"), LIT("&AOk"),
		LIT("&AGE-"),                   /* "a", which represents itself */
		LIT("&ACY-"),                   /* "&" has its own spelling */
		LIT("&AOkAYQ-"),                /* an e with accent, then "a" */
		LIT("&AO-"), LIT("&A-"),        /* half a character */
		LIT("&AOl-"),                   /* a stray bit */
		LIT("&AOkA-"),                  /* a digit too many */
		LIT("&AOk=-"), LIT("&AO/-"), LIT("&AO k-"),
		LIT("&2D0-"),                   /* first half of a pair alone */
		LIT("&3gA-"),                   /* second half alone */
		LIT("&2D3YPQ-"),                /* two first halves */
		LIT("&2D0A6Q-"),                /* first half, then a plain one */
		LIT("\303\251"), LIT("a\tb"), LIT("a\177"), LIT("a\0"), LIT("&\0\0\0-"),
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b = BUF(1000);

		if (boxname_from_utf7(&b, rows[i]) != -EBADMSG)
			fail_msg("row %zu: %s", i, buf_z(&b));
		buf_free(&b);
	}
}

static void test_not_utf8(void **state)
{
	struct buf b = BUF(100);

	assert_int_equal(boxname_to_utf7(&b, STR("\303")), -EBADMSG);
	assert_int_equal(boxname_to_utf7(&b, STR("\355\240\200")), -EBADMSG);
	assert_int_equal(boxname_to_utf7(&b, STR("\300\257")), -EBADMSG);
	buf_free(&b);
}

static const struct {
	bool        pattern, utf8;
	const char *in;
	int         want;
	const char *name;
} reads[] = {
	{ false, false, "inbox", 0, "INBOX" },
	{ false, false, "\"InBox/x\"", 0, "INBOX/x" },
	{ false, false, "inboxes", 0, "inboxes" },
	{ false, false, "x/inbox", 0, "x/inbox" },
	{ false, false, "\"&AOk-\"", 0, "\303\251" },
	{ false, false, "{5}\r\n&AOk-", 0, "\303\251" },
	{ false, false, "\"\"", 0, "" },
	{ false, false, "a/", 0, "a/" },
	{ false, true, "\"\303\251\"", 0, "\303\251" },
	{ false, true, "&AOk-", 0, "&AOk-" },
	{ false, true, "{2}\r\n\303\251", 0, "\303\251" },
	{ false, false, "\"\303\251\"", -EINVAL, NULL },
	{ false, false, "a&b", -EINVAL, NULL },
	{ false, true, "{1}\r\n\303", -EINVAL, NULL },
	{ false, false, "%", -EBADMSG, NULL },
	{ false, false, "", -EBADMSG, NULL },
	{ true, false, "&AOk-/%*", 0, "\303\251/%*" },
	{ true, true, "\"\303\251/%*\"", 0, "\303\251/%*" },
	{ true, false, "&A*", -EINVAL, NULL },
	{ true, false, "\"\"", 0, "" },
};

static void test_read(void **state)
{
	for (size_t i = 0; i < sizeof(reads) / sizeof(*reads); i++) {
		struct arena a = ARENA_INIT;
		struct lexer lx;
		struct str   name = STR_NONE;
		int          r;

		lex_init(&lx, str_of(reads[i].in), &a);
		r = (reads[i].pattern ? boxname_read_pattern : boxname_read)(&lx, reads[i].utf8, &name);
		if (r != reads[i].want || (r == 0 && !str_eq(name, str_of(reads[i].name))))
			fail_msg("row %zu: %d %.*s", i, r, STR_ARG(name));
		arena_free(&a);
	}
}

static void test_put(void **state)
{
	static const struct {
		const char *name;
		bool        utf8;
		const char *want;
	} rows[] = {
		{ "INBOX", false, "INBOX" },
		{ "a b", false, "\"a b\"" },
		{ "\303\251", false, "&AOk-" },
		{ "\303\251", true, "\"\303\251\"" },
		{ "R&D", false, "R&-D" },
		{ "R&D", true, "R&D" },
		{ "50%", false, "\"50%\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b = BUF(100);

		boxname_put(&b, str_of(rows[i].name), rows[i].utf8);
		assert_string_equal(buf_z(&b), rows[i].want);
		buf_free(&b);
	}
}

static void test_check(void **state)
{
	static const struct {
		struct str name;
		bool       fine;
	} rows[] = {
		{ LIT("INBOX"), true },
		{ LIT("a/b c/\303\251"), true },
		{ LIT("50%*\\\"&"), true },
		{ LIT(".hidden/.."), true },
		{ LIT("\302\240"), true },
		{ LIT("\342\200\247"), true },
		{ LIT(""), false },
		{ LIT("/a"), false },
		{ LIT("a/"), false },
		{ LIT("a//b"), false },
		{ LIT("/"), false },
		{ LIT("a\tb"), false },
		{ LIT("a\0b"), false },
		{ LIT("a\177"), false },
		{ LIT("\302\200"), false },
		{ LIT("\302\237"), false },
		{ LIT("\342\200\250"), false },
		{ LIT("\342\200\251"), false },
		{ LIT("\303"), false },
		{ LIT("a\377"), false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *why = NULL;
		int         r = boxname_check(rows[i].name, &why);

		if (r != (rows[i].fine ? 0 : -EINVAL) || (r < 0) != (why != NULL))
			fail_msg("row %zu: %d", i, r);
	}
}

static void test_check_limits(void **state)
{
	char        name[BOXNAME_MAX + 1];
	struct buf  b = BUF(1000);
	const char *why;

	memset(name, 'x', sizeof(name));
	assert_int_equal(boxname_check((struct str){ name, BOXNAME_MAX }, &why), 0);
	assert_int_equal(boxname_check((struct str){ name, BOXNAME_MAX + 1 }, &why), -EINVAL);
	for (int i = 0; i < BOXNAME_LEVELS_MAX; i++)
		buf_puts(&b, i ? "/x" : "x");
	assert_int_equal(boxname_check(buf_view(&b), &why), 0);
	buf_puts(&b, "/x");
	assert_int_equal(boxname_check(buf_view(&b), &why), -EINVAL);
	buf_free(&b);
}

static const struct {
	const char *pattern, *name;
	bool        want;
} matches[] = {
	{ "*", "a/b/c", true },
	{ "%", "a", true },
	{ "%", "a/b", false },
	{ "%/%", "a/b", true },
	{ "%/%", "a/b/c", false },
	{ "a*", "a/b", true },
	{ "a*", "ab", true },
	{ "a%", "a/b", false },
	{ "a/%", "a/", true },
	{ "*c", "a/b/c", true },
	{ "*b", "a/b/c", false },
	{ "a/%/c", "a/b/c", true },
	{ "a/%/c", "a/b/b/c", false },
	{ "a/*/c", "a/b/b/c", true },
	{ "%%", "a", true },
	{ "%*%", "a/b", true },
	{ "**a**", "a", true },
	{ "*%a", "x/ya", true },
	{ "", "", true },
	{ "*", "", true },
	{ "", "a", false },
	{ "a", "", false },
	{ "a", "a", true },
	{ "a", "A", false },
	{ "ab", "a", false },
	{ "a", "ab", false },
	{ "a*b*c", "aXbYbZc", true },
	{ "a*b*c", "aXbYbZ", false },
	{ "%", "50%", true },
	{ "inbox", "INBOX", true },
	{ "InB%", "INBOX", true },
	{ "inbox/%", "INBOX/x", true },
	{ "inbox/X", "INBOX/x", false },
	{ "inbox*", "INBOXES", false },
	{ "x/inbox", "x/INBOX", false },
	{ "\303\251%", "\303\251t\303\251", true },
};

static void test_match(void **state)
{
	for (size_t i = 0; i < sizeof(matches) / sizeof(*matches); i++)
		if (boxname_match(str_of(matches[i].pattern), str_of(matches[i].name)) != matches[i].want)
			fail_msg("row %zu: %s %s", i, matches[i].pattern, matches[i].name);
}

/* The plainest matcher there is, exponential in time. */
static bool match_slowly(const char *p, const char *n)
{
	if (*p == '*' || *p == '%')
		return match_slowly(p + 1, n) || (*n && (*p == '*' || *n != '/') && match_slowly(p, n + 1));
	return *p == *n && (!*p || match_slowly(p + 1, n + 1));
}

/* All patterns of up to 5 octets on all names of up to 4, over small alphabets. */
static void test_match_all(void **state)
{
	static const char in_pattern[] = "a/*%", in_name[] = "ab/";

	for (unsigned p = 0; p < 5 * 5 * 5 * 5 * 5; p++) {
		for (unsigned n = 0; n < 4 * 4 * 4 * 4; n++) {
			char     pattern[6] = "", name[5] = "";
			unsigned rest = p, at = 0;

			for (at = 0; rest % 5; rest /= 5)
				pattern[at++] = in_pattern[rest % 5 - 1];
			for (at = 0, rest = n; rest % 4; rest /= 4)
				name[at++] = in_name[rest % 4 - 1];
			if (boxname_match(str_of(pattern), str_of(name)) != match_slowly(pattern, name))
				fail_msg("%s %s", pattern, name);
		}
	}
}

static void test_match_is_bounded(void **state)
{
	char pattern[BOXNAME_MAX + 1], name[BOXNAME_MAX];

	memset(name, 'a', sizeof(name));
	memset(pattern, '*', sizeof(pattern));
	assert_true(boxname_match((struct str){ pattern, BOXNAME_MAX }, (struct str){ name, sizeof(name) }));
	assert_false(boxname_match((struct str){ pattern, BOXNAME_MAX + 1 }, (struct str){ name, sizeof(name) }));
	for (size_t i = 0; i < BOXNAME_MAX; i++)
		pattern[i] = "*a%a"[i % 4];
	pattern[BOXNAME_MAX - 1] = 'b';
	for (int i = 0; i < 100; i++)
		assert_false(boxname_match((struct str){ pattern, BOXNAME_MAX }, (struct str){ name, sizeof(name) }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf7),  cmocka_unit_test(test_not_utf7),     cmocka_unit_test(test_not_utf8),
		cmocka_unit_test(test_read),  cmocka_unit_test(test_put),          cmocka_unit_test(test_check),
		cmocka_unit_test(test_match), cmocka_unit_test(test_check_limits), cmocka_unit_test(test_match_all),
		cmocka_unit_test(test_match_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
