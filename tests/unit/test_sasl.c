#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sasl.h"

#define A16 "aaaaaaaaaaaaaaaa"
#define A64 A16 A16 A16 A16
#define A256 A64 A64 A64 A64
#define A255 A64 A64 A64 A16 A16 A16 "aaaaaaaaaaaaaaa"
#define A1024 A256 A256 A256 A256

static const struct {
	struct str  in;
	const char *authzid, *user, *password;  /* user NULL: refused */
} plain[] = {
	/* RFC 4616 section 4, both examples. */
	{ STR("\0tim\0tanstaaftanstaaf"), "", "tim", "tanstaaftanstaaf" },
	{ STR("Ursel\0Kurt\0xipj3plmq"), "Ursel", "Kurt", "xipj3plmq" },
	{ STR("\0\xc3\xa9mile\0\xe2\x82\xac \t\x01"), "", "\xc3\xa9mile", "\xe2\x82\xac \t\x01" },
	{ STR("\0" A255 "\0" A1024), "", A255, A1024 },
	{ STR(A255 "\0a\0b"), A255, "a", "b" },
	{ STR("\0" A256 "\0p"), NULL, NULL, NULL },
	{ STR(A256 "\0u\0p"), NULL, NULL, NULL },
	{ STR("\0u\0" A1024 "a"), NULL, NULL, NULL },
	{ STR(""), NULL, NULL, NULL },
	{ STR("\0"), NULL, NULL, NULL },
	{ STR("\0\0"), NULL, NULL, NULL },
	{ STR("\0u\0"), NULL, NULL, NULL },
	{ STR("\0\0p"), NULL, NULL, NULL },
	{ STR("u\0p"), NULL, NULL, NULL },
	{ STR("\0u\0p\0"), NULL, NULL, NULL },
	{ STR("\0u\0p\0x"), NULL, NULL, NULL },
	{ STR("\0u\xff\0p"), NULL, NULL, NULL },
	{ STR("\xc0\xaf\0u\0p"), NULL, NULL, NULL },
	{ STR("\0u\0p\xff"), NULL, NULL, NULL },
	{ STR("\0u\n\0p"), NULL, NULL, NULL },
	{ STR("z\x7f\0u\0p"), NULL, NULL, NULL },
};

static void gathers_plain(void **state)
{
	for (size_t i = 0; i < 2 * sizeof(plain) / sizeof(*plain); i++) {
		struct str       in = plain[i / 2].in;
		const char      *user = plain[i / 2].user;
		struct buf       challenge = BUF(100);
		struct sasl      x;
		enum sasl_result r;

		sasl_begin(&x, &sasl_plain);
		if (i % 2) {
			assert_int_equal(sasl_step(&x, NULL, &challenge), SASL_CHALLENGE);
			assert_int_equal(challenge.n, 0);
		}
		r = sasl_step(&x, &in, &challenge);
		assert_int_equal(r, user ? SASL_DONE : SASL_BAD);
		assert_int_equal(challenge.n, 0);
		assert_string_equal(x.user, user ? user : "");
		assert_string_equal(x.authzid, user ? plain[i / 2].authzid : "");
		assert_string_equal(x.secret.p, user ? plain[i / 2].password : "");
		assert_true((sasl_why(&x)[0] == '\0') == (user != NULL));
		sasl_wipe(&x);
		buf_free(&challenge);
	}
}

static const struct {
	const char *name, *password;
	int         bad_at;             /* 0: good; else the message that is refused */
} logins[] = {
	{ "tim", "tanstaaftanstaaf", 0 },
	{ "\xc3\xa9mile", "not utf-8: \xff", 0 },
	{ A255, A1024, 0 },
	{ "", "p", 1 },
	{ A256, "p", 1 },
	{ "t\r", "p", 1 },
	{ "\xff", "p", 1 },
	{ "tim", "", 2 },
	{ "tim", A1024 "a", 2 },
};

static void gathers_login(void **state)
{
	for (size_t i = 0; i < 2 * sizeof(logins) / sizeof(*logins); i++) {
		struct str       name = str_of(logins[i / 2].name), password = str_of(logins[i / 2].password);
		int              bad_at = logins[i / 2].bad_at;
		struct buf       challenge = BUF(100);
		struct sasl      x;
		enum sasl_result r;

		sasl_begin(&x, &sasl_login);
		if (i % 2) {
			assert_int_equal(sasl_step(&x, NULL, &challenge), SASL_CHALLENGE);
			assert_string_equal(buf_z(&challenge), "Username:");
		}
		r = sasl_step(&x, &name, &challenge);
		assert_int_equal(r, bad_at == 1 ? SASL_BAD : SASL_CHALLENGE);
		if (r == SASL_CHALLENGE) {
			assert_string_equal(buf_z(&challenge), "Password:");
			r = sasl_step(&x, &password, &challenge);
			assert_int_equal(r, bad_at == 2 ? SASL_BAD : SASL_DONE);
			assert_int_equal(challenge.n, 0);
		}
		assert_string_equal(x.user, bad_at ? "" : logins[i / 2].name);
		assert_string_equal(x.secret.p, bad_at ? "" : logins[i / 2].password);
		assert_string_equal(x.authzid, "");
		sasl_wipe(&x);
		buf_free(&challenge);
	}
}

static void refuses_nul_in_login(void **state)
{
	struct str  name = STR("tim"), password = STR("a\0b");
	struct buf  challenge = BUF(100);
	struct sasl x;

	sasl_begin(&x, &sasl_login);
	assert_int_equal(sasl_step(&x, &name, &challenge), SASL_CHALLENGE);
	assert_int_equal(sasl_step(&x, &password, &challenge), SASL_BAD);
	buf_free(&challenge);
}

static void lists(void **state)
{
	struct buf b = BUF(100);

	sasl_names(&b, " AUTH=", true);
	assert_string_equal(buf_z(&b), " AUTH=PLAIN AUTH=LOGIN");
	buf_reset(&b);
	sasl_names(&b, " ", false);
	assert_int_equal(b.n, 0);
	assert_ptr_equal(sasl_find(STR("plain")), &sasl_plain);
	assert_ptr_equal(sasl_find(STR("LOGIN")), &sasl_login);
	assert_null(sasl_find(STR("PLAI")));
	assert_null(sasl_find(STR("")));
	assert_null(sasl_find(STR("CRAM-MD5")));
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gathers_plain),
		cmocka_unit_test(gathers_login),
		cmocka_unit_test(refuses_nul_in_login),
		cmocka_unit_test(lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
