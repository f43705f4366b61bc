/* Reading and writing the notmuch index. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"
#include "index_write.h"
#include "store_priv.h"
#include "vec.h"

static struct index_conf *conf(struct fixture *f)
{
	return f->store->index_conf;
}

static struct index_writer *writer(struct fixture *f)
{
	struct index_writer *w;
	const char          *why = "";

	if (index_writer_open(conf(f), &w, &why) < 0)
		fail_msg("index_writer_open: %s", why);
	assert_int_equal(index_writer_begin(w), 0);
	return w;
}

static void finish(struct index_writer *w)
{
	assert_int_equal(index_writer_commit(w), 0);
	index_writer_close(w);
}

static struct index *reader(struct fixture *f)
{
	struct index *x;
	const char   *why = "";

	if (index_open(conf(f), &x, &why) < 0)
		fail_msg("index_open: %s", why);
	return x;
}

static const struct str two_tags[] = { STR_LIT("inbox"), STR_LIT("unread") };
static const struct str odd_tags[] = { STR_LIT("a \"b\""), STR_LIT("zz (x) or *") };

/* Write a mail and index it. */
static struct str add(struct fixture *f, struct index_writer *w, const char *path, const char *id)
{
	struct str got = STR_NONE;

	fixture_mail(f, path, id);
	assert_int_equal(index_writer_add(w, STR_NONE, path, two_tags, 2, &f->a, &got), 0);
	return got;
}

/* "id: tag tag; ..." of what callbacks were told. */
struct told {
	struct buf b;
};

static void tell_tags(struct told *t, const struct str *tags, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(&t->b, " %.*s", STR_ARG(tags[i]));
	buf_puts(&t->b, ";");
}

static void tell_message(void *arg, struct str id, const struct str *tags, size_t n)
{
	struct told *t = arg;

	buf_printf(&t->b, "%.*s:", STR_ARG(id));
	tell_tags(t, tags, n);
}

static void tell_nth(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct told *t = arg;

	buf_printf(&t->b, "%zu%s", i, known ? ":" : "?");
	tell_tags(t, tags, n);
}

static void tell_path(void *arg, struct str path)
{
	struct told *t = arg;

	buf_printf(&t->b, "%.*s;", STR_ARG(path));
}

static void tell_id(void *arg, struct str id)
{
	tell_path(arg, id);
}

static void assert_told(struct told *t, const char *want)
{
	assert_string_equal(buf_z(&t->b), want);
	buf_free(&t->b);
}

#define TOLD { BUF(1 << 20) }

static void assert_changed(struct index *x, uint64_t since, const char *want)
{
	struct told t = TOLD;

	assert_int_equal(index_changed(x, since, tell_message, &t), 0);
	assert_told(&t, want);
}

static void assert_search(struct index *x, const char *query, const char *want)
{
	struct told t = TOLD;

	assert_int_equal(index_search(x, query, tell_id, &t), 0);
	assert_told(&t, want);
}

static void absent(void **state)
{
	struct fixture *f = *state;
	struct index   *x;
	const char     *why = NULL;

	assert_int_equal(index_open(conf(f), &x, &why), -ENOENT);
	assert_non_null(why);
}

static void follow_changes(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index_version v, later;
	struct index        *x;

	assert_true(str_eq(add(f, w, "cur/1:2,S", "one@x"), STR("one@x")));
	add(f, w, "new/2", "two@x");
	assert_int_equal(index_writer_commit(w), 0);
	x = reader(f);
	assert_changed(x, 0, "one@x: inbox unread;two@x: inbox unread;");
	usleep(30 * 1000);
	assert_int_equal(index_refresh(x), 0);
	assert_false(index_moved(x));
	index_version(x, &v);
	assert_changed(x, v.revision, "");

	assert_int_equal(index_writer_begin(w), 0);
	assert_int_equal(index_writer_tags(w, STR("two@x"), odd_tags, 2, two_tags, 1), 0);
	assert_int_equal(index_writer_tags(w, STR("none@x"), odd_tags, 2, two_tags, 1), 0);
	assert_false(index_moved(x));
	finish(w);
	assert_true(index_moved(x));
	assert_int_equal(index_refresh(x), 0);
	assert_changed(x, v.revision, "two@x: a \"b\" unread zz (x) or *;");
	index_version(x, &later);
	assert_true(later.revision > v.revision);
	assert_string_equal(later.uuid, v.uuid);

	/* What changes nothing leaves no trace. */
	w = writer(f);
	assert_int_equal(index_writer_tags(w, STR("two@x"), odd_tags, 2, two_tags, 1), 0);
	finish(w);
	assert_int_equal(index_refresh(x), 0);
	assert_changed(x, later.revision, "");
	index_close(x);
}

