/* PAM with a configuration of our own: one file a service in a directory that the test makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fd.h"
#include "users.h"
#include "users_priv.h"

static char dir[64];

static const char *in_dir(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void put(const char *name, const char *text, mode_t mode)
{
	FILE *f = fopen(in_dir(name), "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(in_dir(name), mode), 0);
}

static int setup(void **state)
{
	strcpy(dir, "/tmp/test_pam.XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}

static int teardown(void **state)
{
	static const char *const names[] = { "service", "script", "seen" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(in_dir(names[i]));
	return rmdir(dir);
}

static enum users_verdict ask(const char *service, uid_t euid, int time_ms, const char *user, const char *password,
			      char why[300])
{
	struct secret      x = { .n = 0 };
	enum users_verdict v;
	void              *self;

	assert_int_equal(secret_set(&x, str_of(password)), 0);
	assert_int_equal(users_pam_open_with(service, dir, time_ms, euid, &self), 0);
	v = users_pam.check(self, user, &x, "[2001:db8::1]:993");
	snprintf(why, 300, "%s", users_pam.why(self));
	users_pam.close(self);
	return v;
}

static const struct {
	const char        *text;        /* NULL: there is no such service */
	enum users_verdict want;
	const char        *why;         /* part of it */
} services[] = {
	{ "auth required pam_permit.so\naccount required pam_permit.so\n", USERS_OK, NULL },
	{ "auth required pam_deny.so\naccount required pam_permit.so\n", USERS_REFUSED, NULL },
	{ "auth required pam_permit.so\naccount required pam_deny.so\n", USERS_REFUSED, NULL },
	{ "auth required pam_nonexistent.so\naccount required pam_permit.so\n", USERS_UNAVAILABLE,
	  "PAM service service, " },
	{ NULL, USERS_UNAVAILABLE, "PAM service service, " },
	{ "auth required pam_exec.so quiet /bin/sleep 20\naccount required pam_permit.so\n", USERS_UNAVAILABLE,
	  "PAM service service does not answer" },
};

static void follows_modules(void **state)
{
	for (size_t i = 0; i < sizeof(services) / sizeof(*services); i++) {
		bool hangs = services[i].text && strstr(services[i].text, "sleep");
		char why[300];

		unlink(in_dir("service"));
		if (services[i].text)
			put("service", services[i].text, 0644);
		assert_int_equal(ask("service", 0, hangs ? 300 : 20000, "alice", "secret", why), services[i].want);
		if (!strstr(why, services[i].why ? services[i].why : "") || (!services[i].why && why[0]))
			fail_msg("service %zu: %s", i, why);
	}
}

/* A module that crashes takes only the child along. */
static void outlives_modules(void **state)
{
	char text[200], why[300];

	put("script", "#!/bin/sh\nkill -9 $PPID\n", 0755);
	snprintf(text, sizeof(text), "auth required pam_exec.so quiet %s/script\naccount required pam_permit.so\n",
		 dir);
	put("service", text, 0644);
	assert_int_equal(ask("service", 0, 20000, "alice", "secret", why), USERS_UNAVAILABLE);
	assert_string_equal(why, "PAM service service ended without an answer");
}

/* What the modules are told: the password as it is, the name, and the peer without its port. */
static void tells_modules(void **state)
{
	char        text[600], why[300];
	struct buf  seen = BUF(1000);

	snprintf(text, sizeof(text),
		 "#!/bin/sh\nexec >%s/seen\necho \"$PAM_USER $PAM_RHOST $PAM_TYPE $PAM_SERVICE\"\n"
		 "test \"$(tr -d '\\000')\" = 'p\xc3\xa4ss word'\n",
		 dir);
	put("script", text, 0755);
	snprintf(text, sizeof(text),
		 "auth [success=1 default=ignore] pam_exec.so quiet expose_authtok %s/script\n"
		 "auth required pam_deny.so\nauth required pam_permit.so\naccount required pam_permit.so\n",
		 dir);
	put("service", text, 0644);
	assert_int_equal(ask("service", 0, 20000, "alice", "p\xc3\xa4ss word", why), USERS_OK);
	assert_int_equal(fd_read_file(-1, in_dir("seen"), &seen), 0);
	assert_string_equal(buf_z(&seen), "alice 2001:db8::1 auth service\n");
	assert_int_equal(ask("service", 0, 20000, "alice", "p\xc3\xa4ss Word", why), USERS_REFUSED);
	buf_free(&seen);
}

static void serves_its_own_user(void **state)
{
	char name[USER_MAX + 1], why[300];

	assert_true(users_name_of(0, name));
	assert_string_equal(name, "root");
	assert_true(users_name_of(1, name));
	put("service", "auth required pam_permit.so\naccount required pam_permit.so\n", 0644);
	assert_int_equal(ask("service", 1, 20000, name, "secret", why), USERS_OK);
	assert_int_equal(ask("service", 1, 20000, "alice", "secret", why), USERS_REFUSED);
	assert_int_equal(ask("service", 0, 20000, "alice", "secret", why), USERS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(follows_modules, setup, teardown),
		cmocka_unit_test_setup_teardown(outlives_modules, setup, teardown),
		cmocka_unit_test_setup_teardown(tells_modules, setup, teardown),
		cmocka_unit_test_setup_teardown(serves_its_own_user, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
