#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folded.h"

#include <errno.h>
#include <string.h>

#include "fields.h"

static const struct {
	const char *msg;
	bool        has_date;
	const char *field[FOLDED_FIELDS];       /* from, to, cc, bcc, subject */
} cases[] = {
	{ "From: Ann EXAMPLE <Ann@Example.ORG>\nTo: b@c\nTo: d@e\nSubject: =?utf-8?q?Stra=C3=9Fe?= =?utf-8?q?_X?=\n folded\n"
	  "Date: Fri, 21 Nov 1997 09:55:06 -0600\n\nSubject: no field\n",
	  true, { "ANN EXAMPLE <ANN@EXAMPLE.ORG>", "B@C D@E", "", "", "STRA\xc3\x9f" "E X FOLDED" } },
	{ "CC : x\nbcc:\tY\nDate: never\n\n", false, { "", "", "X", "Y", "" } },
	{ "Subject: =?utf-8?q?two=0Alines?=\n\n", false, { "", "", "", "", "TWO LINES" } },
	{ "\nno header\n", false, { "", "", "", "", "" } },
	{ "", false, { "", "", "", "", "" } },
};

static void round_trip(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena  a = ARENA_INIT;
		struct buf    b = BUF(10000);
		struct folded f;

		folded_kind.make(&a, str_of(cases[i].msg), &b);
		assert_int_equal(folded_read(buf_view(&b), &f), 0);
		assert_int_equal(f.has_date, cases[i].has_date);
		if (f.has_date) {
			assert_int_equal(f.date.seconds, 880127706);
			assert_int_equal(f.date.zone, -360);
		}
		for (size_t k = 0; k < FOLDED_FIELDS; k++) {
			assert_int_equal(f.field[k].n, strlen(cases[i].field[k]));
			assert_memory_equal(f.field[k].p, cases[i].field[k], f.field[k].n);
		}
		buf_free(&b);
		arena_free(&a);
	}
}

/* Texts of another version, or broken ones, are none. */
static void refused(void **state)
{
	static const char *const bad[] = {
		"", "2", "2\n", "1\n\na\nb\nc\nd\ne\n", "2\n12\na\nb\nc\nd\ne\n", "2\n1 x\na\nb\nc\nd\ne\n", "2\n\na\nb\nc\nd\n", "2\n\na\nb\nc\nd\ne",
	};
	struct folded f;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(folded_read(str_of(bad[i]), &f), -EBADMSG);
	assert_int_equal(folded_read(STR("2\n-60 -90\na\nb\nc\nd\ne\n"), &f), 0);
	assert_int_equal(f.date.seconds, -60);
	assert_int_equal(f.date.zone, -90);
}

/* The kept fields: as the mail has them, in its order, CRLF, and the empty line if it is there. */
static void kept_fields(void **state)
{
	static const struct {
		const char *msg, *want;
	} rows[] = {
		{ "Received: x\nSubject: a\n b\nX-Other: y\nfrom: c\r\n\nbody\n", "Subject: a\r\n b\r\nfrom: c\r\n\r\n" },
		{ "Received: x\nSubject: a\n", "Subject: a\r\n" },
		{ "Received: x\n\nbody", "\r\n" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(10000);
		struct str   header;

		fields_kind.make(&a, str_of(rows[i].msg), &b);
		assert_int_equal(fields_read(buf_view(&b), &header), 0);
		assert_int_equal(header.n, strlen(rows[i].want));
		assert_memory_equal(header.p, rows[i].want, header.n);
		buf_free(&b);
		arena_free(&a);
	}
	assert_true(fields_known(STR("message-id")));
	assert_false(fields_known(STR("Received")));
	assert_int_equal(fields_read(STR("0\nSubject: a\r\n"), NULL), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(round_trip), cmocka_unit_test(refused), cmocka_unit_test(kept_fields) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
