/* RFC 8474 section 7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "objectid.h"

static void written(void **state)
{
	struct buf b = BUF(200);

	objectid_put_box(&b, 0x5f3a01b2);
	objectid_put_email(&b, 0x0123456789abcdef);
	objectid_put_thread(&b, 0xa1);
	objectid_put_thread(&b, 0);
	objectid_box_code(&b, 255);
	assert_string_equal(buf_z(&b), "(F5f3a01b2)(M0123456789abcdef)(T00000000000000a1)NILMAILBOXID (F000000ff)");
	buf_free(&b);
}

static const struct {
	const char *in;
	int         want;
	uint64_t    id;
} cases[] = {
	{ "M0123456789abcdef", 0, 0x0123456789abcdef },
	{ "Mffffffffffffffff", 0, UINT64_MAX },
	/* identifiers that we never gave out */
	{ "T0123456789abcdef", 0, 0 },
	{ "m0123456789abcdef", 0, 0 },
	{ "M0123456789ABCDEF", 0, 0 },
	{ "M123456789abcdef", 0, 0 },
	{ "M00123456789abcdef", 0, 0 },
	{ "M0123456789abcdeg", 0, 0 },
	{ "x", 0, 0 },
	{ "Az09_-", 0, 0 },
	/* none */
	{ "", -EBADMSG, 0 },
	{ "\"M0123456789abcdef\"", -EBADMSG, 0 },
	{ "a.b", -EBADMSG, 0 },
	{ "a+b", -EBADMSG, 0 },
	{ "(M0123456789abcdef)", -EBADMSG, 0 },
};

static int read_one(const char *in, uint64_t *ret)
{
	struct arena a = ARENA_INIT;
	struct lexer lx;
	int          r;

	lex_init(&lx, str_of(in), &a);
	r = objectid_read(&lx, 'M', ret);
	assert_int_equal(lx.at, r < 0 ? 0 : strlen(in));
	arena_free(&a);
	return r;
}

static void read_cases(void **state)
{
	char     longest[OBJECTID_MAX + 2];
	uint64_t id;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].in);
		id = 0;
		assert_int_equal(read_one(cases[i].in, &id), cases[i].want);
		assert_true(id == cases[i].id);
	}
	memset(longest, 'a', sizeof(longest));
	longest[OBJECTID_MAX + 1] = '\0';
	assert_int_equal(read_one(longest, &id), -EBADMSG);
	longest[OBJECTID_MAX] = '\0';
	assert_int_equal(read_one(longest, &id), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(written), cmocka_unit_test(read_cases) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
