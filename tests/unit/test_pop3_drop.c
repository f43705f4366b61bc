/* The maildrop is frozen at login; only drop_commit removes, and only what is marked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "drop.h"
#include "fixture.h"

static int start(void **state)
{
	int r = fixture_start(state);

	fixture_mail(*state, "cur/1000000001.a.h:2,S", "a");
	fixture_mail(*state, "cur/1000000002.b.h:2,", "b");
	fixture_mail(*state, "cur/1000000003.c.h:2,", "c");
	return r;
}

static void open_drop(struct fixture *f, struct drop *d)
{
	assert_int_equal(drop_open(d, f->store, f->state, STR("INBOX")), 0);
}

static uint32_t count_inbox(struct fixture *f)
{
	struct box *b = fixture_open(f, "INBOX");
	uint32_t    n = box_count(b);

	box_close(b);
	return n;
}

static void counts_what_is_not_marked(void **state)
{
	struct fixture *f = *state;
	struct drop     d;
	uint64_t        all;

	open_drop(f, &d);
	all = d.size;
	assert_int_equal(d.n, 3);
	assert_int_equal(all, d.mails[0].size + d.mails[1].size + d.mails[2].size);
	drop_mark(&d, drop_mail(&d, 2));
	drop_mark(&d, drop_mail(&d, 2));
	assert_int_equal(d.left, 2);
	assert_int_equal(d.size, all - d.mails[1].size);
	drop_reset(&d);
	assert_int_equal(d.left, 3);
	assert_int_equal(d.size, all);
	assert_null(drop_mail(&d, 0));
	assert_null(drop_mail(&d, 4));
	drop_close(&d);
}

static void removes_on_commit_only(void **state)
{
	struct fixture *f = *state;
	struct drop     d;

	open_drop(f, &d);
	drop_mark(&d, drop_mail(&d, 1));
	drop_close(&d);
	assert_int_equal(count_inbox(f), 3);
	open_drop(f, &d);
	drop_mark(&d, drop_mail(&d, 1));
	drop_mark(&d, drop_mail(&d, 3));
	assert_int_equal(drop_commit(&d), 0);
	drop_close(&d);
	assert_int_equal(count_inbox(f), 1);
	assert_true(fixture_has(f, "cur/1000000002.b.h:2,"));
}

/* Delivered and removed by others meanwhile: numbers stay, and what is gone is no failure. */
static void stays_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct drop     d;

	open_drop(f, &d);
	fixture_mail(f, "new/1000000004.d.h", "d");
	fixture_remove(f, "cur/1000000001.a.h:2,S");
	assert_int_equal(count_inbox(f), 3);
	assert_int_equal(d.n, 3);
	drop_mark(&d, drop_mail(&d, 1));
	drop_mark(&d, drop_mail(&d, 2));
	assert_int_equal(drop_commit(&d), 0);
	drop_close(&d);
	assert_int_equal(count_inbox(f), 2);
	assert_true(fixture_has(f, "cur/1000000003.c.h:2,"));
}

static void unique_ids_stay(void **state)
{
	struct fixture *f = *state;
	char            first[DROP_UIDL_MAX + 1], again[DROP_UIDL_MAX + 1], other[DROP_UIDL_MAX + 1];
	struct drop     d;

	open_drop(f, &d);
	drop_uidl(&d, drop_mail(&d, 2), first);
	drop_uidl(&d, drop_mail(&d, 3), other);
	assert_string_not_equal(first, other);
	drop_mark(&d, drop_mail(&d, 1));
	assert_int_equal(drop_commit(&d), 0);
	drop_close(&d);
	fixture_reopen(f);
	open_drop(f, &d);
	drop_uidl(&d, drop_mail(&d, 1), again);
	assert_string_equal(first, again);
	for (const char *p = again; *p; p++)
		assert_in_range(*p, 0x21, 0x7e);
	drop_close(&d);
}

static void one_session_at_a_time(void **state)
{
	struct fixture *f = *state;
	struct drop     d, second;

	open_drop(f, &d);
	assert_int_equal(drop_open(&second, f->store, f->state, STR("INBOX")), -EWOULDBLOCK);
	drop_close(&second);
	drop_close(&d);
	open_drop(f, &second);
	drop_close(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(counts_what_is_not_marked, start, fixture_stop),
		cmocka_unit_test_setup_teardown(removes_on_commit_only, start, fixture_stop),
		cmocka_unit_test_setup_teardown(stays_as_it_was, start, fixture_stop),
		cmocka_unit_test_setup_teardown(unique_ids_stay, start, fixture_stop),
		cmocka_unit_test_setup_teardown(one_session_at_a_time, start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
