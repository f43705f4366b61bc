/* What a session did to files is noted with the times of their directories when it ends, so that the next one need not read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "change.h"
#include "fixture.h"
#include "store_priv.h"
#include "sync.h"

static struct box *begin(struct fixture *f)
{
	struct box *b;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a@x");
	fixture_mail(f, "cur/1000000002.b.h:2,", "b@x");
	fixture_mail(f, "Work/cur/1000000003.c.h:2,", "c@x");
	fixture_messages(f, "INBOX");
	fixture_messages(f, "Work");
	fixture_drain(f);
	fixture_settle(f, "INBOX");
	fixture_settle(f, "Work");
	fixture_reopen(f);
	b = fixture_open(f, "INBOX");
	box_watch(b);
	return b;
}

/* Both have files that only who reads the directory finds. */
static void end(struct fixture *f, uint32_t inbox, uint32_t work)
{
	store_settle(f->store);
	fixture_reopen(f);
	assert_true(fixture_is_noted(f, "INBOX", ""));
	assert_true(fixture_is_noted(f, "Work", "Work"));
	fixture_hide(f, "cur/1000000000.hidden.h:2,", "hidden@x");
	fixture_hide(f, "Work/cur/1000000000.hidden.h:2,", "hidden@x");
	assert_int_equal(fixture_messages(f, "INBOX"), inbox);
	assert_int_equal(fixture_messages(f, "Work"), work);
}

static void move(struct fixture *f, struct box *b, uint32_t uid)
{
	struct change_copied c;

	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &c), 0);
	assert_int_equal(c.n, 1);
}

static void moved(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	move(f, b, 1);
	box_close(b);
	end(f, 1, 2);
}

static void appended(void **state)
{
	static const char text[] = "From: a@example.org\nMessage-ID: <d@x>\n\nd\n";
	struct flag_change none = { .how = CHANGE_SET, .unchanged_since = UINT64_MAX };
	struct fixture    *f = *state;
	struct box        *b = begin(f);
	struct append     *ap;
	uint32_t           validity, uid;

	assert_int_equal(append_begin(f->store, STR("Work"), &ap), 0);
	assert_int_equal(append_write(ap, text, sizeof(text) - 1), 0);
	assert_int_equal(append_commit(ap, &none, 1000000000, &validity, &uid), 0);
	box_close(b);
	end(f, 2, 2);
}

static void expunged(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	uint32_t        uid = 2;
	const uint32_t *gone;
	size_t          n;

	fixture_change(f, "INBOX", uid, CHANGE_ADD, MAIL_DELETED, NULL);
	assert_int_equal(change_expunge(b, &uid, 1, &f->a, &gone, &n), 0);
	assert_int_equal(n, 1);
	box_close(b);
	end(f, 1, 1);
}

/* Where a file came in the same moment, too. */
static void others_deliver_meanwhile(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	move(f, b, 1);
	fixture_mail(f, "Work/new/1000000004.d.h", "d@x");
	fixture_mail(f, "new/1000000005.e.h", "e@x");
	box_close(b);
	end(f, 2, 3);
}

/* What was done before it was watched is not known by name. */
static void others_delivered_before(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	fixture_mail(f, "Work/cur/1000000004.d.h:2,", "d@x");
	move(f, b, 1);
	box_close(b);
	store_settle(f->store);
	fixture_reopen(f);
	assert_true(fixture_is_noted(f, "INBOX", ""));
	assert_false(fixture_is_noted(f, "Work", "Work"));
	assert_int_equal(fixture_messages(f, "Work"), 3);
}

static void nothing_was_done(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	assert_false(sync_unsettled(f->store));
	box_close(b);
	end(f, 2, 1);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(moved), T(appended), T(expunged), T(others_deliver_meanwhile), T(others_delivered_before), T(nothing_was_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
