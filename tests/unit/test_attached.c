#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attached.h"

#include <errno.h>

#include "limits.h"

#define MIXED "Content-Type: multipart/mixed; boundary=B\n\n"
#define ATTACHED "--B\nContent-Disposition: attachment; filename=x\n"

static const struct {
	const char *msg, *want;
} cases[] = {
	{ "Subject: x\n\nbody\n", "" },
	{ MIXED "--B\n\nfirst\n" ATTACHED "Content-Type: text/x-diff; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nG=FCte\n--B--\n", "GU\xcc\x88TE\n" },
	{ MIXED ATTACHED "\none\n" ATTACHED "Content-Transfer-Encoding: base64\n\ndHdv\n--B--\n", "ONE\nTWO\n" },
	/* what the index has, or no text */
	{ MIXED "--B\nContent-Disposition: inline; filename=x\n\none\n--B--\n", "" },
	{ MIXED ATTACHED "Content-Type: application/pdf\n\none\n--B--\n", "" },
	{ MIXED ATTACHED "Content-Type: message/rfc822\n\nSubject: y\n\none\n--B--\n", "" },
	{ "Content-Disposition: Attachment\n\nall\n", "ALL\r\n\n" },
};

static void texts(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(100000);
		struct str   got;

		print_message("%zu\n", i);
		attached_kind.make(&a, str_of(cases[i].msg), &b);
		assert_int_equal(attached_read(buf_view(&b), &got), 0);
		assert_string_equal(arena_z(&a, got), cases[i].want);
		buf_free(&b);
		arena_free(&a);
	}
	{
		struct str got;

		assert_int_equal(attached_read(STR("0\n"), &got), -EBADMSG);
	}
}

/* Too much is not kept: such a mail is read each time. */
static void too_much(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf   msg = BUF(2 * ATTACHED_MAX), b = BUF(2 * ATTACHED_MAX);

	buf_puts(&msg, "Content-Disposition: attachment\n\n");
	for (size_t i = 0; i <= ATTACHED_MAX / 10; i++)
		buf_puts(&msg, "123456789\n");
	attached_kind.make(&a, buf_view(&msg), &b);
	assert_int_equal(b.n, 0);
	buf_free(&b);
	buf_free(&msg);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(texts), cmocka_unit_test(too_much) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
