/* The view of a mailbox, and how it follows what MDAs, mutt and mbsync do to the Maildir. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "keywords.h"
#include "mail.h"

static void uids_follow_delivery(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	fixture_mail(f, "new/1000000003.c.h", "c");
	fixture_mail(f, "cur/1000000001.a.h:2,S", "a");
	fixture_mail(f, "cur/1000000002.b.h:2,FR", "b");
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_count(b), 3);
	assert_int_equal(box_uidnext(b), 4);
	assert_int_equal(fixture_row(b, 1).flags, MAIL_SEEN);
	assert_int_equal(fixture_row(b, 2).flags, MAIL_FLAGGED | MAIL_ANSWERED);
	assert_int_equal(fixture_row(b, 3).flags, 0);
	assert_int_equal(box_first_unseen(b), 2);
	assert_int_equal(box_recent_count(b), 3);
	box_close(b);
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_recent_count(b), 0);
	box_close(b);
}

static void sizes_count_crlf(void **state)
{
	static const struct { const char *text; uint64_t octets; } cases[] = {
		{ "A: b\n\nx\n", 11 }, { "A: b\r\n\r\nx\r\n", 11 }, { "A: b\r\n\nx", 9 }, { "A: b\n\na\rb\n", 13 },
	};
	struct fixture *f = *state;
	struct box     *b;

	for (unsigned i = 0; i < 4; i++) {
		char path[64];

		snprintf(path, sizeof(path), "cur/100000000%u.x.h:2,", i);
		fixture_write(f, path, cases[i].text);
	}
	b = fixture_open(f, "INBOX");
	for (unsigned i = 0; i < 4; i++) {
		struct row row = fixture_row(b, i + 1);

		assert_int_equal(box_sizes(b, &row, 1), 0);
		assert_int_equal(row.size, cases[i].octets);
	}
	box_close(b);
}

static void arrivals_and_losses_are_told(void **state)
{
	struct fixture    *f = *state;
	struct box_changes c;
	struct box        *b;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	fixture_mail(f, "cur/1000000002.b.h:2,", "b");
	fixture_mail(f, "cur/1000000003.c.h:2,", "c");
	b = fixture_open(f, "INBOX");
	fixture_remove(f, "cur/1000000001.a.h:2,");
	fixture_remove(f, "cur/1000000003.c.h:2,");
	fixture_mail(f, "new/1000000004.d.h", "d");
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 2);
	assert_int_equal(c.expunged[0], 1);
	assert_int_equal(c.expunged[1], 2);     /* 3 became 2 when 1 went */
	assert_int_equal(c.expunged_uids[1], 3);
	assert_true(c.grown);
	assert_int_equal(box_count(b), 2);
	assert_int_equal(box_uid(b, 2), 4);
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged + c.n_changed + c.grown, 0);
	box_close(b);
}

static void expunged_can_wait(void **state)
{
	struct fixture    *f = *state;
	struct box_changes c;
	struct box        *b;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	fixture_mail(f, "cur/1000000002.b.h:2,", "b");
	b = fixture_open(f, "INBOX");
	fixture_remove(f, "cur/1000000001.a.h:2,");
	fixture_mail(f, "cur/1000000003.c.h:2,", "c");
	assert_int_equal(box_poll(b, true, &f->a, &c), 0);
	assert_int_equal(c.n_expunged, 0);
	assert_true(c.grown);
	assert_int_equal(box_count(b), 3);
	assert_int_equal(fixture_row(b, 1).uid, 0);
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 1);
	assert_int_equal(c.expunged[0], 1);
	assert_int_equal(box_count(b), 2);
	box_close(b);
}

static void renames_keep_the_uid_and_bring_flags(void **state)
{
	struct fixture    *f = *state;
	struct box_changes c;
	struct box        *b;

	fixture_mail(f, "new/1000000001.a.h", "a");
	b = fixture_open(f, "INBOX");
	fixture_move(f, "new/1000000001.a.h", "cur/1000000001.a.h:2,FS");
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 0);
	assert_int_equal(c.n_changed, 1);
	assert_int_equal(c.changed[0].uid, 1);
	assert_int_equal(c.changed[0].flags, MAIL_SEEN | MAIL_FLAGGED);
	box_close(b);
}

