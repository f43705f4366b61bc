#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "change.h"
#include "fixture.h"
#include "store_priv.h"
#include "watch.h"

static bool woken(struct watch *w)
{
	struct pollfd p = { .fd = watch_fd(w), .events = POLLIN };
	bool          yes = poll(&p, 1, 100) > 0;

	watch_clear(w);
	return yes;
}

/* Quiet once all that was done so far has been told. */
static void assert_quiet(struct watch *w)
{
	watch_clear(w);
	assert_false(woken(w));
}

static void files(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "Work");
	struct watch   *w;

	assert_int_equal(watch_open(f->store, b, &w), 0);
	assert_quiet(w);
	fixture_mail(f, "Work/tmp/1", "1@x");
	assert_false(woken(w));
	fixture_move(f, "Work/tmp/1", "Work/new/1");
	assert_true(woken(w));
	fixture_move(f, "Work/new/1", "Work/cur/1:2,S");
	assert_true(woken(w));
	fixture_remove(f, "Work/cur/1:2,S");
	assert_true(woken(w));
	fixture_mail(f, "cur/2:2,S", "2@x");
	assert_quiet(w);
	watch_close(w);
	box_close(b);
}

static void index_and_state(void **state)
{
	struct fixture  *f = *state;
	struct watch    *w;
	struct state_txn t;
	char             command[256];

	assert_int_equal(watch_open(f->store, NULL, &w), 0);
	assert_quiet(w);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(state_set(&t, "test", 1), 0);
	assert_int_equal(state_commit(&t), 0);
	assert_true(woken(w));
	assert_quiet(w);

	/* a database appears, changes, is removed and appears again */
	fixture_mail(f, "cur/1:2,S", "1@x");
	fixture_mail(f, "cur/2:2,S", "2@x");
	fixture_new(f, "cur/1:2,S");
	assert_true(woken(w));
	assert_quiet(w);
	fixture_new(f, "cur/2:2,S");
	assert_true(woken(w));
	snprintf(command, sizeof(command), "rm -rf %s/.notmuch", f->mail);
	assert_int_equal(system(command), 0);
	assert_true(woken(w));
	assert_quiet(w);
	fixture_new(f, "cur/1:2,S");
	assert_true(woken(w));
	assert_quiet(w);
	fixture_new(f, "cur/2:2,S");
	assert_true(woken(w));
	watch_close(w);
}

static void no_directory(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "Work");
	struct watch   *w;
	char            command[256];

	snprintf(command, sizeof(command), "rm -rf %s/Work", f->mail);
	assert_int_equal(system(command), 0);
	assert_int_equal(watch_open(f->store, b, &w), -ENOENT);
	box_close(b);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = { T(files), T(index_and_state), T(no_directory) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
