/* Following a folder by the names that inotify tells, and reading it where they do not tell enough.
 *
 * Whether a directory was read is seen by a file in it that was there before the watch: the watch is trusted all the same, which is a lie, so that
 * only reading the directory finds the file. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "clock.h"
#include "dirwatch.h"
#include "fixture.h"
#include "folders.h"
#include "sync.h"
#include "sync_diff.h"
#include "watch.h"

static const char hidden[] = "cur/1000000000.hidden.h:2,";

/* INBOX, empty as far as is known. */
static struct box *begin(struct fixture *f)
{
	struct box *b = fixture_open(f, "INBOX");

	fixture_mail(f, hidden, "hidden");
	assert_true(dirwatch_aim(f->store, box_id(b), ""));
	dirwatch_trust(f->store, box_id(b));
	return b;
}

static bool is_exact(struct fixture *f, struct box *b)
{
	return box_count(b) == fixture_count(f, "cur") + fixture_count(f, "new");
}

static void changes_are_followed_by_name(void **state)
{
	struct fixture    *f = *state;
	struct box        *b = begin(f);
	struct box_changes c;

	fixture_mail(f, "new/1000000001.a.h", "a");
	fixture_mail(f, "tmp/1000000002.b.h", "b");
	fixture_move(f, "tmp/1000000002.b.h", "new/1000000002.b.h");
	c = fixture_poll(f, b);
	assert_true(c.grown);
	assert_int_equal(box_count(b), 2);
	fixture_move(f, "new/1000000001.a.h", "cur/1000000001.a.h:2,S");
	fixture_move(f, "cur/1000000001.a.h:2,S", "cur/1000000001.a.h:2,FS");
	c = fixture_poll(f, b);
	assert_int_equal(c.n_changed, 1);
	assert_int_equal(c.changed[0].uid, 1);
	assert_int_equal(c.changed[0].flags, MAIL_SEEN | MAIL_FLAGGED);
	fixture_move(f, "new/1000000002.b.h", "cur/1000000002.b.h:2,S");
	fixture_remove(f, "cur/1000000002.b.h:2,S");
	fixture_mail(f, "new/1000000003.c.h", "c");
	fixture_remove(f, "new/1000000003.c.h");
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 1);
	assert_int_equal(c.expunged_uids[0], 2);
	assert_false(c.grown);
	assert_int_equal(box_count(b), 1);
	box_close(b);
}

static void another_session_was_faster(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	struct store   *other;
	const char     *why;
	struct box     *theirs;

	fixture_mail(f, "new/1000000001.a.h", "a");
	assert_int_equal(store_open(&f->store->conf, &other, &why), 0);
	assert_int_equal(box_open(other, STR("INBOX"), false, NULL, NULL, &theirs), 0);
	assert_int_equal(box_count(theirs), 2);
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 2);
	assert_int_equal(box_uidnext(b), 3);
	fixture_move(f, "new/1000000001.a.h", "cur/1000000001.a.h:2,S");
	assert_int_equal(fixture_poll(f, b).n_changed, 1);
	fixture_remove(f, "cur/1000000001.a.h:2,S");
	fixture_poll(f, theirs);
	assert_int_equal(box_count(theirs), 1);
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	box_close(theirs);
	store_close(other);
	box_close(b);
}

static int hear(struct fixture *f, struct box *b, struct sync_diff *d)
{
	sync_diff_free(d);
	return sync_diff_heard(f->store, box_id(b), "", d);
}

static int hear_again(struct fixture *f, struct box *b, struct sync_diff *d)
{
	struct state_txn t;
	int              r;

	assert_int_equal(state_write(&f->store->state, &t), 0);
	r = sync_diff_again(f->store, &t, box_id(b), "", d);
	state_abort(&t);
	return r;
}

