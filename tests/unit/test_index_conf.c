/* notmuch's configuration, as notmuch-config(1) says it is found and read. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "buf.h"
#include "index.h"

static char top[32];

static char *under(const char *path)
{
	static char text[4][256];
	static int  i;

	i = (i + 1) % 4;
	snprintf(text[i], sizeof(text[i]), "%s/%s", top, path);
	return text[i];
}

static void write_conf(const char *path, const char *fmt, const char *arg)
{
	FILE *f = fopen(under(path), "w");

	assert_non_null(f);
	fprintf(f, "[database]\n");
	fprintf(f, "path=%s/%s\n", top, arg);
	fputs(fmt, f);
	fclose(f);
}

static int setup(void **state)
{
	strcpy(top, "/tmp/test_conf.XXXXXX");
	assert_non_null(mkdtemp(top));
	mkdir(under("mail"), 0700);
	mkdir(under("other"), 0700);
	mkdir(under(".config"), 0700);
	mkdir(under(".config/notmuch"), 0700);
	mkdir(under(".config/notmuch/default"), 0700);
	setenv("HOME", top, 1);
	unsetenv("NOTMUCH_CONFIG");
	unsetenv("NOTMUCH_PROFILE");
	unsetenv("NOTMUCH_DATABASE");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("MAILDIR");
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static int teardown(void **state)
{
	return nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static struct index_conf *load(const char *config, const char *mail_root)
{
	struct index_conf *c = NULL;
	const char        *why = "";
	struct buf         kept = BUF(1000000);
	int                r = index_conf_load(config, mail_root, &kept, &c, &why);

	buf_free(&kept);
	if (r < 0)
		fail_msg("index_conf_load: %d %s", r, why);
	return c;
}

static void *load_kept(struct buf *kept)
{
	struct index_conf *c = NULL;
	const char        *why = "";

	assert_int_equal(index_conf_load(under("conf"), NULL, kept, &c, &why), 0);
	return c;
}

static void assert_tags(const struct index_conf *c, const char *want)
{
	struct buf b = { .max = 1000 };

	for (size_t i = 0; i < c->n_new_tags; i++) {
		buf_str(&b, c->new_tags[i]);
		buf_putc(&b, ' ');
	}
	assert_string_equal(buf_z(&b), want);
	buf_free(&b);
}

static void settings(void **state)
{
	struct index_conf *c;

	write_conf("conf", "[new]\ntags=fresh;mine;\nignore=.mbsyncstate;/^lists\\/spam$/;[\n[maildir]\nsynchronize_flags=false\n", "mail");
	c = load(under("conf"), NULL);
	assert_string_equal(c->config, under("conf"));
	assert_string_equal(c->mail_root, under("mail"));
	assert_string_equal(c->database, under("mail"));
	assert_tags(c, "fresh mine ");
	assert_false(c->synchronize_flags);
	assert_true(index_ignored(c, ".mbsyncstate"));
	assert_true(index_ignored(c, "a/b/.mbsyncstate"));
	assert_true(index_ignored(c, ".mbsyncstate/cur"));
	assert_false(index_ignored(c, "x.mbsyncstate"));
	assert_true(index_ignored(c, "lists/spam"));
	assert_true(index_ignored(c, "lists/spam/cur/1"));
	assert_false(index_ignored(c, "lists/spam2"));
	assert_false(index_ignored(c, "a/lists/spam"));
	assert_true(index_ignored(c, ".notmuch/xapian"));
	assert_false(index_ignored(c, ""));
	index_conf_free(c);
}

static void search_order(void **state)
{
	struct index_conf *c;

	write_conf(".notmuch-config", "[new]\ntags=home\n", "mail");
	c = load(NULL, NULL);
	assert_tags(c, "home ");
	assert_true(c->synchronize_flags);
	index_conf_free(c);

	write_conf(".notmuch-config.work", "[new]\ntags=work\n", "mail");
	setenv("NOTMUCH_PROFILE", "work", 1);
	c = load(NULL, NULL);
	assert_tags(c, "work ");
	index_conf_free(c);
	unsetenv("NOTMUCH_PROFILE");

	write_conf(".config/notmuch/default/config", "[new]\ntags=xdg\n", "mail");
	c = load(NULL, NULL);
	assert_tags(c, "xdg ");
	index_conf_free(c);

	write_conf("conf", "[new]\ntags=env\n", "mail");
	setenv("NOTMUCH_CONFIG", under("conf"), 1);
	c = load(NULL, NULL);
	assert_tags(c, "env ");
	index_conf_free(c);
}

static void mail_root_apart(void **state)
{
	struct index_conf *c;
	char               line[256];

	snprintf(line, sizeof(line), "mail_root=%s\n", under("mail"));
	write_conf("conf", line, "other");
	c = load(under("conf"), NULL);
	assert_string_equal(c->mail_root, under("mail"));
	assert_string_equal(c->database, under("other"));
	index_conf_free(c);
}

static void given_mail_root(void **state)
{
	struct index_conf *c;

	write_conf("conf", "[new]\ntags=x\n", "mail");
	c = load(under("conf"), under("mail/"));
	assert_string_equal(c->mail_root, under("mail"));
	assert_string_equal(c->open_config, under("conf"));
	index_conf_free(c);
	c = load(under("conf"), under("other"));
	assert_string_equal(c->mail_root, under("other"));
	assert_string_equal(c->database, under("other"));
	assert_string_equal(c->open_config, "");
	assert_tags(c, "x ");
	index_conf_free(c);
	c = load(NULL, under("other"));
	assert_null(c->config);
	assert_string_equal(c->mail_root, under("other"));
	assert_tags(c, "unread inbox ");
	index_conf_free(c);
}

static void failures(void **state)
{
	struct index_conf *c = NULL;
	const char        *why = NULL;
	struct buf         kept = BUF(1000000);
	FILE              *f;

	assert_int_equal(index_conf_load(under("none"), NULL, &kept, &c, &why), -ENOENT);
	assert_non_null(strstr(why, under("none")));
	rmdir(under("mail"));
	assert_int_equal(index_conf_load(NULL, NULL, &kept, &c, &why), -ENOENT);
	f = fopen(under("conf"), "w");
	assert_non_null(f);
	fputs("not a key file\n", f);
	fclose(f);
	assert_int_equal(index_conf_load(under("conf"), NULL, &kept, &c, &why), -EINVAL);
	assert_null(c);
	buf_free(&kept);
}

static void notmuch(const char *args)
{
	char command[600];

	snprintf(command, sizeof(command), "notmuch --config=%s %s", under("conf"), args);
	assert_int_equal(system(command), 0);
}

/* When somebody wrote the database last, as seen from now. */
static void written(int seconds)
{
	struct timespec t[2];

	clock_gettime(CLOCK_REALTIME, &t[0]);
	t[0].tv_sec += seconds;
	t[1] = t[0];
	assert_int_equal(utimensat(AT_FDCWD, under("mail/.notmuch/xapian/iamglass"), t, 0), 0);
}