static void search(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index        *x;
	struct told          t = TOLD;

	add(f, w, "cur/1:2,S", "one@x");
	add(f, w, "cur/2:2,S", "two@x");
	finish(w);
	x = reader(f);
	assert_search(x, "subject:one", "one@x;");
	assert_search(x, "body:\"hello\"", "one@x;two@x;");
	assert_search(x, "tag:nothing", "");
	assert_true(index_search(x, "not*", tell_id, &t) < 0);
	buf_free(&t.b);
	index_close(x);
}

/* Few ids are looked up, many come from queries: both say the same. */
static void tags_both_ways(void **state)
{
	enum { N = 100 };
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index        *x;
	struct told          few = TOLD, many = TOLD;
	struct str           ids[N];

	for (int i = 0; i < N; i++) {
		ids[i] = str_of(arena_printf(&f->a, "%d@x", i));
		if (i % 10 == 3)
			continue;
		add(f, w, arena_printf(&f->a, "cur/%d:2,", i), ids[i].p);
		if (i % 10 == 5)
			assert_int_equal(index_writer_tags(w, ids[i], odd_tags, 2, two_tags, 2), 0);
		if (i % 10 == 7)
			assert_int_equal(index_writer_tags(w, ids[i], NULL, 0, two_tags, 2), 0);
	}
	ids[1] = STR("");
	ids[9] = ids[5];
	finish(w);
	x = reader(f);
	assert_int_equal(index_tags(x, ids, 10, tell_nth, &few), 0);
	assert_string_equal(buf_z(&few.b), "0: inbox unread;1?;2: inbox unread;3?;4: inbox unread;5: a \"b\" zz (x) or *;6: inbox unread;7:;"
					   "8: inbox unread;9: a \"b\" zz (x) or *;");
	assert_int_equal(index_tags(x, ids, N, tell_nth, &many), 0);
	assert_true(str_starts(buf_view(&many.b), buf_view(&few.b)));
	assert_non_null(strstr(buf_z(&many.b), "93?;94: inbox unread;95: a \"b\" zz (x) or *;96: inbox unread;97:;"));
	buf_free(&few.b);
	buf_free(&many.b);
	index_close(x);
}

static void known_files(void **state)
{
	static const struct str names[] = { STR_LIT("1:2,S"), STR_LIT("2:2,FS"), STR_LIT("3"), STR_LIT("1") };
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index        *x;
	bool                 known[4] = { false };

	add(f, w, "Work/cur/1:2,S", "one@x");
	add(f, w, "Work/cur/2:2,S", "two@x");
	finish(w);
	x = reader(f);
	assert_int_equal(index_knows_files(x, "Work/cur", names, 4, known), 0);
	assert_true(known[0] && known[1] && !known[2] && known[3]);
	assert_int_equal(index_knows_files(x, "Work/cur", names, 1, known), 0);
	assert_true(known[0]);
	assert_int_equal(index_knows_files(x, "Work/new", names, 2, known), 0);
	assert_false(known[0] || known[1]);
	index_close(x);
}

