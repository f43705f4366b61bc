/* Files whose names the drainer does not get hold of, since others rename them: the index has all of them in the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "journal.h"
#include "store_priv.h"

static size_t files_of_index(struct fixture *f, const struct str *names, size_t n)
{
	bool   known[2] = { false };
	size_t have = 0;

	assert_int_equal(index_knows_files(store_index(f->store), "cur", names, n, known), 0);
	for (size_t i = 0; i < n; i++)
		have += known[i];
	return have;
}

/* As one that is renamed each time it is looked for: the message has another, so its name is forgotten. */
static void a_file_that_the_index_lost(void **state)
{
	struct fixture      *f = *state;
	const struct str     names[] = { STR_LIT("1000000001.a.h:2,S"), STR_LIT("1000000002.b.h:2,S") };
	struct index_writer *w;
	struct box          *b;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "same@x");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "same@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	assert_int_equal(files_of_index(f, names, 2), 2);
	w = fixture_index_begin(f);
	assert_int_equal(index_writer_remove(w, STR("same@x"), STR(""), STR("1000000001.a.h"), true), 0);
	fixture_index_end(w);
	assert_int_equal(files_of_index(f, names, 2), 1);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	assert_int_equal(files_of_index(f, names, 2), 2);
	box_close(b);
}

/* The state has the index's name of a file, which somebody has changed since, and the letters say what the tags say. */
static void a_name_that_the_index_has_wrong(void **state)
{
	struct fixture   *f = *state;
	struct state_txn  t;
	struct state_file file;
	struct state_box  rec;
	struct box       *b;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	for (int asked = 0; asked < 2; asked++) {
		assert_int_equal(state_write(&f->store->state, &t), 0);
		assert_int_equal(state_box_get(&t, box_id(b), &rec, NULL), 0);
		assert_int_equal(state_file_get(&t, box_id(b), STR("1000000001.a.h"), &file, NULL), 0);
		assert_int_equal(state_file_put(&t, box_id(b), STR("1000000001.a.h"), &file, STR(":2,S")), 0);
		rec.cur_mtime = asked ? STATE_READ_AGAIN : 1;
		assert_int_equal(state_box_put(&t, &rec, STR_NONE), 0);
		assert_int_equal(state_commit(&t), 0);
		state_abort(&t);
		fixture_poll(f, b);
		assert_int_equal(fixture_journal(f), asked);
	}
	fixture_drain(f);
	fixture_index(f, "a@x", "known inbox unread");
	box_close(b);
}

/* As one that is renamed each time it is looked for, before the index ever had it. */
static void index_fails_to_find(struct fixture *f, const char *file)
{
	fixture_move(f, file, "elsewhere");
	fixture_drain(f);
	fixture_index(f, "a@x", "unknown");
}

static void a_file_that_the_index_never_found(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	fixture_mail(f, "new/1", "a@x");
	b = fixture_open(f, "INBOX");
	index_fails_to_find(f, "new/1");
	fixture_move(f, "elsewhere", "cur/1:2,");
	fixture_poll(f, b);
	fixture_drain(f);
	fixture_index(f, "a@x", "known inbox unread");
	box_close(b);
}

static void tags_of_what_the_index_never_found(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	fixture_mail(f, "cur/1:2,S", "a@x");
	b = fixture_open(f, "INBOX");
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "keep");
	index_fails_to_find(f, "cur/1:2,S");
	fixture_move(f, "elsewhere", "cur/1:2,S");
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	fixture_index(f, "a@x", "known inbox keep todo");
	box_close(b);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_file_that_the_index_lost), T(a_name_that_the_index_has_wrong), T(a_file_that_the_index_never_found),
		T(tags_of_what_the_index_never_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
