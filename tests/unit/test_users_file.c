#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "users.h"
#include "users_priv.h"

static char     path[64];
static unsigned verified;       /* calls of verify() since it was set to 0 */

/* In place of crypt(3): the password of "$1$salt$word" is "word". */
static bool verify(const char *hash, const struct secret *password)
{
	const char *word = strrchr(hash, '$');

	verified++;
	return word && hash[0] == '$' && strcmp(word + 1, password->p) == 0;
}

static int setup(void **state)
{
	strcpy(path, "/tmp/test_users.XXXXXX");
	return close(mkstemp(path));
}

static int teardown(void **state)
{
	return unlink(path);
}

static void put(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, 0600), 0);
}

static enum users_verdict ask(void *self, const char *user, const char *password)
{
	struct secret x = { .n = 0 };

	assert_int_equal(secret_set(&x, str_of(password)), 0);
	verified = 0;
	return users_file.check(self, user, &x, "-");
}

#define H(word) "$1$salt$" word

static const char users[] = "# people\n\n"
			    "alice:" H("apple") "\n"
			    "  bob:" H("beer") "  \n"
			    "bob:" H("phone") ":bob's phone\n"
			    "#carol:" H("cake") "\n"
			    "dave:!" H("date") "\n"
			    "\xc3\xa9mile:" H("eel") ":a:b\r\n"
			    "frank@example.org:" H("fig");

static const struct {
	const char        *user, *password;
	enum users_verdict want;
	const char        *label;
} logins[] = {
	{ "alice", "apple", USERS_OK, "" },
	{ "alice", "beer", USERS_REFUSED, "" },
	{ "bob", "beer", USERS_OK, "" },
	{ "bob", "phone", USERS_OK, "bob's phone" },
	{ "bob", "apple", USERS_REFUSED, "" },
	{ "carol", "cake", USERS_REFUSED, "" },
	{ "#carol", "cake", USERS_REFUSED, "" },
	{ "dave", "date", USERS_REFUSED, "" },
	{ "\xc3\xa9mile", "eel", USERS_OK, "a:b" },
	{ "frank@example.org", "fig", USERS_OK, "" },
	{ "frank", "fig", USERS_REFUSED, "" },
	{ "Alice", "apple", USERS_REFUSED, "" },
	{ "alice:", "apple", USERS_REFUSED, "" },
	{ "people", "apple", USERS_REFUSED, "" },
	{ "", "apple", USERS_REFUSED, "" },
};

static void checks(void **state)
{
	void *self;

	put(users);
	assert_int_equal(users_file_open_with(path, geteuid(), verify, &self), 0);
	for (size_t i = 0; i < sizeof(logins) / sizeof(*logins); i++) {
		assert_int_equal(ask(self, logins[i].user, logins[i].password), logins[i].want);
		assert_string_equal(users_file.label(self), logins[i].label);
	}
	users_file.close(self);
}

/* Whoever is asked for, as many hashes are computed as somebody in the file has, whether the password is good or not:
 * the time does not tell who is known. */
static void computes_the_same(void **state)
{
	void    *self;
	unsigned two = 0;

	put("alice:" H("apple") "\ndave:!\n");
	assert_int_equal(users_file_open_with(path, geteuid(), verify, &self), 0);
	ask(self, "alice", "apple");
	assert_int_equal(verified, 1);
	ask(self, "alice", "wrong");
	assert_int_equal(verified, 1);
	ask(self, "dave", "wrong");
	assert_int_equal(verified, 1);
	ask(self, "nobody", "wrong");
	assert_int_equal(verified, 1);
	put("# nobody\n");
	assert_int_equal(ask(self, "nobody", "wrong"), USERS_REFUSED);
	assert_int_equal(verified, 1);
	put("alice:" H("apple") "\nbob:" H("beer") "\nbob:" H("phone") "\n");
	ask(self, "bob", "beer");
	assert_int_equal(verified, 2);
	for (int i = 0; i < 100; i++) {
		char     name[20];
		unsigned first;

		snprintf(name, sizeof(name), "nobody%d", i);
		assert_int_equal(ask(self, name, "apple"), USERS_REFUSED);
		first = verified;
		assert_in_range(first, 1, 2);
		two += first == 2;
		assert_int_equal(ask(self, name, "phone"), USERS_REFUSED);
		assert_int_equal(verified, first);
	}
	assert_in_range(two, 20, 99);
	users_file.close(self);
}

static const struct {
	const char *text, *why;         /* behind the path */
} broken[] = {
	{ "alice\n", ":1: this is not name:hash" },
	{ "\n:" H("x") "\n", ":2: this is not name:hash" },
	{ "alice:\n", ":1: there is no password hash" },
	{ "alice::phone\n", ":1: there is no password hash" },
	{ "alice:apple!\n", ":1: this is no password hash that crypt(5) knows" },
	{ "alice:" H("apple") "\nbob:$nonsense$beer\n", ":2: this is no password hash that crypt(5) knows" },
};

