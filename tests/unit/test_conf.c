#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include <cmocka.h>

#include "conf.h"
#include "conf_keys.h"
#include "fd.h"
#include "limits.h"

static char dir[64], sys_path[128], own_path[128];

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static int setup(void **state)
{
	char xdg[100];

	strcpy(dir, "/tmp/test_conf.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(sys_path, sizeof(sys_path), "%s/system.conf", dir);
	snprintf(xdg, sizeof(xdg), "%s/config", dir);
	snprintf(own_path, sizeof(own_path), "%s/remuch.conf", xdg);
	setenv("XDG_CONFIG_HOME", xdg, 1);
	unsetenv("CREDENTIALS_DIRECTORY");
	return mkdir(xdg, 0700);
}

static int teardown(void **state)
{
	static const char *const names[] = { "system.conf", "config/remuch.conf", "cert.pem", "key.pem" };
	char                     path[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/config", dir);
	return rmdir(path) || rmdir(dir);
}

static struct conf *load(const char *system, const char *own, enum conf_user user)
{
	struct conf      *c = NULL;
	struct conf_error e = { "" };

	write_file(sys_path, system);
	if (own)
		write_file(own_path, own);
	if (conf_load(sys_path, user, &c, &e) < 0)
		fail_msg("%s", e.text);
	return c;
}

static void has_defaults(void **state)
{
	struct conf *c = load("", NULL, CONF_USER_SERVED);

	assert_null(c->mail_root);
	assert_null(c->notmuch_config);
	assert_null(c->state);
	assert_null(c->inbox);
	assert_int_equal(c->layout, CONF_LAYOUT_NESTED);
	assert_string_equal(c->sent, "Sent");
	assert_string_equal(c->drafts, "Drafts");
	assert_string_equal(c->trash, "Trash");
	assert_string_equal(c->junk, "Junk");
	assert_string_equal(c->archive, "Archive");
	assert_int_equal(c->keywords.n, 3);
	assert_string_equal(c->keywords.v[0].keyword, "$Junk");
	assert_string_equal(c->keywords.v[0].tag, "spam");
	assert_int_equal(c->fixed_tags.n, 3);
	assert_false(c->search_exact);
	assert_int_equal(c->append_max, APPEND_MAX_DEFAULT);
	assert_null(c->users);
	assert_null(c->pam);
	assert_int_equal(c->plain, CONF_PLAIN_LOOPBACK);
	assert_int_equal(c->certificates.n, 0);
	assert_int_equal(c->keys.n, 0);
	assert_null(c->ticket_keys);
	assert_int_equal(c->log_to, CONF_LOG_AUTO);
	assert_int_equal(c->log_max, LOG_INFO);
	assert_true(c->sandbox_required);
	assert_null(c->run_dir);
	conf_free(c);
}

static void reads_everything(void **state)
{
	struct conf *c = load("[mail]\nroot=/m\nnotmuch_config=~/n\nstate=/s\ninbox=I\nlayout=maildir++\nsent=S\n"
			      "drafts=D\ntrash=T\njunk=J\narchive=\nsearch=exact\nappend_max=5M\n"
			      "[auth]\nusers=/u\npam=imap\nplain=always\n[tls]\ncertificate=/c1;/c2\nkey=/k1;/k2\n"
			      "ticket_keys=/t\n[log]\nto=syslog\nlevel=debug\n"
			      "[service]\nsandbox=optional\nrun_dir=/r\n",
			      NULL, CONF_USER_NO);

	assert_string_equal(c->mail_root, "/m");
	assert_string_equal(c->notmuch_config, "~/n");
	assert_string_equal(c->state, "/s");
	assert_string_equal(c->inbox, "I");
	assert_int_equal(c->layout, CONF_LAYOUT_MAILDIRPP);
	assert_string_equal(c->sent, "S");
	assert_string_equal(c->drafts, "D");
	assert_string_equal(c->trash, "T");
	assert_string_equal(c->junk, "J");
	assert_null(c->archive);
	assert_true(c->search_exact);
	assert_int_equal(c->append_max, 5 * 1024 * 1024);
	assert_string_equal(c->users, "/u");
	assert_string_equal(c->pam, "imap");
	assert_int_equal(c->plain, CONF_PLAIN_ALWAYS);
	assert_int_equal(c->certificates.n, 2);
	assert_string_equal(c->certificates.v[1], "/c2");
	assert_string_equal(c->keys.v[1], "/k2");
	assert_string_equal(c->ticket_keys, "/t");
	assert_int_equal(c->log_to, CONF_LOG_SYSLOG);
	assert_int_equal(c->log_max, LOG_DEBUG);
	assert_false(c->sandbox_required);
	assert_string_equal(c->run_dir, "/r");
	assert_string_equal(conf_path(c, c->notmuch_config, "/home/u"), "/home/u/n");
	assert_string_equal(conf_path(c, c->mail_root, "/home/u"), "/m");
	assert_null(conf_path(c, NULL, "/home/u"));
	conf_free(c);
}

static const struct {
	const char    *system, *own;
	enum conf_user user;
	const char    *error;   /* behind the path of the directory; NULL: no error */
} errors[] = {
	{ "[mail]\nrot=/x", NULL, CONF_USER_NO, "/system.conf:2: [mail] has no key \"rot\"; did you mean \"root\"?" },
	{ "[mail]\nelephant=/x", NULL, CONF_USER_NO, "/system.conf:2: [mail] has no key \"elephant\"" },
	{ "[mial]\nroot=/x", NULL, CONF_USER_NO, "/system.conf:2: there is no section [mial]; did you mean [mail]?" },
	{ "[elephants]\nroot=/x", NULL, CONF_USER_NO, "/system.conf:2: there is no section [elephants]" },
	{ "\n[mail]\nroot=x", NULL, CONF_USER_NO,
	  "/system.conf:3: [mail] root is no absolute path; begin it with / or ~/" },
	{ "[log]\nto=x", NULL, CONF_USER_NO, "/system.conf:2: [log] to must be auto, journal, syslog or stderr" },
	{ "[mail]\nroot=/a\nroot=/b", NULL, CONF_USER_NO, "/system.conf:3: [mail] root stands already in line 2" },
	{ "x", NULL, CONF_USER_NO, "/system.conf:1: this is neither [section] nor key = value" },
	{ "[tls]\nkey=/k", NULL, CONF_USER_NO, "/system.conf:2: [tls] names 1 keys, but 0 certificates" },
	{ "[tls]\ncertificate=/a;/b\nkey=/k", NULL, CONF_USER_NO,
	  "/system.conf:3: [tls] names 1 keys, but 2 certificates" },
	{ "", "[mail]\nrot=/x", CONF_USER_NO, NULL },
	{ "", "[mail]\nrot=/x", CONF_USER_SERVED,
	  "/config/remuch.conf:2: [mail] has no key \"rot\"; did you mean \"root\"?" },
	{ "[mail]\nroot=/a", "[mail]\nroot=/b", CONF_USER_SERVED, NULL },
	{ "", "[auth]\nplain=always", CONF_USER_SERVED,
	  "/config/remuch.conf:2: [auth] plain is for the system's file; here only [mail] counts" },
	{ "", "[log]\nto=stderr", CONF_USER_SERVED,
	  "/config/remuch.conf:2: [log] to is for the system's file; here only [mail] counts" },
	{ "", "[mail]\n\nkeywords = $Junk=spam;$Bulk=spam", CONF_USER_SERVED,
	  "/config/remuch.conf:3: [mail] keywords names the tag spam twice" },
	{ "", "[mail]\nro\x1b[1m=/x", CONF_USER_SERVED, "/config/remuch.conf:2: the line holds a control character" },
};

static void tells_errors(void **state)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		struct conf      *c = NULL;
		struct conf_error e = { "" };
		int               r;

		write_file(sys_path, errors[i].system);
		write_file(own_path, errors[i].own ? errors[i].own : "");
		r = conf_load(sys_path, errors[i].user, &c, &e);
		if (errors[i].error) {
			assert_int_equal(r, -EBADMSG);
			assert_null(c);
			assert_memory_equal(e.text, dir, strlen(dir));
			assert_string_equal(e.text + strlen(dir), errors[i].error);
		} else {
			assert_int_equal(r, 0);
			conf_free(c);
		}
	}
}

