/* What a session did to files is noted with the times of their directories when it ends, so that the next one need not read them. */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "change.h"
#include "fd.h"
#include "fixture.h"
#include "maildir.h"
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

/* A file in any of the four directories, as others see it. */
static void name_of(char *ret, size_t n, int k, bool in_new)
{
	if (in_new)
		snprintf(ret, n, "%snew/10000000%02d.%d.h", rand() % 2 ? "" : "Work/", k, k);
	else
		snprintf(ret, n, "%scur/10000000%02d.%d.h:2,%s%s", rand() % 2 ? "" : "Work/", k, k, rand() % 2 ? "F" : "", rand() % 2 ? "S" : "");
}

static bool find_file(struct fixture *f, int k, char *ret, size_t n)
{
	static const char *const dirs[] = { "cur", "new", "Work/cur", "Work/new" };

	for (size_t i = 0; i < 4; i++) {
		CLEAN(fd_closep) int fd = openat(f->store->root, dirs[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		char           want[32];
		DIR           *d = fdopendir(dup(fd));
		struct dirent *e;
		bool           found = false;

		snprintf(want, sizeof(want), "10000000%02d.%d.h", k, k);
		while (!found && (e = readdir(d)))
			if (strncmp(e->d_name, want, strlen(want)) == 0) {
				snprintf(ret, n, "%s/%s", dirs[i], e->d_name);
				found = true;
			}
		closedir(d);
		if (found)
			return true;
	}
	return false;
}

static void others_do_something(struct fixture *f, int k)
{
	char is[300], to[300];
	bool there = find_file(f, k, is, sizeof(is));

	name_of(to, sizeof(to), k, !there || rand() % 4 == 0);
	if (!there)
		fixture_mail(f, to, arena_printf(&f->a, "%d@x", k));
	else if (rand() % 6 == 0)
		fixture_remove(f, is);
	else if (strcmp(is, to) != 0)
		fixture_move(f, is, to);
}

static void the_session_does_something(struct fixture *f, struct box *b)
{
	struct change_copied c;
	const uint32_t      *gone;
	size_t               n_gone;
	uint32_t             n, uid;

	fixture_poll(f, b);
	n = box_count(b);
	if (n == 0)
		return;
	uid = box_uid(b, 1 + (uint32_t)rand() % n);
	switch (rand() % 4) {
	case 0:
		assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &c), 0);
		break;
	case 1:
		fixture_change(f, "INBOX", uid, CHANGE_ADD, MAIL_DELETED, NULL);
		assert_int_equal(change_expunge(b, &uid, 1, &f->a, &gone, &n_gone), 0);
		break;
	default:
		fixture_change(f, "INBOX", uid, rand() % 2 ? CHANGE_ADD : CHANGE_REMOVE, rand() % 2 ? MAIL_SEEN : MAIL_FLAGGED, NULL);
	}
}

static void drainer_works(struct fixture *f)
{
	struct fixture drainer = *f;
	const char    *why;

	assert_int_equal(store_open(&f->store->conf, &drainer.store, &why), 0);
	fixture_drain(&drainer);
	if (rand() % 2)
		others_do_something(f, rand() % 12);
	store_settle(drainer.store);
	store_close(drainer.store);
}

static void is_exact(struct fixture *f, const char *name, const char *dir, int step)
{
	size_t   files = fixture_count(f, arena_printf(&f->a, "%scur", dir)) + fixture_count(f, arena_printf(&f->a, "%snew", dir));
	uint32_t n = fixture_messages(f, name);

	if (n != files)
		fail_msg("after %d steps %s has %u messages, %zu files", step, name, n, files);
}

/* Each session finds what there is, whatever was done between, before and after the times were noted. */
static void sessions_come_and_go(void **state)
{
	enum { SESSIONS = 60, STEPS = 5 };
	struct fixture *f = *state;
	struct box     *b;

	srand(11);
	for (int i = 0; i < SESSIONS; i++) {
		b = fixture_open(f, "INBOX");
		box_watch(b);
		for (int k = 0; k < STEPS; k++) {
			if (rand() % 2)
				others_do_something(f, rand() % 12);
			else
				the_session_does_something(f, b);
			if (rand() % 8 == 0)
				usleep((MAILDIR_SETTLE_MS + 10) * 1000);
		}
		box_close(b);
		if (rand() % 3 == 0)
			drainer_works(f);
		if (rand() % 3 != 0)
			store_settle(f->store);
		fixture_reopen(f);
		is_exact(f, "INBOX", "", i);
		is_exact(f, "Work", "Work/", i);
	}
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(moved), T(appended), T(expunged), T(others_deliver_meanwhile), T(others_delivered_before), T(nothing_was_done),
		T(sessions_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