static void files_of_a_message(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct told          t = TOLD;
	struct str           id;

	add(f, w, "cur/1:2,S", "one@x");
	assert_int_equal(index_writer_add(w, STR_NONE, "cur/1:2,S", odd_tags, 2, &f->a, &id), 0);
	add(f, w, "Work/new/2", "one@x");
	assert_int_equal(index_writer_tags(w, STR("one@x"), &(struct str)STR_LIT("flagged"), 1, &two_tags[1], 1), 0);
	assert_int_equal(index_writer_rename(w, STR("one@x"), tell_path, &t), 0);
	assert_non_null(strstr(buf_z(&t.b), "Work/cur/2:2,FS;"));
	assert_non_null(strstr(buf_z(&t.b), "cur/1:2,FS;"));
	assert_true(fixture_has(f, "Work/cur/2:2,FS"));
	assert_false(fixture_has(f, "Work/new/2"));
	assert_int_equal(index_writer_remove(w, STR("one@x"), STR("Work"), STR("1"), false), 0);
	assert_int_equal(index_writer_remove(w, STR("one@x"), STR(""), STR("1"), false), 0);
	buf_reset(&t.b);
	assert_int_equal(index_writer_rename(w, STR("one@x"), tell_path, &t), 0);
	assert_string_equal(buf_z(&t.b), "Work/cur/2:2,FS;");
	assert_int_equal(index_writer_remove(w, STR("one@x"), STR("Work"), STR("2"), true), 0);    /* the last one, with its tags */
	buf_reset(&t.b);
	assert_int_equal(index_writer_rename(w, STR("one@x"), tell_path, &t), 0);
	assert_string_equal(buf_z(&t.b), "Work/cur/2:2,FS;");
	assert_int_equal(index_writer_remove(w, STR("one@x"), STR("Work"), STR("2"), false), 0);
	assert_int_equal(index_writer_remove(w, STR("one@x"), STR("Work"), STR("2"), false), 0);
	buf_reset(&t.b);
	assert_int_equal(index_writer_rename(w, STR("one@x"), tell_path, &t), 0);
	assert_told(&t, "");
	finish(w);
}

static void no_mail(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct str           id;

	fixture_write(f, "cur/junk", "this is\nno mail\n");
	assert_int_equal(index_writer_add(w, STR_NONE, "cur/junk", NULL, 0, &f->a, &id), -EBADMSG);
	assert_int_equal(index_writer_add(w, STR_NONE, "cur/none", NULL, 0, &f->a, &id), -ENOENT);
	fixture_write(f, "cur/noid", "From: a@b\nSubject: x\n\nText\n");
	assert_int_equal(index_writer_add(w, STR_NONE, "cur/noid", NULL, 0, &f->a, &id), 0);
	assert_true(str_starts(id, STR("notmuch-sha1-")));
	finish(w);
}

/* A file that was renamed behind notmuch's back, as after a kill between rename(2) and the commit. */
static void lost_files(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct told          t = TOLD;
	struct str           id;

	add(f, w, "new/1", "one@x");
	add(f, w, "cur/2:2,", "two@x");
	fixture_move(f, "new/1", "cur/1:2,S");
	fixture_remove(f, "cur/2:2,");
	assert_int_equal(index_writer_tags(w, STR("one@x"), NULL, 0, &two_tags[1], 1), 0);
	assert_int_equal(index_writer_rename(w, STR("one@x"), tell_path, &t), 0);
	assert_int_equal(index_writer_rename(w, STR("two@x"), tell_path, &t), 0);
	assert_string_equal(buf_z(&t.b), "cur/1:2,S;cur/2:2,;");
	buf_free(&t.b);
	fixture_mail(f, "cur/3:2,S", "three@x");
	assert_int_equal(index_writer_add(w, STR_NONE, "new/3", NULL, 0, &f->a, &id), 0);
	finish(w);
	assert_true(fixture_has(f, "cur/1:2,S"));
}

static void dropped_without_commit(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index        *x;

	add(f, w, "cur/1:2,S", "one@x");
	finish(w);
	w = writer(f);
	assert_int_equal(index_writer_tags(w, STR("one@x"), odd_tags, 2, NULL, 0), 0);
	index_writer_close(w);
	x = reader(f);
	assert_changed(x, 0, "one@x: inbox unread;");
	index_close(x);
}

