#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "userdb.h"

/* How many name service modules are mapped. */
static size_t modules(void)
{
	FILE  *f = fopen("/proc/self/maps", "r");
	char   line[512];
	size_t n = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		n += strstr(line, "libnss_") != NULL;
	fclose(f);
	return n;
}

/* First of the tests: those below ask in this process. */
static void brings_nothing_along(void **state)
{
	struct become b;
	size_t        before = modules();

	assert_int_equal(userdb_find_apart("root", &b), 0);
	become_free(&b);
	assert_int_equal(userdb_find_apart("no such user", &b), -ENOENT);
	assert_int_equal(modules(), before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);       /* nor leaves it a child */
	assert_int_equal(errno, ECHILD);
}

static void says_what_the_system_says(void **state)
{
	struct passwd *pw;
	size_t         n = 0;

	setpwent();
	while ((pw = getpwent()) != NULL && n++ < 20) {
		struct become b, same;
		gid_t         groups[1000];
		int           n_groups = 1000;

		assert_true(getgrouplist(pw->pw_name, pw->pw_gid, groups, &n_groups) > 0);
		assert_int_equal(userdb_find_apart(pw->pw_name, &b), 0);
		assert_string_equal(b.name, pw->pw_name);
		assert_string_equal(b.home, pw->pw_dir);
		assert_int_equal(b.uid, pw->pw_uid);
		assert_int_equal(b.gid, pw->pw_gid);
		assert_int_equal(b.n_groups, n_groups);
		assert_memory_equal(b.groups, groups, (size_t)n_groups * sizeof(gid_t));
		assert_int_equal(userdb_find(NULL, b.uid, &same), 0);
		assert_string_equal(same.name, b.name);
		become_free(&b);
		become_free(&same);
	}
	endpwent();
	assert_true(n > 5);
}

static void knows_nobody_by_a_wrong_name(void **state)
{
	static const char *const names[] = { "", "no such user", "root:x", "../root", "0\n" };
	struct become            b;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_true(userdb_find(names[i], 0, &b) < 0);
		assert_int_equal(userdb_find_apart(names[i], &b), userdb_find(names[i], 0, &b));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(brings_nothing_along),
		cmocka_unit_test(says_what_the_system_says),
		cmocka_unit_test(knows_nobody_by_a_wrong_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