static void tells_what_is_broken(void **state)
{
	void *self;

	assert_int_equal(users_file_open_with(path, geteuid(), verify, &self), 0);
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		put(broken[i].text);
		assert_int_equal(ask(self, "alice", "apple"), USERS_UNAVAILABLE);
		assert_int_equal(verified, 0);
		assert_memory_equal(users_file.why(self), path, strlen(path));
		assert_string_equal(users_file.why(self) + strlen(path), broken[i].why);
	}
	put(users);
	assert_int_equal(ask(self, "alice", "apple"), USERS_OK);
	assert_string_equal(users_file.why(self), "");
	users_file.close(self);
}

static const struct {
	mode_t             mode;
	enum users_verdict want;
} modes[] = {
	{ 0600, USERS_OK },
	{ 0400, USERS_OK },
	{ 0640, USERS_OK },
	{ 0644, USERS_UNAVAILABLE },
	{ 0604, USERS_UNAVAILABLE },
	{ 0602, USERS_UNAVAILABLE },
	{ 0620, USERS_UNAVAILABLE },
};

static void wants_privacy(void **state)
{
	void *self;

	put(users);
	assert_int_equal(users_file_open_with(path, geteuid(), verify, &self), 0);
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		assert_int_equal(chmod(path, modes[i].mode), 0);
		assert_int_equal(ask(self, "alice", "apple"), modes[i].want);
		assert_true(modes[i].want == USERS_OK || strstr(users_file.why(self), "by others"));
	}
	users_file.close(self);
	assert_int_equal(users_file_open_with("/tmp", geteuid(), verify, &self), 0);
	assert_int_equal(ask(self, "alice", "apple"), USERS_UNAVAILABLE);
	users_file.close(self);
	assert_int_equal(users_file_open_with("/nonexistent/users", geteuid(), verify, &self), 0);
	assert_int_equal(ask(self, "alice", "apple"), USERS_UNAVAILABLE);
	assert_string_equal(users_file.why(self), "/nonexistent/users: No such file or directory");
	users_file.close(self);
}

/* What a process that is not root may do with a file of root's, and with its own. Needs root to make the files. */
static void serves_its_own_user(void **state)
{
	char  name[USER_MAX + 1], text[600];
	void *self;

	if (geteuid() != 0 || !users_name_of(1, name)) {
		print_message("# %s\n", geteuid() != 0 ? "only root can give a file to another user" : "there is no user 1");
		skip();
	}
	snprintf(text, sizeof(text), "alice:" H("apple") "\n%s:" H("own") "\n", name);
	put(text);
	assert_int_equal(users_file_open_with(path, 1, verify, &self), 0);
	assert_int_equal(ask(self, name, "own"), USERS_OK);
	assert_int_equal(ask(self, "alice", "apple"), USERS_REFUSED);
	assert_int_equal(verified, 1);
	assert_int_equal(chown(path, 1, (gid_t)-1), 0);
	assert_int_equal(ask(self, "alice", "apple"), USERS_OK);
	assert_int_equal(chown(path, 2, (gid_t)-1), 0);
	assert_int_equal(ask(self, name, "own"), USERS_UNAVAILABLE);
	assert_non_null(strstr(users_file.why(self), "belongs to another user"));
	users_file.close(self);
}

/* The whole way, with true hashes. */
static void opens_users(void **state)
{
	struct users *u = NULL;
	struct secret good = { .n = 0 }, wrong = { .n = 0 }, empty = { .n = 0 };

	assert_int_equal(secret_set(&good, STR("Hello world!")), 0);
	assert_int_equal(secret_set(&wrong, STR("Hello world")), 0);
	assert_int_equal(users_open(NULL, NULL, &u), -ENOENT);
	put("tim:$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5:laptop\n");
	assert_int_equal(users_open(path, NULL, &u), 0);
	assert_int_equal(users_check(u, "tim", &good, "-"), USERS_OK);
	assert_string_equal(users_label(u), "laptop");
	assert_int_equal(users_check(u, "tim", &wrong, "-"), USERS_REFUSED);
	assert_string_equal(users_label(u), "");
	assert_int_equal(users_check(u, "tom", &good, "-"), USERS_REFUSED);
	assert_int_equal(users_check(u, "tim", &empty, "-"), USERS_REFUSED);
	assert_int_equal(users_check(u, "", &good, "-"), USERS_REFUSED);
	assert_string_equal(users_why(u), "");
	put("tim\n");
	assert_int_equal(users_check(u, "tim", &good, "-"), USERS_UNAVAILABLE);
	assert_non_null(strstr(users_why(u), ":1: this is not name:hash"));
	users_close(u);
	users_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(checks, setup, teardown),
		cmocka_unit_test_setup_teardown(computes_the_same, setup, teardown),
		cmocka_unit_test_setup_teardown(tells_what_is_broken, setup, teardown),
		cmocka_unit_test_setup_teardown(wants_privacy, setup, teardown),
		cmocka_unit_test_setup_teardown(serves_its_own_user, setup, teardown),
		cmocka_unit_test_setup_teardown(opens_users, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