/* As another session does it that has looked for the file before it went, or came back. */
static void set_row(struct fixture *f, struct box *b, struct str base, bool there)
{
	struct state_txn  t;
	struct state_box  rec;
	struct state_file file;
	struct state_mail m = { .box = box_id(b), .base = base, .id = STR("a") };
	struct row        row = { 0 };

	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(state_box_get(&t, box_id(b), &rec, NULL), 0);
	if (there) {
		m.uid = rec.uidnext;
		assert_int_equal(state_mail_add(&t, &m, true, STR_NONE), 0);
		row.serial = m.serial;
		assert_int_equal(state_row_add(&t, &rec, &row), 0);
	} else {
		assert_int_equal(state_file_get(&t, box_id(b), base, &file, NULL), 0);
		assert_int_equal(state_mail_get(&t, file.serial, &m), 0);
		assert_int_equal(state_row_expunge(&t, &rec, m.uid), 0);
		assert_int_equal(state_mail_drop(&t, file.serial), 0);
	}
	assert_int_equal(state_box_put(&t, &rec, STR_NONE), 0);
	assert_int_equal(state_commit(&t), 0);
	state_abort(&t);
}

static void others_write_meanwhile(void **state)
{
	struct fixture  *f = *state;
	struct box      *b = begin(f);
	struct sync_diff d = { .arena = ARENA_INIT };
	struct str       base = STR("1000000001.a.h");

	fixture_mail(f, "new/1000000001.a.h", "a");
	fixture_remove(f, "new/1000000001.a.h");
	assert_int_equal(hear(f, b, &d), 0);
	assert_int_equal(d.added.n + d.gone.n, 0);
	set_row(f, b, base, true);
	assert_int_equal(hear_again(f, b, &d), 0);
	assert_int_equal(d.gone.n, 1);
	dirwatch_trust(f->store, box_id(b));

	fixture_mail(f, "new/1000000001.a.h", "a");
	assert_int_equal(hear(f, b, &d), 0);
	assert_int_equal(d.added.n + d.gone.n, 0);
	set_row(f, b, base, false);
	assert_int_equal(hear_again(f, b, &d), -ENODATA);

	fixture_poll(f, b);             /* reads */
	assert_true(is_exact(f, b));
	fixture_write(f, "new/1000000002.b.h", "this is no mail");
	assert_int_equal(hear(f, b, &d), 0);
	assert_int_equal(d.added.n, 1);
	assert_int_equal(hear_again(f, b, &d), 0);      /* it cannot be served, and has been tried */
	sync_diff_free(&d);
	box_close(b);
}

/* As on a file system that does not tell: the time moves. */
static void a_directory_changed_silently(void **state)
{
	struct fixture       *f = *state;
	struct box           *b = begin(f);
	struct timespec       times[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };

	fixture_poll(f, b);
	assert_int_equal(box_count(b), 0);
	assert_int_equal(utimensat(f->store->root, "cur", times, 0), 0);
	fixture_poll(f, b);
	assert_true(is_exact(f, b));
	box_close(b);
}

/* As when the user has used up all instances. */
static void cannot_be_watched(void **state)
{
	struct fixture *f = *state;
	struct box     *b = fixture_open(f, "INBOX");
	struct rlimit   was, none;
	struct watch   *w;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = was.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	box_watch(b);
	assert_int_equal(watch_open(f->store, b, &w), -EMFILE);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	assert_null(f->store->dirwatch);
	fixture_mail(f, "new/1000000001.a.h", "a");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	box_close(b);
}

/* The kernel keeps so many events, by default 16384. */
static void too_much_to_tell(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	FILE           *file = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
	int             most = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &most), 1);
	fclose(file);
	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	for (int i = 0; i <= most / 4; i++) {
		fixture_move(f, "cur/1000000001.a.h:2,", "cur/1000000001.a.h:2,S");
		fixture_move(f, "cur/1000000001.a.h:2,S", "cur/1000000001.a.h:2,");
	}
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 2);
	fixture_mail(f, "cur/1000000002.b.h:2,", "b");  /* and it is followed again */
	fixture_poll(f, b);
	assert_true(is_exact(f, b));
	box_close(b);
}

static void a_file_moved_away_comes_there_first(void **state)
{
	struct fixture *f = *state;
	struct box     *work = fixture_open(f, "Work"), *b = begin(f);
	uint32_t        trash = 0;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	fixture_change(f, "INBOX", box_uid(b, 1), CHANGE_ADD, trash, "kept");
	fixture_move(f, "cur/1000000001.a.h:2,", "Work/cur/1000000001.a.h:2,");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 0);
	fixture_poll(f, work);
	assert_int_equal(box_count(work), 1);
	assert_int_not_equal(fixture_row(work, 1).kwset, 0);
	box_close(work);
	box_close(b);
}