static void tells_unreadable(void **state)
{
	struct conf      *c = NULL;
	struct conf_error e = { "" };

	assert_int_equal(conf_load("/nonexistent/remuch.conf", CONF_USER_NO, &c, &e), -ENOENT);
	assert_string_equal(e.text, "/nonexistent/remuch.conf cannot be read: No such file or directory");
	assert_int_equal(conf_load(dir, CONF_USER_NO, &c, &e), -EISDIR);
	assert_null(c);
}

/* As root a user's own file counts for less, so this part is run as somebody else. */
static void own_file_overrules(void **state)
{
	struct conf      *c;
	struct conf_error e = { "" };
	char              config[128];
	uid_t             was = geteuid();

	snprintf(config, sizeof(config), "%s/config", dir);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_int_equal(chmod(config, 0755), 0);
	c = load("[mail]\nroot=/a\nsent=A\n[tls]\ncertificate=/a.pem\nkey=/a.key\n",
		 "[mail]\nroot=/b\n[tls]\ncertificate=/b.pem\n", CONF_USER_NO);
	assert_string_equal(c->keys.v[0], "/a.key");
	conf_free(c);
	if (was == 0)
		assert_int_equal(seteuid(12345), 0);
	assert_int_equal(conf_load(sys_path, CONF_USER_OWN, &c, &e), 0);
	assert_int_equal(seteuid(was), 0);
	assert_string_equal(c->mail_root, "/b");
	assert_string_equal(c->sent, "A");
	assert_string_equal(c->certificates.v[0], "/b.pem");
	assert_int_equal(c->keys.n, 1);
	assert_string_equal(c->keys.v[0], "/b.pem");
	conf_free(c);
}

