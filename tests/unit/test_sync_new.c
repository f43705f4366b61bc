/* A folder in which only new/ has changed: cur/ is not read, and what others do to both is found all the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "store_priv.h"

/* One message in cur/ and one in new/, and a file that only who reads cur/ finds. */
static void begin(struct fixture *f)
{
	fixture_mail(f, "cur/1000000001.a.h:2,S", "a@x");
	fixture_mail(f, "new/1000000002.b.h", "b@x");
	fixture_messages(f, "INBOX");
	fixture_settle(f, "INBOX");
	assert_true(fixture_is_noted(f, "INBOX", ""));
	fixture_hide(f, "cur/1000000000.hidden.h:2,", "hidden@x");
	fixture_reopen(f);
}

static void a_delivery(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	begin(f);
	fixture_mail(f, "new/1000000003.c.h", "c@x");
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_count(b), 3);
	assert_int_equal(fixture_row(b, 3).uid, 3);
	box_close(b);
	fixture_settle(f, "INBOX");
	assert_true(fixture_is_noted(f, "INBOX", ""));
	assert_int_equal(fixture_messages(f, "INBOX"), 3);
}

static void a_deletion(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	begin(f);
	fixture_remove(f, "new/1000000002.b.h");
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_count(b), 1);
	assert_int_equal(fixture_row(b, 1).flags & MAIL_TAG_FLAGS, MAIL_SEEN);
	box_close(b);
}

static void a_file_goes_to_cur(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	begin(f);
	fixture_move(f, "new/1000000002.b.h", "cur/1000000002.b.h:2,F");
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_count(b), 3);              /* cur/ was read */
	assert_int_equal(fixture_row(b, 2).flags & MAIL_TAG_FLAGS, MAIL_FLAGGED);
	box_close(b);
	fixture_settle(f, "INBOX");
	fixture_reopen(f);
	fixture_mail(f, "new/1000000003.c.h", "c@x");
	assert_int_equal(fixture_messages(f, "INBOX"), 4);
}

/* A base name is one message; cur/ wins. */
static void a_name_that_is_in_both(void **state)
{
	struct fixture *f = *state;

	begin(f);
	fixture_mail(f, "new/1000000001.a.h", "other@x");
	assert_int_equal(fixture_messages(f, "INBOX"), 2);
	fixture_remove(f, "new/1000000001.a.h");
	assert_int_equal(fixture_messages(f, "INBOX"), 2);
}

static void somebody_asks_for_a_reading(void **state)
{
	struct fixture  *f = *state;
	struct state_box b;
	struct state_txn t;

	begin(f);
	fixture_mail(f, "new/1000000003.c.h", "c@x");
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(state_box_find(&t, STR("INBOX"), &b), 0);
	b.cur_mtime = STATE_READ_AGAIN;
	assert_int_equal(state_box_put(&t, &b, STR_NONE), 0);
	assert_int_equal(state_commit(&t), 0);
	state_abort(&t);
	assert_int_equal(fixture_messages(f, "INBOX"), 4);
}

/* As it was before there was a table of the files in new/. */
static void a_state_of_schema_2(void **state)
{
	struct fixture  *f = *state;
	struct state_txn t;
	struct db_walk   w;

	begin(f);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(db_walk_begin(t.db, STATE_NEW, STR_NONE, STR_NONE, &w), 0);
	assert_true(db_walk_next(&w));
	assert_int_equal(db_walk_del(&w), 0);
	assert_false(db_walk_next(&w));
	db_walk_end(&w);
	assert_int_equal(state_set(&t, "schema", 2), 0);
	assert_int_equal(state_commit(&t), 0);
	state_abort(&t);
	fixture_reopen(f);
	fixture_remove(f, "new/1000000002.b.h");
	assert_int_equal(fixture_messages(f, "INBOX"), 1);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_delivery), T(a_deletion), T(a_file_goes_to_cur), T(a_name_that_is_in_both), T(somebody_asks_for_a_reading), T(a_state_of_schema_2),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
