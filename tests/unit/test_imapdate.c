#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "imapdate.h"

#include <errno.h>

/* Seconds are what date(1) says. */
static const struct {
	const char *in;
	int         want;
	int64_t     seconds;
} days[] = {
	{ "1-Feb-1994", 0, 760060800 },
	{ "01-feb-1994", 0, 760060800 },
	{ "\"1-Feb-1994\"", 0, 760060800 },
	{ "29-Feb-2000", 0, 951782400 },
	{ "1-Jan-1970", 0, 0 },
	{ "31-Dec-1969", 0, -86400 },
	{ "1-Jan-0000", 0, -62167219200 },
	{ "1-Mar-2100", 0, 4107542400 },
	{ "29-Feb-1900", -EBADMSG, 0 },
	{ "29-Feb-2001", -EBADMSG, 0 },
	{ "31-Apr-2001", -EBADMSG, 0 },
	{ "0-Jan-2001", -EBADMSG, 0 },
	{ "32-Jan-2001", -EBADMSG, 0 },
	{ "001-Jan-2001", -EBADMSG, 0 },
	{ " 1-Jan-2001", -EBADMSG, 0 },
	{ "1-Foo-2001", -EBADMSG, 0 },
	{ "1-Jan-01", -EBADMSG, 0 },
	{ "1 Jan 2001", -EBADMSG, 0 },
	{ "\"1-Jan-2001", -EBADMSG, 0 },
	{ "1-Jan-20011", -EBADMSG, 0 },
	{ "", -EBADMSG, 0 },
}, times[] = {
	{ "\"17-Jul-1996 02:44:25 -0700\"", 0, 837596665 },
	{ "\" 1-Feb-1994 01:02:03 +0100\"", 0, 760060923 },
	{ "\"01-Feb-1994 01:02:03 +0100\"", 0, 760060923 },
	{ "\"1-Feb-1994 01:02:03 +0100\"", 0, 760060923 },
	{ "\"31-Dec-2008 23:59:60 +0000\"", 0, 1230768000 },
	{ "\" 1-Jan-1970 00:00:00 +0000\"", 0, 0 },
	{ "\" 1-Jan-1970 00:00:00 -0030\"", 0, 1800 },
	{ "17-Jul-1996 02:44:25 -0700", -EBADMSG, 0 },
	{ "\"17-Jul-1996 24:44:25 -0700\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:60:25 -0700\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:44:61 -0700\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 2:44:25 -0700\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:44:25 0700\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:44:25 +0760\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:44:25 GMT\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:44:25\"", -EBADMSG, 0 },
	{ "\"17-Jul-1996 02:44:25 -0700", -EBADMSG, 0 },
	{ "\"30-Feb-1996 02:44:25 -0700\"", -EBADMSG, 0 },
	{ "\"\"", -EBADMSG, 0 },
};

static void check(const char *in, int want, int64_t seconds, int (*read)(struct lexer *, int64_t *))
{
	struct arena a = ARENA_INIT;
	struct lexer lx;
	int64_t      got = 0;
	int          r;

	lex_init(&lx, str_of(in), &a);
	r = read(&lx, &got);
	if (r == 0 && !lex_at_end(&lx))
		r = -EBADMSG;
	if (r != want || (r == 0 && got != seconds))
		fail_msg("%s: %d %lld", in, r, (long long)got);
	arena_free(&a);
}

static void test_days(void **state)
{
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
		check(days[i].in, days[i].want, days[i].seconds, imapdate_read_day);
}

static void test_times(void **state)
{
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
		check(times[i].in, times[i].want, times[i].seconds, imapdate_read);
}

static const struct {
	int64_t     seconds;
	const char *want;
} put[] = {
	{ 0, "\" 1-Jan-1970 00:00:00 +0000\"" },
	{ -1, "\"31-Dec-1969 23:59:59 +0000\"" },
	{ 837596665, "\"17-Jul-1996 09:44:25 +0000\"" },
	{ 951782400, "\"29-Feb-2000 00:00:00 +0000\"" },
	{ -62167219200, "\" 1-Jan-0000 00:00:00 +0000\"" },
	{ 253402300799, "\"31-Dec-9999 23:59:59 +0000\"" },
	{ 253402300800, "\"31-Dec-9999 23:59:59 +0000\"" },
	{ INT64_MAX, "\"31-Dec-9999 23:59:59 +0000\"" },
	{ INT64_MIN, "\" 1-Jan-0000 00:00:00 +0000\"" },
};

static void test_put(void **state)
{
	for (size_t i = 0; i < sizeof(put) / sizeof(*put); i++) {
		struct buf b = BUF(100);

		imapdate_put(&b, put[i].seconds);
		assert_string_equal(buf_z(&b), put[i].want);
		buf_free(&b);
	}
}

/* Every day of some 800 years, there and back. */
static void test_round_trip(void **state)
{
	for (int64_t day = -146097; day < 146097; day++) {
		int64_t      seconds = day * 86400 + 12345;
		struct buf   b = BUF(100);

		imapdate_put(&b, seconds);
		check(buf_z(&b), 0, seconds, imapdate_read);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