static void remove_database(struct fixture *f)
{
	char command[200];

	snprintf(command, sizeof(command), "rm -rf %s/.notmuch", f->mail);
	assert_int_equal(system(command), 0);
}

static void rebuilt(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index_version before, after;
	struct index        *x;

	add(f, w, "cur/1:2,S", "one@x");
	finish(w);
	x = reader(f);
	index_version(x, &before);
	remove_database(f);
	assert_true(index_moved(x));
	assert_int_equal(index_refresh(x), -EIO);
	assert_true(index_moved(x));
	assert_int_equal(index_search(x, "*", tell_id, NULL), -EIO);
	w = writer(f);
	add(f, w, "cur/2:2,S", "two@x");
	finish(w);
	assert_int_equal(index_refresh(x), 0);
	assert_changed(x, 0, "two@x: inbox unread;");
	index_version(x, &after);
	assert_string_not_equal(before.uuid, after.uuid);
	index_close(x);
}

/* A reader that many commits pass while it holds an old revision still answers, with each message once. */
static void overtaken(void **state)
{
	enum { N = 300, COMMITS = 40 };
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);
	struct index        *x;
	struct told          t = TOLD;
	size_t               lines = 0;

	for (int i = 0; i < N; i++)
		add(f, w, arena_printf(&f->a, "cur/%d:2,", i), arena_printf(&f->a, "%d@x", i));
	assert_int_equal(index_writer_commit(w), 0);
	x = reader(f);
	for (int c = 0; c < COMMITS; c++) {
		assert_int_equal(index_writer_begin(w), 0);
		for (int i = c % 7; i < N; i += 7)
			assert_int_equal(index_writer_tags(w, str_of(arena_printf(&f->a, "%d@x", i)), c % 2 ? odd_tags : NULL,
				c % 2 ? 2 : 0, c % 2 ? NULL : odd_tags, c % 2 ? 0 : 2), 0);
		assert_int_equal(index_writer_commit(w), 0);
	}
	index_writer_close(w);
	assert_int_equal(index_changed(x, 0, tell_message, &t), 0);
	for (size_t i = 0; i < t.b.n; i++)
		lines += t.b.p[i] == ';';
	assert_int_equal(lines, N);
	buf_free(&t.b);
	index_close(x);
}

/* The lock is given back by commit: another process can write before the writer is closed. */
static void lock_given_back(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f), *other;
	struct index        *x;
	const char          *why;
	pid_t                pid;
	int                  status;

	add(f, w, "cur/1:2,S", "one@x");
	assert_int_equal(index_writer_commit(w), 0);
	pid = fork();
	if (pid == 0) {
		alarm(20);
		_exit(index_writer_open(conf(f), &other, &why) == 0 && index_writer_begin(other) == 0 &&
				index_writer_tags(other, STR("one@x"), odd_tags, 1, NULL, 0) == 0 && index_writer_commit(other) == 0 ?
			0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(index_writer_begin(w), 0);
	assert_int_equal(index_writer_tags(w, STR("one@x"), &odd_tags[1], 1, NULL, 0), 0);
	finish(w);
	x = reader(f);
	assert_changed(x, 0, "one@x: a \"b\" inbox unread zz (x) or *;");
	index_close(x);
}

/* The database is deleted between two batches of a drainer: that is an error and no more, and the next writer makes a new one. */
static void deleted_under_a_writer(void **state)
{
	struct fixture      *f = *state;
	struct index_writer *w = writer(f);

	add(f, w, "cur/1:2,S", "one@x");
	assert_int_equal(index_writer_commit(w), 0);
	remove_database(f);
	assert_int_equal(index_writer_begin(w), -EIO);
	assert_int_equal(index_writer_begin(w), -EIO);
	index_writer_close(w);
	w = writer(f);
	assert_true(str_eq(add(f, w, "cur/1:2,S", "one@x"), STR("one@x")));
	finish(w);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(absent), T(follow_changes), T(search), T(tags_both_ways), T(known_files), T(files_of_a_message), T(no_mail), T(lost_files),
		T(dropped_without_commit), T(rebuilt), T(overtaken), T(lock_given_back),
		T(deleted_under_a_writer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
