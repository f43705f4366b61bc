/* Login names with a mailbox behind a "+". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "claim.h"

static bool exists(const char *user)
{
	return strcmp(user, "alice") == 0 || strcmp(user, "alice+work") == 0 || strcmp(user, "a+") == 0;
}

static void takes_names_apart(void **state)
{
	static const struct {
		const char *name, *user, *mailbox;
	} cases[] = {
		{ "alice", "alice", "" },
		{ "alice+Tags/todo", "alice", "Tags/todo" },
		{ "alice+Tags/gr\xc3\xb6\xc3\x9f" "e", "alice", "Tags/gr\xc3\xb6\xc3\x9f" "e" },
		{ "alice+work", "alice+work", "" },                     /* a user of that name comes first */
		{ "alice+work+Sent", "alice+work", "Sent" },
		{ "alice+Tags/c++", "alice", "Tags/c++" },              /* nothing behind the last */
		{ "alice+Tags/a+b", "alice", "Tags/a+b" },
		{ "alice+a+b+c", "alice", "a+b+c" },
		{ "a+", "a+", "" },
		{ "a++Sent", "a+", "Sent" },
		{ "alice+", "alice+", "" },
		{ "+alice", "+alice", "" },
		{ "+", "+", "" },
		{ "mallory+Sent", "mallory+Sent", "" },                 /* refused as a whole, like any unknown user */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct claim c;

		claim_read(cases[i].name, exists, &c);
		assert_string_equal(c.user, cases[i].user);
		assert_string_equal(c.mailbox, cases[i].mailbox);
	}
}

static void the_longest_name_fits(void **state)
{
	char         name[USER_MAX + 1];
	struct claim c;

	memset(name, '+', USER_MAX);
	name[USER_MAX] = '\0';
	claim_read(name, exists, &c);
	assert_string_equal(c.user, name);
	memcpy(name, "alice", 5);
	claim_read(name, exists, &c);
	assert_string_equal(c.user, "alice");
	assert_int_equal(strlen(c.mailbox), USER_MAX - 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_names_apart),
		cmocka_unit_test(the_longest_name_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
