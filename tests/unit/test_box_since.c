/* What went from a mailbox since a MODSEQ, for those who were away, and what waits for those who are there: RFC 7162 section 3.2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "buf.h"
#include "change.h"
#include "fixture.h"
#include "state_expunged.h"
#include "store_priv.h"

static int start(void **state)
{
	int r = fixture_start(state);

	for (int i = 1; i <= 8; i++) {
		char path[64], id[16];

		snprintf(path, sizeof(path), "cur/100000000%d.m.h:2,S", i);
		snprintf(id, sizeof(id), "m%d", i);
		fixture_mail(*state, path, id);
	}
	return r;
}

/* Another session's EXPUNGE of these; the MODSEQ that it has. */
static uint64_t expunge(struct fixture *f, const uint32_t *uids, size_t n)
{
	struct flag_change    deleted = { .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX };
	struct change_flagged done;
	struct box           *other = fixture_open(f, "INBOX");
	const uint32_t       *v;
	uint64_t              modseq;
	size_t                k;

	assert_int_equal(change_flags(other, uids, n, &deleted, &f->a, &done), 0);
	assert_int_equal(change_expunge(other, uids, n, &f->a, &v, &k), 0);
	assert_int_equal(k, n);
	fixture_poll(f, other);
	modseq = box_highestmodseq(other);
	box_close(other);
	return modseq;
}

#define EXPUNGE(f, ...) expunge(f, (const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* want: "2:3 5:5 " */
static void assert_gone(struct fixture *f, struct box *b, uint64_t since, const char *want, bool want_all)
{
	struct uid_range *v;
	struct buf        got = BUF(1000);
	size_t            n;
	bool              all;

	assert_int_equal(box_expunged_since(b, since, &f->a, &v, &n, &all), 0);
	for (size_t i = 0; i < n; i++)
		buf_printf(&got, "%u:%u ", v[i].first, v[i].last);
	assert_string_equal(buf_z(&got), want);
	assert_int_equal(all, want_all);
	buf_free(&got);
}

static void what_has_gone_since(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "INBOX");
	uint64_t        first = box_highestmodseq(b), then, last;

	assert_gone(f, b, first, "", false);
	then = EXPUNGE(f, 3, 5);
	last = EXPUNGE(f, 4, 7);
	fixture_poll(f, b);
	assert_gone(f, b, first, "3:5 7:7 ", false);
	assert_gone(f, b, then - 1, "3:5 7:7 ", false);
	assert_gone(f, b, then, "4:4 7:7 ", false);
	assert_gone(f, b, last, "", false);
	assert_gone(f, b, INT64_MAX, "", false);
	box_close(b);
}

/* What the view still has is not told as gone earlier, and holds back what may be said to be told. */
static void what_waits(void **state)
{
	struct fixture    *f = *state;
	struct box        *b = fixture_open(f, "INBOX");
	struct box_changes c;
	uint64_t           first = box_highestmodseq(b), told, waiting;

	told = EXPUNGE(f, 2);
	fixture_poll(f, b);
	assert_int_equal(box_modseq_told(b), told);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_FLAGGED, NULL);
	assert_int_equal(box_poll(b, true, &f->a, &c), 0);
	assert_int_equal(box_modseq_told(b), box_highestmodseq(b));     /* nothing waits */
	waiting = EXPUNGE(f, 6);
	fixture_change(f, "INBOX", 1, CHANGE_REMOVE, MAIL_FLAGGED, NULL);
	EXPUNGE(f, 8);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(box_poll(b, true, &f->a, &c), 0);
		assert_int_equal(c.n_expunged, 0);
		assert_int_equal(c.n_changed, i == 0 ? 1 : 0);
		assert_true(box_highestmodseq(b) > waiting);
		assert_int_equal(box_modseq_told(b), waiting - 1);
		assert_gone(f, b, first, "2:2 ", false);
	}
	assert_int_equal(fixture_poll(f, b).n_expunged, 2);
	assert_int_equal(box_modseq_told(b), box_highestmodseq(b));
	assert_gone(f, b, first, "2:2 6:6 8:8 ", false);
	box_close(b);
}

/* The oldest are forgotten: then it is all that is not there any more. */
static void what_is_forgotten(void **state)
{
	struct fixture *f = *state;
	struct box     *b, *late = fixture_open(f, "INBOX");
	uint64_t        first = box_highestmodseq(late), second, third;

	EXPUNGE(f, 1);
	second = EXPUNGE(f, 3, 4);
	third = EXPUNGE(f, 8);
	EXPUNGE(f, 6);
	b = fixture_open(f, "INBOX");
	assert_int_equal(state_expunged_trim(&f->store->state, 4), 0);
	assert_gone(f, b, first, "1:1 3:4 6:6 8:8 ", false);
	assert_int_equal(state_expunged_trim(&f->store->state, 3), 0);  /* of four only one stays */
	assert_gone(f, b, first, "1:1 3:4 6:6 8:8 ", true);
	assert_gone(f, b, second, "1:1 3:4 6:6 8:8 ", true);
	assert_gone(f, b, third, "6:6 ", false);
	assert_int_equal(state_expunged_trim(&f->store->state, 1), 0);  /* what is left of the others does not count */
	assert_gone(f, b, third, "6:6 ", false);
	fixture_poll(f, b);
	assert_true(fixture_poll(f, late).lost);                        /* not told of any of it, and cannot be */
	box_close(late);
	EXPUNGE(f, 7);
	assert_false(fixture_poll(f, b).lost);
	assert_gone(f, b, third, "6:7 ", false);
	box_close(b);
}

static void a_new_mailbox_has_lost_nothing(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "Work");

	assert_gone(f, b, 1, "", false);
	box_close(b);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_has_gone_since),
		CASE(what_waits),
		CASE(what_is_forgotten),
		CASE(a_new_mailbox_has_lost_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
