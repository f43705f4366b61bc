/* The manual page and the sample tell what the table of keys says. Run at the top of the source. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "conf.h"
#include "conf_keys.h"
#include "fd.h"

static struct buf read_all(const char *path)
{
	struct buf b = BUF(100000);

	if (fd_read_file(AT_FDCWD, path, &b) < 0)
		fail_msg("%s cannot be read", path);
	return b;
}

/* What follows `head` in s, up to a line that begins with one of the two. Ends the test when there is none. */
static struct str block(struct str s, const char *head, const char *end, const char *end2)
{
	size_t     at = str_find(s, str_of(head)), to, to2;
	struct str rest;

	if (at == s.n)
		fail_msg("the page lacks%s", head);
	rest = str_from(s, at + strlen(head));
	to = str_find(rest, str_of(end));
	to2 = str_find(rest, str_of(end2));
	return str_mid(rest, 0, to < to2 ? to : to2);
}

static void expect(struct str text, const struct conf_key *k, bool wanted, const char *a, const char *b, const char *c)
{
	char needle[200];

	snprintf(needle, sizeof(needle), "%s%s%s", a, b, c);
	if ((str_find(text, str_of(needle)) < text.n) != wanted)
		fail_msg("[%s] %s: %s: %s", k->section, k->key, wanted ? "lacks" : "has", needle);
}

static void page_has_all_keys(void **state)
{
	struct buf page = read_all("common/conf/remuch.conf.5");
	struct str all = buf_view(&page);
	size_t     told = 0;

	for (size_t i = 0; i < conf_keys_n; i++) {
		const struct conf_key *k = &conf_keys[i];
		char                   head[100];
		struct str             text;

		snprintf(head, sizeof(head), "\n.Ss [%s]\\&\n", k->section);
		text = block(all, head, "\n.Ss ", "\n.Sh ");
		snprintf(head, sizeof(head), "\n.It Ic %s\n", k->key);
		text = block(text, head, "\n.It Ic ", "\n.Ss ");
		if (k->value)
			expect(text, k, true, "The default is\n.Cm ", k->value, " .");
		else
			expect(text, k, false, "The default is", "", "");
		expect(text, k, !k->value, "hen it is not set", "", "");
		for (size_t w = 0; k->words && k->words[w]; w++)
			expect(text, k, true, "Cm ", k->words[w], "");
	}
	for (size_t at; (at = str_find(all, STR("\n.It Ic "))) < all.n; all = str_from(all, at + 1))
		told++;
	assert_int_equal(told, conf_keys_n);
	buf_free(&page);
}

/* The sample with every "#key = value" line made to count. */
static void sample_has_all_keys(void **state)
{
	struct buf        sample = read_all("contrib/remuch.conf"), shown = BUF(1000);
	char              path[] = "/tmp/test_conf_page.XXXXXX";
	int               fd = mkstemp(path);
	struct conf_error e = { "" };
	struct conf      *c = NULL;

	assert_true(fd >= 0);
	for (size_t i = 0; i + 1 < sample.n; i++)
		if (sample.p[i] == '#' && sample.p[i + 1] != ' ')
			sample.p[i] = ' ';
	assert_int_equal(fd_write_all(fd, sample.p, sample.n), 0);
	fd_closep(&fd);
	if (conf_load(path, CONF_USER_NO, &c, &e) < 0)
		fail_msg("%s", e.text);
	unlink(path);
	for (size_t i = 0; i < conf_keys_n; i++) {
		if (c->origins[i].line == 0)
			fail_msg("[%s] %s is not in the sample", conf_keys[i].section, conf_keys[i].key);
		buf_reset(&shown);
		conf_keys_show(c, &conf_keys[i], &shown);
		if (conf_keys[i].value)
			assert_string_equal(buf_z(&shown), conf_keys[i].value);
	}
	conf_free(c);
	buf_free(&shown);
	buf_free(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_has_all_keys),
		cmocka_unit_test(sample_has_all_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