/* A time that is too young to be trusted is looked at again without anybody's doing. */
static void fresh_times_are_looked_at_again(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	struct timespec ahead[2] = { { .tv_sec = time(NULL) + 60 }, { .tv_sec = time(NULL) + 60 } }, old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };

	assert_int_equal(utimensat(f->store->root, "cur", ahead, 0), 0);
	fixture_poll(f, b);
	assert_true(box_due(b) <= clock_ms() + 1000);
	assert_int_equal(utimensat(f->store->root, "cur", old, 0), 0);
	assert_int_equal(utimensat(f->store->root, "new", old, 0), 0);
	fixture_poll(f, b);
	assert_true(box_due(b) == CLOCK_NEVER);
	box_close(b);
}

static void another_directory_of_the_name(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	fixture_mail(f, "Work/cur/1000000001.a.h:2,", "a");
	b = fixture_open(f, "Work");
	assert_true(dirwatch_aim(f->store, box_id(b), "Work"));
	dirwatch_trust(f->store, box_id(b));
	fixture_move(f, "Work", "Old");
	assert_int_equal(maildir_make(f->store->root, "Work"), 0);
	fixture_mail(f, "Work/cur/1000000002.b.h:2,", "b");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	assert_int_equal(box_uid(b, 1), 2);
	fixture_mail(f, "Work/cur/1000000003.c.h:2,", "c");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 2);
	box_close(b);
}

/* Its directories are the same ones, and say nothing. */
static void a_folder_goes_and_comes_back(void **state)
{
	struct fixture *f = *state;
	struct folder   other = { .name = STR_LIT("INBOX"), .is_maildir = true };
	struct box     *b;

	fixture_mail(f, "Work/cur/1000000001.a.h:2,", "a");
	b = fixture_open(f, "Work");
	assert_int_equal(box_count(b), 1);
	assert_true(dirwatch_aim(f->store, box_id(b), "Work"));
	dirwatch_trust(f->store, box_id(b));
	fixture_move(f, "Work", "Old");
	assert_int_equal(sync_gone(f->store, &other, 1), 0);
	fixture_move(f, "Old", "Work");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	assert_int_equal(box_uid(b, 1), 2);
	box_close(b);
}

/* What is heard of a folder that is trusted: how many names. */
static size_t heard(struct fixture *f, const struct box *b, const struct heard **ret)
{
	size_t n;

	assert_int_equal(dirwatch_hear(f->store, box_id(b), ret, &n), 0);
	return n;
}

static void two_folders(void **state)
{
	struct fixture     *f = *state;
	struct box         *inbox = fixture_open(f, "INBOX"), *work = fixture_open(f, "Work");
	const struct heard *v;
	size_t              n;

	assert_int_equal(dirwatch_hear(f->store, box_id(inbox), &v, &n), -ENODATA);
	assert_true(dirwatch_aim(f->store, box_id(inbox), ""));
	assert_int_equal(dirwatch_hear(f->store, box_id(inbox), &v, &n), -ENODATA);    /* not trusted yet */
	dirwatch_trust(f->store, box_id(inbox));
	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	assert_true(dirwatch_aim(f->store, box_id(work), "Work"));
	assert_false(dirwatch_aim(f->store, box_id(work), "Work"));
	dirwatch_trust(f->store, box_id(work));
	assert_false(dirwatch_told(f->store, box_id(work)));
	fixture_mail(f, "Work/new/1000000003.c.h", "c");
	dirwatch_listen(f->store);
	assert_true(dirwatch_told(f->store, box_id(work)));
	assert_int_equal(heard(f, work, &v), 1);
	assert_true(str_eq(v[0].file.base, STR("1000000003.c.h")) && v[0].file.in_new && v[0].came);
	assert_int_equal(dirwatch_hear(f->store, box_id(work), &v, &n), -ENODATA);     /* until it is trusted again */
	fixture_move(f, "Work/new/1000000003.c.h", "Work/cur/1000000003.c.h:2,");
	assert_int_equal(heard(f, inbox, &v), 1);
	assert_true(str_eq(v[0].file.base, STR("1000000001.a.h")) && !v[0].file.in_new && v[0].came);
	box_close(inbox);
	box_close(work);
}