static void uses_credentials(void **state)
{
	struct conf *c;
	char         path[128];

	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	snprintf(path, sizeof(path), "%s/cert.pem", dir);
	write_file(path, "");
	c = load("", NULL, CONF_USER_NO);
	assert_int_equal(c->certificates.n, 0);
	conf_free(c);
	snprintf(path, sizeof(path), "%s/key.pem", dir);
	write_file(path, "");
	c = load("", NULL, CONF_USER_NO);
	assert_int_equal(c->certificates.n, 1);
	assert_string_equal(c->keys.v[0], path);
	conf_free(c);
	c = load("[tls]\ncertificate=/c\n", NULL, CONF_USER_NO);
	assert_string_equal(c->certificates.v[0], "/c");
	conf_free(c);
	c = load("[tls]\ncertificate=\n", NULL, CONF_USER_NO);
	assert_int_equal(c->certificates.n, 0);
	conf_free(c);
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void describes(void **state)
{
	struct conf *c = load("[mail]\nroot=/m\n", "\n[mail]\nsent=Out\n", CONF_USER_SERVED);
	char        *text = NULL, want[300];
	size_t       n;
	FILE        *out = open_memstream(&text, &n);

	conf_describe(c, out);
	fclose(out);
	snprintf(want, sizeof(want), "[mail] root = /m (%s:2)\n[mail] notmuch_config is not set (default)\n", sys_path);
	assert_memory_equal(text, want, strlen(want));
	snprintf(want, sizeof(want), "\n[mail] sent = Out (%s:3)\n", own_path);
	assert_non_null(strstr(text, want));
	assert_non_null(strstr(text, "\n[mail] append_max = 256M (default)\n"));
	assert_non_null(strstr(text, "\n[service] sandbox = required (default)\n"));
	free(text);
	conf_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(has_defaults, setup, teardown),
		cmocka_unit_test_setup_teardown(reads_everything, setup, teardown),
		cmocka_unit_test_setup_teardown(tells_errors, setup, teardown),
		cmocka_unit_test_setup_teardown(tells_unreadable, setup, teardown),
		cmocka_unit_test_setup_teardown(own_file_overrules, setup, teardown),
		cmocka_unit_test_setup_teardown(uses_credentials, setup, teardown),
		cmocka_unit_test_setup_teardown(describes, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
