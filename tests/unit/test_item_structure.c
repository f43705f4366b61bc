#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "item_structure.h"

#include "structure.h"

static const struct {
	const char *msg;
	const char *body, *bodystructure;
} cases[] = {
	{ "Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\n\none\ntwo\n", "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 10 2)",
	  "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 10 2 NIL NIL NIL NIL)" },
	{ "Content-Type: image/png; name=\"a\\\"b.png\"\nContent-Transfer-Encoding: base64\nContent-ID: <i@d>\n"
	  "Content-Description: a picture\nContent-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\nContent-Disposition: attachment; filename=x.png\n"
	  "Content-Language: de, en\nContent-Location: http://a.test/\n\nAAAA\n",
	  "(\"image\" \"png\" (\"name\" \"a\\\"b.png\") \"<i@d>\" \"a picture\" \"base64\" 6)",
	  "(\"image\" \"png\" (\"name\" \"a\\\"b.png\") \"<i@d>\" \"a picture\" \"base64\" 6 \"Q2hlY2sgSW50ZWdyaXR5IQ==\" "
	  "(\"attachment\" (\"filename\" \"x.png\")) (\"de\" \"en\") \"http://a.test/\")" },
	{ "Content-Type: multipart/mixed; boundary=x\nContent-Disposition: inline\n\n--x\n\nhi\n--x\nContent-Type: text/html\n\n<p>\n\n--x--\n",
	  "((\"text\" \"plain\" NIL NIL NIL \"7BIT\" 2 0)(\"text\" \"html\" NIL NIL NIL \"7BIT\" 5 1) \"mixed\")",
	  "((\"text\" \"plain\" NIL NIL NIL \"7BIT\" 2 0 NIL NIL NIL NIL)(\"text\" \"html\" NIL NIL NIL \"7BIT\" 5 1 NIL NIL NIL NIL) "
	  "\"mixed\" (\"boundary\" \"x\") (\"inline\" NIL) NIL NIL)" },
	{ "Content-Type: message/rfc822\n\nSubject: in\n\nbody\n",
	  "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 21 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) "
	  "(\"text\" \"plain\" NIL NIL NIL \"7BIT\" 6 1) 3)",
	  "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 21 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) "
	  "(\"text\" \"plain\" NIL NIL NIL \"7BIT\" 6 1 NIL NIL NIL NIL) 3 NIL NIL NIL NIL)" },
	/* A multipart without parts must still be a body: it is described as text. */
	{ "Content-Type: multipart/mixed; boundary=x\n\nnothing\n", "(\"text\" \"plain\" NIL NIL NIL \"7BIT\" 9 1)",
	  "(\"text\" \"plain\" NIL NIL NIL \"7BIT\" 9 1 NIL NIL NIL NIL)" },
	/* RFC 9051 section 7.5.2: continuations are put together (RFC 2231) */
	{ "Content-Type: application/x; baz*0=one; baz*1=two\n\n", "(\"application\" \"x\" (\"baz\" \"onetwo\") NIL NIL \"7BIT\" 0)",
	  "(\"application\" \"x\" (\"baz\" \"onetwo\") NIL NIL \"7BIT\" 0 NIL NIL NIL NIL)" },
};

static void put(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(10000);

		item_structure_put(&b, &a, structure_read(&a, str_of(cases[i].msg)), false);
		assert_string_equal(buf_z(&b), cases[i].body);
		buf_reset(&b);
		item_structure_kind.make(&a, str_of(cases[i].msg), &b);
		assert_string_equal(buf_z(&b) + item_structure_kind.version.n, cases[i].bodystructure);
		buf_free(&b);
		arena_free(&a);
	}
}

/* A text over its ceiling becomes one that is short, and still a body. */
static void too_long(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf   b = BUF(80);

	item_structure_kind.make(&a, str_of(cases[2].msg), &b);
	assert_false(b.failed);
	assert_string_equal(buf_z(&b) + item_structure_kind.version.n, "(\"text\" \"plain\" NIL NIL NIL \"8bit\" 57 9 NIL NIL NIL NIL)");
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(put), cmocka_unit_test(too_long) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
