/* Flags of many messages: the index has the tags of all before the files get their names, and what happens in between is not undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "change.h"
#include "drain_batch.h"
#include "fixture.h"
#include "journal.h"
#include "store_priv.h"

enum { MANY = 100 };

/* Some records go to the index, which is given back. How many. */
static size_t one_batch(struct fixture *f)
{
	struct index_writer *w = NULL;
	const char          *why = "";
	size_t               n;

	if (drain_batch(f->store, &w, &n, &why) < 0)
		fail_msg("drain_batch: %s", why);
	index_writer_close(w);
	return n;
}

static const char *id(struct fixture *f, int i)
{
	return arena_printf(&f->a, "%d@x", i);
}

static bool is_called(struct fixture *f, int i, const char *info)
{
	return fixture_has(f, arena_printf(&f->a, "cur/%d:2,%s", 1000 + i, info));
}

/* All are flagged in the state, and the index has been told of the tags, but not of names. */
static struct box *begin(struct fixture *f)
{
	struct flag_change    c = { .how = CHANGE_ADD, .flags = MAIL_FLAGGED, .unchanged_since = UINT64_MAX };
	struct change_flagged done;
	struct box           *b;
	uint32_t              uids[MANY];

	for (int i = 1; i <= MANY; i++) {
		fixture_mail(f, arena_printf(&f->a, "cur/%d:2,", 1000 + i), id(f, i));
		uids[i - 1] = (uint32_t)i;
	}
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	assert_int_equal(change_flags(b, uids, MANY, &c, &f->a, &done), 0);
	assert_int_equal(one_batch(f), MANY);
	for (int i = 1; i <= MANY; i++) {
		fixture_index(f, id(f, i), "known flagged inbox unread");
		assert_true(is_called(f, i, ""));
	}
	return b;
}

static void end(struct fixture *f, struct box *b, int from)
{
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	fixture_poll(f, b);
	for (int i = from; i <= MANY; i++) {
		assert_true(is_called(f, i, "F"));
		assert_int_equal(fixture_row(b, (uint32_t)i).flags & MAIL_TAG_FLAGS, MAIL_FLAGGED);
		fixture_index(f, id(f, i), "known flagged inbox unread");
	}
	box_close(b);
}

static void tags_first(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	uint64_t        last;

	assert_false(journal_empty(&f->store->state));
	assert_int_equal(journal_oldest(&f->store->state, &last), 0);  /* nobody who asks the index has to wait for names */
	end(f, b, 1);
}

static void others_do_not_wait_for_names(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	fixture_change(f, "INBOX", 1, CHANGE_REMOVE, MAIL_FLAGGED, NULL);
	assert_int_equal(one_batch(f), 1);
	fixture_index(f, id(f, 1), "known inbox unread");
	assert_true(is_called(f, 2, ""));
	end(f, b, 2);
	assert_true(is_called(f, 1, ""));
}

/* notmuch tag, with or without the file's name; another mail program. */
static void others_change_meanwhile(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	fixture_tag(f, id(f, 1), NULL, "flagged");
	fixture_tag(f, id(f, 2), "replied", NULL);
	fixture_move(f, "cur/1003:2,", "cur/1003:2,S");
	fixture_poll(f, b);
	assert_int_equal(fixture_row(b, 1).flags & MAIL_TAG_FLAGS, 0);
	assert_int_equal(fixture_row(b, 2).flags & MAIL_TAG_FLAGS, MAIL_FLAGGED | MAIL_ANSWERED);
	assert_int_equal(fixture_row(b, 3).flags & MAIL_TAG_FLAGS, MAIL_FLAGGED | MAIL_SEEN);
	end(f, b, 4);
	assert_true(is_called(f, 1, ""));
	assert_true(is_called(f, 2, "FR"));
	assert_true(is_called(f, 3, "FS"));
	fixture_index(f, id(f, 1), "known inbox unread");
	fixture_index(f, id(f, 2), "known flagged inbox replied unread");
	fixture_index(f, id(f, 3), "known flagged inbox");
}

/* A session moves one, and expunges one, whose names are still to come. */
static void the_files_go_elsewhere(void **state)
{
	struct fixture      *f = *state;
	struct box          *b = begin(f);
	uint32_t             uid = 1;
	const uint32_t      *gone;
	size_t               n;
	struct change_copied c;

	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &c), 0);
	uid = 2;
	fixture_change(f, "INBOX", uid, CHANGE_ADD, MAIL_DELETED, NULL);
	assert_int_equal(change_expunge(b, &uid, 1, &f->a, &gone, &n), 0);
	end(f, b, 3);
	fixture_index(f, id(f, 1), "known flagged inbox unread");
	fixture_index(f, id(f, 2), "unknown");
	assert_int_equal(fixture_messages(f, "Work"), 1);
	assert_int_equal(fixture_messages(f, "INBOX"), MANY - 2);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(tags_first), T(others_do_not_wait_for_names), T(others_change_meanwhile), T(the_files_go_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
