#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "headtext.h"

#include <errno.h>

static const struct {
	const char *msg, *want;
} cases[] = {
	{ "From: a\nTo: b\nCC: c\nbcc: d\nSubject: e\nX-Odd: =?utf-8?q?Zw=C3=B6lf_b?=\n\nbody\n", "X-ODD: ZWO\xcc\x88LF B\n" },
	{ "Received: from a\r\n by b;\r\n\tnow\r\nReceived: again\r\n\r\n", "RECEIVED: FROM A BY B;\tNOW\nRECEIVED: AGAIN\n" },
	{ "Reply-To: x\n", "REPLY-TO: X\n" },
	{ "\nSubject: none\n", "" },
	/* those of parts, and of messages in it all of them */
	{ "From: a\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Description: first\n\ntext\n--B\nContent-Type: message/rfc822\n\n"
	  "Subject: inner\nFrom: z\n\nX: body\n--B--\n",
	  "CONTENT-TYPE: MULTIPART/MIXED; BOUNDARY=B\nCONTENT-DESCRIPTION: FIRST\nCONTENT-TYPE: MESSAGE/RFC822\nSUBJECT: INNER\nFROM: Z\n" },
	/* a line end in an encoded word */
	{ "X: =?utf-8?q?a=0Ab?=\n\n", "X: A B\n" },
};

static void texts(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(100000);
		struct str   fields;

		headtext_kind.make(&a, str_of(cases[i].msg), &b);
		assert_int_equal(headtext_read(buf_view(&b), &fields), 0);
		assert_string_equal(arena_z(&a, fields), cases[i].want);
		buf_free(&b);
		arena_free(&a);
	}
}

static void versions(void **state)
{
	struct str fields;

	assert_int_equal(headtext_read(STR("0\nX: A\n"), &fields), -EBADMSG);
	assert_int_equal(headtext_read(STR(""), &fields), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(texts), cmocka_unit_test(versions) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
