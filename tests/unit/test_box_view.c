/* The view is what the client was told at SELECT, whenever it is read and whatever others have done by then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "change.h"
#include "fixture.h"

static int start(void **state)
{
	int r = fixture_start(state);

	for (int i = 1; i <= 5; i++) {
		char path[64], id[16];

		snprintf(path, sizeof(path), "cur/100000000%d.m.h:2,%s", i, i < 4 ? "S" : "");
		snprintf(id, sizeof(id), "m%d", i);
		fixture_mail(*state, path, id);
	}
	box_close(fixture_open(*state, "INBOX"));       /* nothing is recent any more */
	return r;
}

static void expunge(struct fixture *f, struct box *b, const uint32_t *uids, size_t n)
{
	struct flag_change deleted = { .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX };
	const uint32_t    *v;
	size_t             k;

	assert_int_equal(change_flags(b, uids, n, &deleted, &f->a, &(struct change_flagged){ 0 }), 0);
	assert_int_equal(change_expunge(b, uids, n, &f->a, &v, &k), 0);
	assert_int_equal(k, n);
	fixture_poll(f, b);
}

/* Two neighbours, one alone, and one that came and went meanwhile. */
static void others_change(struct fixture *f)
{
	struct box *other = fixture_open(f, "INBOX");

	expunge(f, other, (const uint32_t[]){ 2, 3 }, 2);
	fixture_mail(f, "new/1000000006.m.h", "m6");
	fixture_mail(f, "new/1000000007.m.h", "m7");
	fixture_poll(f, other);
	expunge(f, other, (const uint32_t[]){ 5, 6 }, 2);
	box_close(other);
}

static void assert_as_opened(struct box *b)
{
	assert_int_equal(box_count(b), 5);
	assert_int_equal(box_uidnext(b), 6);
	for (uint32_t i = 1; i <= 5; i++) {
		assert_int_equal(box_uid(b, i), i);
		assert_int_equal(box_seq(b, i), i);
	}
	assert_int_equal(box_seq(b, 6), 0);
	assert_int_equal(box_seq(b, 7), 0);
}

static void assert_told(struct fixture *f, struct box *b)
{
	struct box_changes c = fixture_poll(f, b);

	assert_int_equal(c.n_expunged, 3);
	assert_int_equal(c.expunged[0], 2);
	assert_int_equal(c.expunged[1], 2);
	assert_int_equal(c.expunged[2], 3);
	assert_true(c.grown);
	assert_int_equal(box_count(b), 3);
	assert_int_equal(box_uid(b, 1), 1);
	assert_int_equal(box_uid(b, 2), 4);
	assert_int_equal(box_uid(b, 3), 7);
	for (uint32_t uid = 0; uid < 10; uid++)
		assert_int_equal(box_seq(b, uid), uid == 1 ? 1 : uid == 4 ? 2 : uid == 7 ? 3 : 0);
	assert_int_equal(box_seq(b, UINT32_MAX), 0);
}

static void read_late(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "INBOX");

	others_change(f);
	assert_as_opened(b);
	assert_told(f, b);
	box_close(b);
}

static void read_early(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "INBOX");

	assert_as_opened(b);
	others_change(f);
	assert_as_opened(b);
	assert_told(f, b);
	box_close(b);
}

/* The first thing that is done is a poll; one that keeps what is expunged comes before it. */
static void polled_first(void **state)
{
	struct fixture    *f = *state;
	struct box        *b = fixture_open(f, "INBOX");
	struct box_changes c;

	others_change(f);
	assert_int_equal(box_poll(b, true, &f->a, &c), 0);
	assert_int_equal(c.n_expunged, 0);
	assert_true(c.grown);
	assert_int_equal(box_count(b), 6);
	assert_int_equal(box_uid(b, 6), 7);
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 3);
	assert_int_equal(box_count(b), 3);
	box_close(b);
}

static void assert_uids(struct box *b, const uint32_t *uids, size_t n)
{
	assert_int_equal(box_count(b), n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(box_uid(b, (uint32_t)i + 1), uids[i]);
}

/* The UIDs are read as a range where they are one, and only there. */
static void gaps(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "INBOX"), *before = fixture_open(f, "INBOX"), *range, *gap;

	fixture_mail(f, "new/1000000006.m.h", "m6");
	fixture_poll(f, b);
	assert_uids(before, (const uint32_t[]){ 1, 2, 3, 4, 5 }, 5);
	box_close(before);
	expunge(f, b, (const uint32_t[]){ 6 }, 1);
	expunge(f, b, (const uint32_t[]){ 1 }, 1);
	range = fixture_open(f, "INBOX");
	assert_uids(range, (const uint32_t[]){ 2, 3, 4, 5 }, 4);
	expunge(f, b, (const uint32_t[]){ 4 }, 1);
	gap = fixture_open(f, "INBOX");
	expunge(f, b, (const uint32_t[]){ 2 }, 1);
	assert_uids(gap, (const uint32_t[]){ 2, 3, 5 }, 3);
	fixture_poll(f, gap);
	assert_uids(gap, (const uint32_t[]){ 3, 5 }, 2);
	fixture_poll(f, range);
	assert_uids(range, (const uint32_t[]){ 3, 5 }, 2);
	box_close(gap);
	box_close(range);
	box_close(b);
}

static void first_unseen(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "INBOX");

	assert_int_equal(box_first_unseen(b), 4);
	assert_int_equal(change_seen(b, (const uint32_t[]){ 4, 5 }, 2), 0);
	fixture_poll(f, b);
	assert_int_equal(box_first_unseen(b), 0);
	box_close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(read_late, start, fixture_stop),
		cmocka_unit_test_setup_teardown(read_early, start, fixture_stop),
		cmocka_unit_test_setup_teardown(polled_first, start, fixture_stop),
		cmocka_unit_test_setup_teardown(gaps, start, fixture_stop),
		cmocka_unit_test_setup_teardown(first_unseen, start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
