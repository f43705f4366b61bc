#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "passhash.h"
#include "passwd.h"

/* $5$ and $6$: as OpenSSL computes them (openssl passwd -5 -salt saltstring); $2a$: a test vector of crypt_blowfish. */
static const struct {
	const char *hash, *password;
	bool        good;
} known[] = {
	{ "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world!", true },
	{ "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world", false },
	{ "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc9", "Hello world!", false },
	{ "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc", "Hello world!", false },
	{ "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
	  "Hello world!", true },
	{ "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U", true },
	{ "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U*", false },
	{ "$5$saltstring", "", false },
	{ "", "", false },
	{ "", "x", false },
	{ "*", "x", false },
	{ "!", "x", false },
	{ "*0", "*0", false },
	{ "$nonsense$", "x", false },
	{ "!$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world!", false },
	{ "plain text", "plain text", false },
};

static void verifies(void **state)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		struct secret x = { .n = 0 };

		assert_int_equal(secret_set(&x, str_of(known[i].password)), 0);
		assert_int_equal(passhash_verify(known[i].hash, &x), known[i].good);
	}
}

static void knows_usable(void **state)
{
	assert_true(passhash_usable(known[0].hash));
	assert_true(passhash_usable(known[5].hash));
	assert_false(passhash_usable(""));
	assert_false(passhash_usable("*"));
	assert_false(passhash_usable("!$6$abc$def"));
	assert_false(passhash_usable("$nonsense$"));
}

static void makes(void **state)
{
	struct secret good = { .n = 0 }, wrong = { .n = 0 };
	struct buf    one = BUF(PASSHASH_MAX), two = BUF(PASSHASH_MAX);

	assert_int_equal(secret_set(&good, STR("p\xc3\xa4ss w\xf6rd")), 0);
	assert_int_equal(secret_set(&wrong, STR("pass word")), 0);
	assert_int_equal(passhash_make(&one, &good), 0);
	assert_int_equal(passhash_make(&two, &good), 0);
	assert_string_not_equal(buf_z(&one), buf_z(&two));
	assert_true(str_starts(buf_view(&one), STR("$y$")) || str_starts(buf_view(&one), STR("$6$")));
	assert_true(passhash_verify(buf_z(&one), &good));
	assert_false(passhash_verify(buf_z(&one), &wrong));
	buf_free(&one);
	buf_free(&two);
}

/* A password of the greatest length must not be cut on the way: crypt_r takes 511 octets. */
static void takes_long(void **state)
{
	struct secret x = { .n = 0 };
	struct buf    b = BUF(PASSHASH_MAX);

	memset(x.p, 'x', 512);
	x.n = 512;
	assert_true(passhash_make(&b, &x) < 0);
	assert_int_equal(b.n, 0);
	x.p[511] = '\0';
	x.n = 511;
	assert_int_equal(passhash_make(&b, &x), 0);
	assert_true(passhash_verify(buf_z(&b), &x));
	x.p[510] = 'y';
	assert_false(passhash_verify(buf_z(&b), &x));
	buf_free(&b);
}

static const struct {
	const char *name, *password;
	int         want;
} entries[] = {
	{ "alice", "secret", 0 },
	{ "al ice@example.org", "secret", 0 },
	{ "", "secret", -EINVAL },
	{ "#alice", "secret", -EINVAL },
	{ " alice", "secret", -EINVAL },
	{ "alice\t", "secret", -EINVAL },
	{ "a:b", "secret", -EINVAL },
	{ "a\nb", "secret", -EINVAL },
	{ "a\xff", "secret", -EINVAL },
	{ "alice", "", -ENODATA },
};

static void makes_entries(void **state)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
		struct secret x = { .n = 0 };
		struct buf    b = BUF(1000);
		struct str    name, hash;

		assert_int_equal(secret_set(&x, str_of(entries[i].password)), 0);
		assert_int_equal(passwd_entry(entries[i].name, &x, &b), entries[i].want);
		if (entries[i].want == 0) {
			assert_true(str_cut(buf_view(&b), ':', &name, &hash));
			assert_true(str_eq(name, str_of(entries[i].name)));
			assert_true(str_ends(hash, STR("\n")));
			b.p[b.n - 1] = '\0';
			assert_true(passhash_verify(hash.p, &x));
		} else {
			assert_int_equal(b.n, 0);
		}
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verifies),
		cmocka_unit_test(knows_usable),
		cmocka_unit_test(makes),
		cmocka_unit_test(takes_long),
		cmocka_unit_test(makes_entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