static void uids_survive(void **state)
{
	struct fixture *f = *state;
	struct box     *b;
	uint32_t        validity;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	fixture_mail(f, "cur/1000000002.b.h:2,", "b");
	b = fixture_open(f, "INBOX");
	validity = box_uidvalidity(b);
	box_close(b);
	fixture_remove(f, "cur/1000000002.b.h:2,");
	fixture_mail(f, "cur/1000000003.c.h:2,", "c");
	fixture_reopen(f);
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_uidvalidity(b), validity);
	assert_int_equal(box_uid(b, 1), 1);
	assert_int_equal(box_uid(b, 2), 3);     /* 2 is never given again */
	box_close(b);
}

static void a_lost_state_is_begun_anew(void **state)
{
	static const char *const harm[] = { "remove", "truncate", "overwrite" };
	struct fixture *f = *state;
	char            path[160];

	fixture_mail(f, "cur/1000000001.a.h:2,S", "a");
	snprintf(path, sizeof(path), "%s/state.mdb", f->state);
	for (unsigned i = 0; i < 3; i++) {
		struct box *b = fixture_open(f, "INBOX");
		uint32_t    validity = box_uidvalidity(b);
		uint64_t    modseq = box_highestmodseq(b);
		FILE       *file;

		box_close(b);
		store_close(f->store);
		f->store = NULL;
		if (harm[i][0] == 'r')
			assert_int_equal(unlink(path), 0);
		else if (harm[i][0] == 't')
			assert_int_equal(truncate(path, 5000), 0);
		else {
			file = fopen(path, "r+");
			assert_non_null(file);
			for (int k = 0; k < 9000; k++)
				fputc('x', file);
			fclose(file);
		}
		sleep(1);               /* UIDVALIDITY counts seconds, after a state that is lost */
		fixture_reopen(f);
		b = fixture_open(f, "INBOX");
		assert_true(box_uidvalidity(b) > validity);
		assert_true(box_highestmodseq(b) > modseq);
		assert_int_equal(box_count(b), 1);
		assert_int_equal(fixture_row(b, 1).flags, MAIL_SEEN);
		box_close(b);
	}
}

static void a_vanished_folder_is_told(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "Work");

	fixture_remove(f, "Work/cur");
	fixture_remove(f, "Work/new");
	assert_true(fixture_poll(f, b).lost);
	box_close(b);
	assert_int_equal(box_open(f->store, STR("Work"), false, NULL, NULL, &b), -ENOENT);
	assert_int_equal(box_open(f->store, STR("No/where"), false, NULL, NULL, &b), -ENOENT);
}

static void files_are_found_under_their_new_name(void **state)
{
	struct fixture *f = *state;
	struct box     *b;
	struct mail     m;
	uint64_t        serial;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	b = fixture_open(f, "INBOX");
	serial = fixture_row(b, 1).serial;
	fixture_move(f, "cur/1000000001.a.h:2,", "cur/1000000001.a.h:2,S");
	assert_int_equal(mail_open(f->store, serial, &m), 0);
	assert_true(str_find(m.bytes, STR("Hello")) < m.bytes.n);
	mail_close(&m);
	fixture_remove(f, "cur/1000000001.a.h:2,S");
	assert_int_equal(mail_open(f->store, serial, &m), -ENOENT);
	box_close(b);
}

static void take_text(void *arg, size_t i, struct str text)
{
	struct str *got = arg;

	got[i] = text.p ? STR("kept") : STR_NONE;
}

static void the_cache_keeps_texts(void **state)
{
	struct fixture *f = *state;
	uint64_t        serials[] = { 7, 8 };
	struct str      text = STR("envelope"), got[2];

	assert_int_equal(mail_cache_put(f->store, MAIL_CACHE_ENVELOPE, &serials[1], &text, 1), 0);
	assert_int_equal(mail_cached(f->store, MAIL_CACHE_ENVELOPE, serials, 2, take_text, got), 0);
	assert_null(got[0].p);
	assert_non_null(got[1].p);
	assert_int_equal(mail_cached(f->store, MAIL_CACHE_BODY, serials, 2, take_text, got), 0);
	assert_null(got[1].p);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(uids_follow_delivery),
		CASE(sizes_count_crlf),
		CASE(arrivals_and_losses_are_told),
		CASE(expunged_can_wait),
		CASE(renames_keep_the_uid_and_bring_flags),
		CASE(uids_survive),
		CASE(a_lost_state_is_begun_anew),
		CASE(a_vanished_folder_is_told),
		CASE(files_are_found_under_their_new_name),
		CASE(the_cache_keeps_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
