#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "date.h"

#include <errno.h>

static const struct {
	const char *in;
	int         want;
	int64_t     seconds;
	int         zone;
	int64_t     day;
} cases[] = {
	/* The examples of RFC 5322 appendix A; seconds by date(1). */
	{ "Fri, 21 Nov 1997 09:55:06 -0600", 0, 880127706, -360, 10186 },
	{ "Tue, 1 Jul 2003 10:52:37 +0200", 0, 1057049557, 120, 12234 },
	{ "Thu, 13 Feb 1969 23:32:54 -0330", 0, -27723426, -210, -322 },
	{ "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)", 0, -27723480, -210, -322 },
	{ "21 Nov 97 09:55:06 GMT", 0, 880106106, 0, 10186 },
	{ "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", 0, 880127706, -360, 10186 },

	/* The sender's day counts, not that of UTC. */
	{ "1 Feb 1994 23:30:00 -0800", 0, 760174200, -480, 8797 },
	{ "1 Feb 1994 00:30:00 +0900", 0, 760030200, 540, 8797 },
	{ "31 Dec 1999 23:59:60 +0000", 0, 946684800, 0, 10957 },
	{ "29 Feb 2000 00:00:00 +0000", 0, 951782400, 0, 11016 },

	/* Short years (RFC 5322 section 4.3), names of zones, and what is missing. */
	{ "1 Jan 49 00:00 UT", 0, 2493072000, 0, 28855 },
	{ "1 Jan 50 00:00 UT", 0, -631152000, 0, -7305 },
	{ "1 Jan 100 00:00 UT", 0, 946684800, 0, 10957 },
	{ "Mon, 1 Jan 2001 12:00:00 EST", 0, 978368400, -300, 11323 },
	{ "1 January 2001", 0, 978307200, 0, 11323 },
	{ "1-Jan-2001 00:00:00", 0, 978307200, 0, 11323 },
	{ "1 Jan 2001 00:00:00 +9999", 0, 978307200, 0, 11323 },
	{ "21 Nov 1997 24:00:00 -0600", 0, 880070400, 0, 10186 },
	{ "21 Nov 1997 9.55", 0, 880070400, 0, 10186 },

	{ "", -EBADMSG, 0, 0, 0 },
	{ "yesterday", -EBADMSG, 0, 0, 0 },
	{ "Fri, 21 Nov", -EBADMSG, 0, 0, 0 },
	{ "0 Nov 1997 09:55:06 -0600", -EBADMSG, 0, 0, 0 },
	{ "32 Nov 1997 09:55:06 -0600", -EBADMSG, 0, 0, 0 },
	{ "21 Nov 99999 09:55", -EBADMSG, 0, 0, 0 },
	{ "1997-11-21T09:55:06Z", -EBADMSG, 0, 0, 0 },
};

static void read_dates(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct date d = { 0, 0 };

		print_message("%s\n", cases[i].in);
		assert_int_equal(date_read(str_of(cases[i].in), &d), cases[i].want);
		if (cases[i].want < 0)
			continue;
		assert_int_equal(d.seconds, cases[i].seconds);
		assert_int_equal(d.zone, cases[i].zone);
		assert_int_equal(date_day(d), cases[i].day);
	}
}

static void utc_days(void **state)
{
	assert_int_equal(date_utc_day(0), 0);
	assert_int_equal(date_utc_day(86399), 0);
	assert_int_equal(date_utc_day(86400), 1);
	assert_int_equal(date_utc_day(-1), -1);
	assert_int_equal(date_utc_day(-86400), -1);
	assert_int_equal(date_utc_day(-86401), -2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(read_dates), cmocka_unit_test(utc_days) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