static void assert_kept(struct buf *kept, bool asked_anew, const char *tags)
{
	struct buf         before = BUF(1000000);
	struct index_conf *c;

	buf_str(&before, buf_view(kept));
	c = load_kept(kept);
	assert_int_equal(!str_eq(buf_view(kept), buf_view(&before)), asked_anew);
	assert_string_equal(c->mail_root, under("mail"));
	assert_false(c->synchronize_flags);
	assert_true(index_ignored(c, "lists/spam"));
	assert_true(index_ignored(c, ".mbsyncstate"));
	assert_tags(c, tags);
	index_conf_free(c);
	buf_free(&before);
}

/* The answer is kept until the file or the database changes. */
static void kept_answer(void **state)
{
	static const char ignore[] = "[new]\nignore=.mbsyncstate;/^lists\\/spam$/\n";
	static const char more[] = "[new]\nignore=.mbsyncstate;/^lists\\/spam$/\ntags=two;x\n";
	struct buf        kept = BUF(1000000);

	write_conf("conf", ignore, "mail");
	index_conf_free(load_kept(&kept));
	assert_int_equal(kept.n, 0);                    /* no database: nothing tells when one with settings comes */
	notmuch("new --quiet");
	notmuch("config set --database maildir.synchronize_flags false");
	notmuch("config set --database new.tags one");
	written(1);
	index_conf_free(load_kept(&kept));
	assert_int_equal(kept.n, 0);                    /* it was written this moment, and may be once more */
	written(-1);
	assert_kept(&kept, true, "one ");
	assert_kept(&kept, false, "one ");
	notmuch("config set --database new.tags three");
	written(-2);
	assert_kept(&kept, true, "three ");
	write_conf("conf", more, "mail");
	assert_kept(&kept, true, "two x ");
	assert_kept(&kept, false, "two x ");
	kept.p[kept.n / 2] ^= 1;
	assert_kept(&kept, true, "two x ");
	buf_reset(&kept);
	buf_puts(&kept, "nonsense that is longer than what stands at the beginning");
	assert_kept(&kept, true, "two x ");
	setenv("NOTMUCH_PROFILE", "other", 1);          /* chooses other hooks, and may choose more */
	assert_kept(&kept, true, "two x ");
	unsetenv("NOTMUCH_PROFILE");
	buf_free(&kept);
}

/* A database that is broken takes no settings away. */
static void broken_database(void **state)
{
	struct index_conf *c;
	FILE              *f;

	mkdir(under("mail/.notmuch"), 0700);
	mkdir(under("mail/.notmuch/xapian"), 0700);
	f = fopen(under("mail/.notmuch/xapian/iamglass"), "w");
	assert_non_null(f);
	fputs("nonsense", f);
	fclose(f);
	write_conf("conf", "[new]\ntags=x\n", "mail");
	c = load(under("conf"), NULL);
	assert_tags(c, "x ");
	assert_string_equal(c->mail_root, under("mail"));
	index_conf_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(settings, setup, teardown),
		cmocka_unit_test_setup_teardown(search_order, setup, teardown),
		cmocka_unit_test_setup_teardown(mail_root_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(given_mail_root, setup, teardown),
		cmocka_unit_test_setup_teardown(failures, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_database, setup, teardown),
		cmocka_unit_test_setup_teardown(kept_answer, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