/* Which is that of the one not asked for the longest. */
static void more_folders_than_there_is_room_for(void **state)
{
	struct fixture     *f = *state;
	const struct heard *v;
	size_t              n;
	uint32_t            boxes[DIRWATCH_FOLDERS];

	for (uint32_t i = 0; i < DIRWATCH_FOLDERS; i++) {
		const char *dir = arena_printf(&f->a, "d%u", i);

		assert_int_equal(maildir_make(f->store->root, dir), 0);
		assert_true(dirwatch_aim(f->store, 100 + i, dir));
		dirwatch_trust(f->store, 100 + i);
	}
	fixture_mail(f, "d0/cur/1", "a");
	fixture_mail(f, "d1/cur/1", "a");
	dirwatch_listen(f->store);
	dirwatch_trust(f->store, 100);
	assert_true(dirwatch_aim(f->store, 99, "Work"));
	assert_int_equal(dirwatch_boxes(f->store, boxes), DIRWATCH_FOLDERS);
	assert_int_equal(boxes[0], 99);
	assert_int_equal(boxes[1], 100);
	assert_int_equal(dirwatch_hear(f->store, 101, &v, &n), -ENODATA);
	assert_int_equal(dirwatch_hear(f->store, 100, &v, &n), 0);
	assert_int_equal(n, 0);
	dirwatch_leave(f->store);
	assert_int_equal(dirwatch_boxes(f->store, boxes), 0);
}

/* IDLE's watches share the instance, and go when it ends. */
static void beside_a_watch(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	struct watch   *w;

	assert_int_equal(watch_open(f->store, b, &w), 0);
	fixture_mail(f, "new/1000000001.a.h", "a");
	fixture_change(f, "INBOX", 0, CHANGE_ADD, 0, NULL);
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	assert_true(watch_due(w));      /* the state was written, and that was read with the names */
	watch_clear(w);
	assert_false(watch_due(w));
	watch_close(w);
	fixture_mail(f, "new/1000000002.b.h", "b");
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 2);
	box_close(b);
}

/* Two sessions, of which either looks now and then, and both agree with the files whenever they do. */
static void all_kinds_at_random(void **state)
{
	enum { FILES = 12, STEPS = 900 };
	struct fixture *f = *state, others = *f;
	struct box     *b[2];
	const char     *why;
	char            at[FILES][64] = { "" }, to[64];

	assert_int_equal(store_open(&f->store->conf, &others.store, &why), 0);
	b[0] = fixture_open(f, "INBOX");
	b[1] = fixture_open(&others, "INBOX");
	box_watch(b[0]);
	box_watch(b[1]);
	srand(7);
	for (int i = 0; i < STEPS; i++) {
		int k = rand() % FILES, what = rand() % 8, who = rand() % 4;

		snprintf(to, sizeof(to), "cur/10000000%02d.%d.h:2,%s%s", k, k, rand() % 2 ? "F" : "", rand() % 2 ? "S" : "");
		if (what == 0)
			snprintf(to, sizeof(to), "Work/cur/10000000%02d.%d.h:2,", k, k);
		if (at[k][0] == '\0') {
			snprintf(to, sizeof(to), "new/10000000%02d.%d.h", k, k);
			fixture_mail(f, to, to);
		} else if (what == 1) {
			fixture_remove(f, at[k]);
			to[0] = '\0';
		} else if (strcmp(at[k], to) != 0) {
			fixture_move(f, at[k], to);
		}
		memcpy(at[k], to, sizeof(to));
		if (who > 1)
			continue;
		fixture_poll(f, b[who]);
		if (!is_exact(f, b[who]))
			fail_msg("after %d steps", i + 1);
	}
	box_close(b[0]);
	box_close(b[1]);
	store_close(others.store);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(changes_are_followed_by_name),
		CASE(another_session_was_faster),
		CASE(others_write_meanwhile),
		CASE(a_directory_changed_silently),
		CASE(cannot_be_watched),
		CASE(too_much_to_tell),
		CASE(a_file_moved_away_comes_there_first),
		CASE(fresh_times_are_looked_at_again),
		CASE(another_directory_of_the_name),
		CASE(a_folder_goes_and_comes_back),
		CASE(two_folders),
		CASE(more_folders_than_there_is_room_for),
		CASE(beside_a_watch),
		CASE(all_kinds_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
