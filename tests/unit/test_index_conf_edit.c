/* One query in notmuch's configuration file is changed, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "fd.h"
#include "index_conf_edit.h"

static char top[64], file[80], link_to[80];

static int set_up(void **state)
{
	strcpy(top, "/tmp/remuch-edit-XXXXXX");
	if (!mkdtemp(top))
		return -1;
	snprintf(file, sizeof(file), "%s/real", top);
	snprintf(link_to, sizeof(link_to), "%s/link", top);
	return symlink("real", link_to);
}

static int tear_down(void **state)
{
	unlink(file);
	unlink(link_to);
	return rmdir(top);              /* nothing else was left in it */
}

static void write_file(const char *content)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0640);

	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, content, strlen(content)), 0);
	close(fd);
}

static void expect_file(const char *content)
{
	struct buf b = BUF(10000);

	assert_int_equal(fd_read_file(AT_FDCWD, file, &b), 0);
	assert_string_equal(buf_z(&b), content);
	buf_free(&b);
}

static const struct {
	const char *before, *query, *text, *after;
} cases[] = {
	{ "[query]\na=1\nb=2\nc=3\n", "b", "tag:x", "[query]\na=1\nb=tag:x\nc=3\n" },
	{ "[query]\na=1\nb=2\nc=3\n", "b", "", "[query]\na=1\nc=3\n" },
	{ "# [query]\n[user]\nb=2\n\n [query] \n b = 2 # x\n# b=3\n[other]\nb=2", "b", "y", "# [query]\n[user]\nb=2\n\n [query] \nb=y\n# b=3\n[other]\nb=2" },
	{ "[query]\na b/c=1", "a b/c", "from:x or \"y=z\"", "[query]\na b/c=from:x or \"y=z\"\n" },
	{ "[query]\nb=1\n[query]\nb=2\n", "b", "3", "[query]\nb=3\n[query]\n" },
	{ "[query]\r\nb=1\r\nc=2\r\n", "b", "3", "[query]\r\nb=3\nc=2\r\n" },
	{ "[query]\nb=1\n", "b", "  a\\b  c", "[query]\nb=\\s\\sa\\\\b  c\n" },
	/* what is not there is not made */
	{ "[query]\nab=1\nb2=1\n", "b", "3", "[query]\nab=1\nb2=1\n" },
	{ "[search]\nb=1\n", "b", "3", "[search]\nb=1\n" },
	{ "", "b", "3", "" },
};

static void lines_are_replaced(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct index_conf c = { .open_config = i % 2 ? file : link_to };

		write_file(cases[i].before);
		for (int twice = 0; twice < 2; twice++) {
			assert_int_equal(index_conf_edit(&c, str_of(cases[i].query), str_of(cases[i].text)), 0);
			expect_file(cases[i].after);
		}
	}
}

static void the_file_stays_what_it_is(void **state)
{
	const struct index_conf c = { .open_config = link_to }, none = { .open_config = "" };
	struct stat             st;

	assert_int_equal(index_conf_edit(&none, STR("b"), STR("x")), 0);
	assert_false(index_conf_writable(&none));
	assert_int_equal(index_conf_edit(&c, STR("b"), STR("x")), 0);   /* there is no file */
	assert_false(index_conf_writable(&c));
	write_file("[query]\nb=1\n");
	chmod(file, 0604);
	assert_true(index_conf_writable(&c));
	assert_int_equal(index_conf_edit(&c, STR("b"), STR("x")), 0);
	assert_int_equal(lstat(link_to, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0604);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lines_are_replaced, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_file_stays_what_it_is, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
