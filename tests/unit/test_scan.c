#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scan.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"

/* One mail, and what is found in it; needles are folded already. */
static const char mail[] =
	"From: Ann <ann@example.org>\nSubject: =?iso-8859-1?q?Caf=E9?= au lait\nX-Thing: one\n two\n"
	"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\npreamble\n--x\n"
	"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\nContent-Description: the description\n\n"
	"Sch=F6ne Gr=FC=\n=DFe\n--x\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nc2VjcmV0\n--x\n"
	"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQkFTRTY0IHRleHQ=\n--x\nContent-Type: message/rfc822\n\n"
	"Subject: inner subject\n\ninner body\n--x--\nepilogue\n";

static const struct {
	const char *folded;
	bool        body, text;
} cases[] = {
	{ "SCHO\xcc\x88NE", true, true },
	{ "GRU\xcc\x88\xc3\x9f" "E", true, true },
	{ "BASE64 TEXT", true, true },
	{ "INNER BODY", true, true },
	{ "SECRET", false, false },             /* no text part */
	{ "PREAMBLE", false, false },
	{ "CAFE\xcc\x81 AU", false, true },
	{ "X-THING: ONE TWO", false, true },
	{ "THE DESCRIPTION", false, true },
	{ "INNER SUBJECT", false, true },
	{ "NOWHERE", false, false },
};

static void messages(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].folded);
		assert_int_equal(scan_message(STR(mail), str_of(cases[i].folded), false), cases[i].body);
		assert_int_equal(scan_message(STR(mail), str_of(cases[i].folded), true), cases[i].text);
	}
}

static void fields(void **state)
{
	struct str header = STR("Subject: A b\nX: =?utf-8?q?C?=\nx: d\n\nX: body\n");

	assert_true(scan_field(header, STR("SUBJECT"), STR("A B")));
	assert_true(scan_field(header, STR("x"), STR("C")));
	assert_true(scan_field(header, STR("x"), STR("D")));
	assert_false(scan_field(header, STR("x"), STR("BODY")));
	assert_true(scan_field(header, STR("X"), STR("")));
	assert_false(scan_field(header, STR("Y"), STR("")));
}

/* Long texts are read in pieces; what is found does not depend on where one ends. */
static void pieces(void **state)
{
	for (size_t before = 32 * 1024 - 12; before < 32 * 1024 + 12; before++) {
		struct buf b = BUF(100000);

		buf_puts(&b, "Subject: x\n\n");
		for (size_t i = 0; i < before; i++)
			buf_putc(&b, i % 70 == 69 ? '\n' : 'a');
		buf_puts(&b, "Needle\xc3\x89 end\n");
		assert_true(scan_message(buf_view(&b), STR("NEEDLEE\xcc\x81 END"), false));
		assert_false(scan_message(buf_view(&b), STR("NEEDLEE\xcc\x81 ENDS"), false));
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(messages), cmocka_unit_test(fields), cmocka_unit_test(pieces) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
