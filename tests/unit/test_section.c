#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "section.h"

#include <errno.h>

#include "limits.h"

typedef int (*read_fn)(struct lexer *, struct section *);

static const struct {
	read_fn           read;
	const char       *in;
	int               want;
	enum section_kind kind;
	size_t            n_parts;
	uint32_t          last_part;
	size_t            n_fields;
	const char       *response;     /* NULL: as it was read */
} cases[] = {
	/* The examples of RFC 9051 sections 6.4.5.1 and 6.4.5. */
	{ section_read, "[]", 0, SECTION_ALL, 0, 0, 0, NULL },
	{ section_read, "[HEADER]", 0, SECTION_HEADER, 0, 0, 0, NULL },
	{ section_read, "[TEXT]", 0, SECTION_TEXT, 0, 0, 0, NULL },
	{ section_read, "[1]", 0, SECTION_ALL, 1, 1, 0, NULL },
	{ section_read, "[3.HEADER]", 0, SECTION_HEADER, 1, 3, 0, NULL },
	{ section_read, "[3.TEXT]", 0, SECTION_TEXT, 1, 3, 0, NULL },
	{ section_read, "[4.1.MIME]", 0, SECTION_MIME, 2, 1, 0, NULL },
	{ section_read, "[4.2.2.1]", 0, SECTION_ALL, 4, 1, 0, NULL },
	{ section_read, "[4.2.HEADER]", 0, SECTION_HEADER, 2, 2, 0, NULL },
	{ section_read, "[HEADER.FIELDS (DATE FROM)]", 0, SECTION_FIELDS, 0, 0, 2, NULL },
	{ section_read, "[]<0.2048>", 0, SECTION_ALL, 0, 0, 0, "[]<0>" },

	{ section_read, "[header.fields.not (Date)]", 0, SECTION_FIELDS_NOT, 0, 0, 1, "[HEADER.FIELDS.NOT (Date)]" },
	{ section_read, "[1.2.Header.Fields (X)]<7.1>", 0, SECTION_FIELDS, 2, 2, 1, "[1.2.HEADER.FIELDS (X)]<7>" },
	{ section_read, "[HEADER.FIELDS (\"Date\" {4}\r\nFrom)]", 0, SECTION_FIELDS, 0, 0, 2, "[HEADER.FIELDS (Date From)]" },
	{ section_read, "[HEADER.FIELDS (\"a b\" \"\")]", 0, SECTION_FIELDS, 0, 0, 2, NULL },
	{ section_read, "[HEADER.FIELDS ({1}\r\n\n)]", 0, SECTION_FIELDS, 0, 0, 1, NULL },
	{ section_read, "[4294967295.TEXT]", 0, SECTION_TEXT, 1, 4294967295, 0, NULL },
	{ section_read, "[]<9223372036854775807.9223372036854775807>", 0, SECTION_ALL, 0, 0, 0, "[]<9223372036854775807>" },
	{ section_read_binary, "[1.2]<3.4>", 0, SECTION_ALL, 2, 2, 0, "[1.2]<3>" },
	{ section_read_binary, "[]", 0, SECTION_ALL, 0, 0, 0, NULL },
	{ section_read_binary_size, "[1]", 0, SECTION_ALL, 1, 1, 0, NULL },

	{ section_read, "", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[1", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[1.]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[.1]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[0]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[1.0]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[4294967296]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[MIME]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[TEXT.1]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[1.HEADERS]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[HEADER.FIELDS]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[HEADER.FIELDS ()]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[HEADER.FIELDS(Date)]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[HEADER.FIELDS (Date )]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[HEADER.FIELDS (Date]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[]<0.0>", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[]<0>", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[]<.1>", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[]<0.1", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read, "[]<9223372036854775808.1>", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read_binary, "[TEXT]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read_binary, "[1.MIME]", -EBADMSG, 0, 0, 0, 0, NULL },
	{ section_read_binary_size, "[1]<0.1>", -EBADMSG, 0, 0, 0, 0, NULL },
};

static void check(size_t i)
{
	struct arena   a = ARENA_INIT;
	struct buf     b = BUF(1000);
	struct lexer   lx;
	struct section s = { 0 };
	const char    *response = cases[i].response ? cases[i].response : cases[i].in;
	int            r;

	lex_init(&lx, str_of(cases[i].in), &a);
	r = cases[i].read(&lx, &s);
	if (r == 0 && !lex_at_end(&lx))
		r = -EBADMSG;
	if (r != cases[i].want)
		fail_msg("row %zu: %d %s", i, r, lex_why(&lx));
	if (r == 0) {
		section_put(&b, &s);
		if (s.kind != cases[i].kind || s.n_parts != cases[i].n_parts || s.n_fields != cases[i].n_fields ||
		    (s.n_parts > 0 && s.parts[s.n_parts - 1] != cases[i].last_part) || !str_eq(buf_view(&b), str_of(response)))
			fail_msg("row %zu: %s", i, buf_z(&b));
	}
	buf_free(&b);
	arena_free(&a);
}

static void test_read(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(i);
}

static void test_partial(void **state)
{
	struct arena   a = ARENA_INIT;
	struct buf     b = BUF(100);
	struct lexer   lx;
	struct section s;

	lex_init(&lx, STR("[1.TEXT]<10.20>"), &a);
	assert_int_equal(section_read(&lx, &s), 0);
	assert_true(s.partial && s.offset == 10 && s.count == 20);
	section_put_command(&b, &s);
	assert_string_equal(buf_z(&b), "[1.TEXT]<10.20>");
	buf_free(&b);
	arena_free(&a);
}

static int read_repeated(const char *first, const char *more, int n, const char *last)
{
	struct arena   a = ARENA_INIT;
	struct buf     b = BUF(100000);
	struct lexer   lx;
	struct section s;
	int            r;

	buf_puts(&b, first);
	for (int i = 1; i < n; i++)
		buf_puts(&b, more);
	buf_puts(&b, last);
	lex_init(&lx, buf_view(&b), &a);
	r = section_read(&lx, &s);
	buf_free(&b);
	arena_free(&a);
	return r;
}

static void test_limits(void **state)
{
	assert_int_equal(read_repeated("[1", ".1", MIME_DEPTH_MAX, "]"), 0);
	assert_int_equal(read_repeated("[1", ".1", MIME_DEPTH_MAX, ".TEXT]"), 0);
	assert_int_equal(read_repeated("[1", ".1", MIME_DEPTH_MAX + 1, "]"), -EMSGSIZE);
	assert_int_equal(read_repeated("[HEADER.FIELDS (a", " b", FIELDS_MAX, ")]"), 0);
	assert_int_equal(read_repeated("[HEADER.FIELDS (a", " b", FIELDS_MAX + 1, ")]"), -EMSGSIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_partial),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
