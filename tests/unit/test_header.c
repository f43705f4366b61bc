#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "header.h"

#include "buf.h"
#include "envelope.h"

static const struct {
	const char *in;
	size_t      end;
	const char *fields;             /* name=value; of each */
} cases[] = {
	{ "A: 1\r\nB: 2\r\n\r\nbody", 14, "A=1;B=2;" },
	{ "A: 1\nB: 2\n\nbody", 11, "A=1;B=2;" },
	{ "A: 1\n", 5, "A=1;" },
	{ "A: 1", 4, "A=1;" },
	{ "\nbody", 1, "" },
	{ "\r\nbody", 2, "" },
	{ "", 0, "" },
	{ "no header here\n\nbody", 0, "" },
	{ " leading\nA: 1\n\n", 0, "" },
	{ "From a@b Mon Jan  1\nA: 1\n\nx", 26, "?;A=1;" },
	{ ">From a@b Mon Jan  1\nA: 1\n\nx", 27, "?;A=1;" },
	{ "A: 1\njunk\nB: 2\n\nx", 16, "A=1;?;B=2;" },
	{ "A : 1\nB\t:2\n\n", 12, "A=1;B=2;" },
	{ "A:  x\n  y \n\tz\nB:\n\n", 18, "A=x\n  y \n\tz;B=;" },
	{ "A: x\n \nB: y\n\n", 13, "A=x;B=y;" },
	{ "A: x\rB: y\n\n", 11, "A=x\rB: y;" },
	{ "A: x\n: y\nA B: z\n\n", 17, "A=x;?;?;" },
};

static void test_fields(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str          msg = str_of(cases[i].in), rest;
		struct buf          b = BUF(1000);
		struct header_field f;
		size_t              raw = 0;

		print_message("%s\n", cases[i].in);
		assert_int_equal(header_end(msg), cases[i].end);
		rest = str_mid(msg, 0, cases[i].end);
		while (header_next(&rest, &f)) {
			if (f.name.p)
				buf_printf(&b, "%.*s=%.*s;", STR_ARG(f.name), STR_ARG(f.value));
			else
				buf_puts(&b, "?;");
			raw += f.raw.n;
		}
		assert_int_equal(raw + rest.n, cases[i].end);
		assert_string_equal(buf_z(&b), cases[i].fields);
		buf_free(&b);
	}
}

static void test_find(void **state)
{
	struct str h = STR("Subject: one\nsubJECT: two\n\n"), v;

	assert_true(header_find(h, STR("SUBJECT"), &v));
	assert_true(str_eq(v, STR("one")));
	assert_false(header_find(h, STR("Sub"), &v));
}

static const struct {
	const char *in;
	bool        wanted;
	const char *out;
	size_t      slices;
} subsets[] = {
	{ "A: 1\nB: 2\nC: 3\n\n", true, "A: 1\nB: 2\n\n", 2 },
	{ "A: 1\nB: 2\nC: 3\n\n", false, "C: 3\n\n", 1 },
	{ "b: 2\n x\nC: 3\na: 1\n\n", true, "b: 2\n x\na: 1\n\n", 2 },
	{ "A: 1\njunk\nAB: 2\r\n\r\n", false, "junk\nAB: 2\r\n\r\n", 1 },
	{ "A: 1\njunk\nAB: 2\r\n\r\n", true, "A: 1\n\r\n", 2 },
	{ "C: 3\n\n", true, "\n", 1 },
	{ "C: 3", true, "", 0 },
	{ "A: 1", true, "A: 1", 1 },
	{ "\r\n", false, "\r\n", 1 },
	{ "", false, "", 0 },
};

static void test_subset(void **state)
{
	const struct str names[] = { STR("a"), STR("B") };

	for (size_t i = 0; i < sizeof(subsets) / sizeof(*subsets); i++) {
		struct arena         a = ARENA_INIT;
		struct buf           b = BUF(1000);
		struct header_slices s = header_subset(&a, str_of(subsets[i].in), names, 2, subsets[i].wanted);

		for (size_t j = 0; j < s.n; j++)
			buf_str(&b, s.p[j]);
		assert_string_equal(buf_z(&b), subsets[i].out);
		assert_int_equal(s.n, subsets[i].slices);
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_unfold(void **state)
{
	struct arena a = ARENA_INIT;

	assert_true(str_eq(header_unfold(&a, STR("a\r\n b\n\tc\n")), STR("a b\tc")));
	assert_true(str_eq(header_unfold(&a, STR("a\r\r\n b\rc")), STR("a\r b\rc")));
	assert_true(str_eq(header_unfold(&a, STR("")), STR("")));
	arena_free(&a);
}

static void test_envelope(void **state)
{
	struct arena    a = ARENA_INIT;
	struct envelope e = envelope_read(&a, STR("Subject: a\n b\nFrom: x@y\nTo: a@b\nTo: c@d\nSubject: two\n"
	                                          "Reply-To: \nMessage-ID:\nSender: s@t\n\n"));

	assert_true(str_eq(e.subject, STR("a b")));
	assert_null(e.date.p);
	assert_null(e.in_reply_to.p);
	assert_non_null(e.message_id.p);
	assert_int_equal(e.message_id.n, 0);
	assert_int_equal(e.to.n, 2);
	assert_true(str_eq(e.to.p[1].mailbox, STR("c")));
	assert_int_equal(e.cc.n, 0);
	assert_true(str_eq(e.reply_to.p[0].mailbox, STR("x")));
	assert_true(str_eq(e.sender.p[0].mailbox, STR("s")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields), cmocka_unit_test(test_find),     cmocka_unit_test(test_subset),
		cmocka_unit_test(test_unfold), cmocka_unit_test(test_envelope),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
