#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "conf_keys.h"
#include "limits.h"

static const struct {
	const char *section, *key, *in;
	const char *shown;      /* NULL: refused */
	const char *why;        /* part of the reason */
} values[] = {
	{ "mail", "root", "/m", "/m", NULL },
	{ "mail", "root", "~/Mail dir", "~/Mail dir", NULL },
	{ "mail", "root", "/m\\s", "/m\\s", NULL },
	{ "mail", "root", "/m\\\\n", "/m\\\\n", NULL },
	{ "mail", "root", "", "", NULL },
	{ "mail", "root", "mail", NULL, "absolute" },
	{ "mail", "root", "~other/m", NULL, "absolute" },
	{ "mail", "root", "/m\\q", NULL, "\\" },
	{ "mail", "root", "/m\\n", NULL, "control" },
	{ "mail", "inbox", "In/Box", "In/Box", NULL },
	{ "mail", "inbox", "Post\xc3\xa4ngang", "Post\xc3\xa4ngang", NULL },
	{ "mail", "inbox", "/In", NULL, "folder" },
	{ "mail", "inbox", "In/", NULL, "folder" },
	{ "mail", "inbox", "a//b", NULL, "folder" },
	{ "mail", "inbox", "a/../b", NULL, "folder" },
	{ "mail", "inbox", ".", NULL, "folder" },
	{ "mail", "sent", "", "", NULL },
	{ "mail", "layout", "maildir++", "maildir++", NULL },
	{ "mail", "layout", "Nested", NULL, "must be nested or maildir++" },
	{ "mail", "layout", "", NULL, "must be" },
	{ "mail", "search", "exact", "exact", NULL },
	{ "mail", "search", "index", "index", NULL },
	{ "mail", "search", "fast", NULL, "must be index or exact" },
	{ "mail", "keywords", "", "", NULL },
	{ "mail", "keywords", "$label1=to do;$Junk=spam;", "$label1=to do;$Junk=spam", NULL },
	{ "mail", "keywords", "a=b=c", "a=b=c", NULL },
	{ "mail", "keywords", "a=x\\;y;b=\xc3\xa4", "a=x\\;y;b=\xc3\xa4", NULL },
	{ "mail", "keywords", "$Junk", NULL, "must be such as" },
	{ "mail", "keywords", "$Junk=spam;;", NULL, "must be such as" },
	{ "mail", "keywords", "=spam", NULL, "no IMAP keyword" },
	{ "mail", "keywords", "\\\\Seen=x", NULL, "no IMAP keyword" },
	{ "mail", "keywords", "a b=x", NULL, "no IMAP keyword" },
	{ "mail", "keywords", "\xc3\xa4=x", NULL, "no IMAP keyword" },
	{ "mail", "keywords", "$forwarded=x", NULL, "passed" },
	{ "mail", "keywords", "a=", NULL, "no tag for a" },
	{ "mail", "keywords", "a=-x", NULL, "no tag for a" },
	{ "mail", "keywords", "a=x\\ty", NULL, "no tag for a" },
	{ "mail", "keywords", "a=unread", NULL, "which is a flag" },
	{ "mail", "keywords", "a=x;A=y", NULL, "names A twice" },
	{ "mail", "keywords", "a=x;b=x", NULL, "names the tag x twice" },
	{ "mail", "keywords", "a\\q=x", NULL, "\\" },
	{ "mail", "append_max", "1", "1", NULL },
	{ "mail", "append_max", "1000", "1000", NULL },
	{ "mail", "append_max", "1025", "1025", NULL },
	{ "mail", "append_max", "2048", "2K", NULL },
	{ "mail", "append_max", "10M", "10M", NULL },
	{ "mail", "append_max", "2G", "2G", NULL },
	{ "mail", "append_max", "8589934591G", "8589934591G", NULL },
	{ "mail", "append_max", "8589934592G", NULL, "large" },
	{ "mail", "append_max", "99999999999999999999", NULL, "size" },
	{ "mail", "append_max", "0", NULL, "size" },
	{ "mail", "append_max", "K", NULL, "size" },
	{ "mail", "append_max", "-1", NULL, "size" },
	{ "mail", "append_max", "10 M", NULL, "size" },
	{ "mail", "append_max", "", NULL, "size" },
	{ "auth", "users", "/etc/remuch.users", "/etc/remuch.users", NULL },
	{ "auth", "users", "users", "/cred/users", NULL },
	{ "auth", "users", "a/users", NULL, "absolute" },
	{ "auth", "plain", "no", NULL, "must be tls, loopback or always" },
	{ "tls", "certificate", "/a.pem;~/b.pem;c.pem", "/a.pem;~/b.pem;/cred/c.pem", NULL },
	{ "tls", "certificate", "/a\\;b", "/a\\;b", NULL },
	{ "tls", "certificate", "", "", NULL },
	{ "tls", "certificate", "/a;;/b", NULL, "empty member" },
	{ "tls", "certificate", "/a\\", NULL, "\\" },
	{ "log", "level", "debug", "debug", NULL },
	{ "service", "sandbox", "optional", "optional", NULL },
};

static void sets_and_shows(void **state)
{
	setenv("CREDENTIALS_DIRECTORY", "/cred", 1);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		const struct conf_key *k = conf_keys_find(str_of(values[i].section), str_of(values[i].key));
		struct conf            c = { .arena = ARENA_INIT };
		struct buf             b = BUF(1000);
		const char            *why = NULL;
		int                    r;

		assert_non_null(k);
		r = conf_keys_set(&c, k, str_of(values[i].in), &why);
		assert_int_equal(r, values[i].shown ? 0 : -EINVAL);
		if (r == 0) {
			conf_keys_show(&c, k, &b);
			assert_string_equal(buf_z(&b), values[i].shown);
		} else {
			assert_non_null(strstr(why, values[i].why));
		}
		buf_free(&b);
		arena_free(&c.arena);
	}
}

static void needs_credentials_directory(void **state)
{
	struct conf c = { .arena = ARENA_INIT };
	const char *why;

	unsetenv("CREDENTIALS_DIRECTORY");
	assert_int_equal(conf_keys_set(&c, conf_keys_find(STR("auth"), STR("users")), STR("users"), &why), -EINVAL);
	assert_non_null(strstr(why, "CREDENTIALS_DIRECTORY"));
	arena_free(&c.arena);
}

static const struct {
	const char *section, *key, *want;
} likely[] = {
	{ "mail", "rot", "root" },
	{ "mail", "raot", "root" },
	{ "mail", "snet", "sent" },
	{ "mail", "notmuch-config", "notmuch_config" },
	{ "mail", "junks", "junk" },
	{ "mail", "elephant", NULL },
	{ "mail", "to", NULL },
	{ "tls", "cert", NULL },
	{ "tls", "certificates", "certificate" },
	{ "mial", NULL, "mail" },
	{ "tsl", NULL, "tls" },
	{ "ssl", NULL, NULL },
	{ "TLS", NULL, NULL },
	{ "x", NULL, NULL },
};

static void proposes(void **state)
{
	for (size_t i = 0; i < sizeof(likely) / sizeof(*likely); i++) {
		struct str  section = str_of(likely[i].section);
		const char *got = likely[i].key ? conf_keys_near_key(section, str_of(likely[i].key)) :
						  conf_keys_near_section(section);

		if (likely[i].want) {
			assert_non_null(got);
			assert_string_equal(got, likely[i].want);
		} else {
			assert_null(got);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_and_shows),
		cmocka_unit_test(needs_credentials_directory),
		cmocka_unit_test(proposes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
