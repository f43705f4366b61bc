/* What other programs and sessions do between two steps of ours: no row is left without its file. */
#include <errno.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "change.h"
#include "clock.h"
#include "fixture.h"
#include "mail.h"
#include "maildir.h"
#include "store_priv.h"

/* fn in another process, with a store and INBOX of its own, while we hold the state: it goes on as far as it can without. */
static pid_t beside(struct fixture *f, void (*fn)(struct fixture *f, struct box *b), struct state_txn *t)
{
	struct store_conf conf = f->store->conf;
	const char       *why = "";
	struct box       *b;
	pid_t             pid;

	store_close(f->store);
	f->store = NULL;
	pid = fork();
	if (pid == 0) {
		alarm(20);
		if (store_open(&conf, &f->store, &why) < 0)
			_exit(1);
		b = fixture_open(f, "INBOX");
		fixture_write(f, "ready", "");
		fixture_wait(f, "held");
		fn(f, b);
		_exit(0);
	}
	assert_int_equal(store_open(&conf, &f->store, &why), 0);
	fixture_wait(f, "ready");
	assert_int_equal(state_write(&f->store->state, t), 0);
	fixture_write(f, "held", "");
	return pid;
}

/* As a session does that has just read the directory. */
static void note_times(struct fixture *f, struct state_txn *t, struct state_box *b, const char *dir)
{
	assert_int_equal(maildir_times(f->store->root, dir, &b->cur_mtime, &b->new_mtime), 0);
	assert_int_equal(state_box_put(t, b, STR_NONE), 0);
}

static void end_beside(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void drain_there(struct fixture *f, struct box *b)
{
	fixture_drain(f);
}

/* Between the drainer's rename and its note of that, another program gives the file a third name, and a session sees it. */
static void renamed_after_drainer(void **state)
{
	struct fixture   *f = *state;
	struct state_box  rec;
	struct state_file file;
	struct state_txn  t;
	struct mail       m = { 0 };
	const struct flag_change flagged = { .how = CHANGE_ADD, .flags = MAIL_FLAGGED, .unchanged_since = UINT64_MAX };
	const uint32_t    uid = 1;
	struct box       *b;
	pid_t             pid;

	fixture_mail(f, "cur/1:2,S", "one@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	assert_int_equal(change_flags(b, &uid, 1, &flagged, &f->a, &(struct change_flagged){ 0 }), 0);
	box_close(b);
	pid = beside(f, drain_there, &t);
	fixture_wait(f, "cur/1:2,FS");
	fixture_move(f, "cur/1:2,FS", "cur/1:2,FST");
	assert_int_equal(state_box_find(&t, STR("INBOX"), &rec), 0);
	assert_int_equal(state_file_get(&t, rec.id, STR("1"), &file, NULL), 0);
	assert_int_equal(state_file_put(&t, rec.id, STR("1"), &file, STR(":2,FST")), 0);
	note_times(f, &t, &rec, "");
	assert_int_equal(state_commit(&t), 0);
	end_beside(pid);
	assert_int_equal(mail_open(f->store, file.serial, &m), 0);
	mail_close(&m);
}

static void move_there(struct fixture *f, struct box *b)
{
	struct change_copied copied;
	uint32_t             uid = 1;

	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &copied), 0);
}

static void append_there(struct fixture *f, struct box *b)
{
	const char              text[] = "Message-ID: <more@x>\n\n";
	const struct flag_change none = { .how = CHANGE_ADD };
	struct append          *ap;
	uint32_t                validity, uid;
	int                     r;

	assert_int_equal(append_begin(f->store, STR("Work"), &ap), 0);
	assert_int_equal(append_write(ap, text, strlen(text)), 0);
	r = append_commit(ap, &none, 1, &validity, &uid);
	assert_true(r == 0 || r == -ENOENT);    /* it went before it was looked at: that is refused */
}

/* The path of the file that came into Work beside the one that is `kept`. */
static const char *arrived(struct fixture *f, const char *kept)
{
	const char *path = NULL;
	glob_t      g = { 0 };

	for (int64_t until = clock_ms() + 5000; fixture_count(f, "Work/cur") < 2 && clock_ms() < until;)
		usleep(1000);
	usleep(50 * 1000);
	assert_int_equal(glob(arena_printf(&f->a, "%s/Work/cur/*", f->mail), 0, NULL, &g), 0);
	assert_int_equal(g.gl_pathc, 2);
	for (size_t i = 0; i < g.gl_pathc; i++)
		if (!str_ends(str_of(g.gl_pathv[i]), str_of(kept)))
			path = arena_z(&f->a, str_of(g.gl_pathv[i]));
	globfree(&g);
	assert_non_null(path);
	return path;
}

/* A file that comes into a folder is removed before the state knows of it, and a session reads the directory. */
static void removed_before_known(struct fixture *f, void (*fn)(struct fixture *f, struct box *b))
{
	const char      *kept = "Work/cur/2:2,S";
	struct state_box rec;
	struct state_txn t;
	struct box      *b;
	pid_t            pid;

	fixture_mail(f, "cur/1:2,S", "one@x");
	fixture_mail(f, kept, "two@x");
	box_close(fixture_open(f, "INBOX"));
	box_close(fixture_open(f, "Work"));
	pid = beside(f, fn, &t);
	assert_int_equal(unlink(arrived(f, kept)), 0);
	assert_int_equal(state_box_find(&t, STR("Work"), &rec), 0);
	note_times(f, &t, &rec, "Work");
	assert_int_equal(state_commit(&t), 0);
	end_beside(pid);
	b = fixture_open(f, "Work");
	assert_int_equal(box_count(b), 1);
	box_close(b);
}

static void moved_and_removed(void **state)
{
	removed_before_known(*state, move_there);
}

static void appended_and_removed(void **state)
{
	removed_before_known(*state, append_there);
}

/* A session that reads the directory takes a file that is being moved for a new one, before the folder it was in is looked at. */
static void moved_and_taken_for_new(void **state)
{
	struct fixture   *f = *state;
	const char       *kept = "Work/cur/2:2,S";
	struct state_mail m = { .id = STR("one@x") };
	struct row        row = { .flags = MAIL_SEEN }, old;
	struct state_box  rec;
	struct state_txn  t;
	struct str        info;
	struct box       *b, *w;
	pid_t             pid;

	fixture_mail(f, "cur/1:2,S", "one@x");
	fixture_mail(f, kept, "two@x");
	box_close(fixture_open(f, "Work"));
	b = fixture_open(f, "INBOX");
	old = fixture_row(b, 1);
	box_close(b);
	pid = beside(f, move_there, &t);
	maildir_split(str_of(strrchr(arrived(f, kept), '/') + 1), &m.base, &info);
	assert_int_equal(state_box_find(&t, STR("Work"), &rec), 0);
	m.box = rec.id;
	m.uid = rec.uidnext;
	assert_int_equal(state_mail_add(&t, &m, false, info), 0);
	row.serial = m.serial;
	assert_int_equal(state_row_add(&t, &rec, &row), 0);
	assert_int_equal(state_box_put(&t, &rec, STR_NONE), 0);
	assert_int_equal(state_commit(&t), 0);
	end_beside(pid);
	b = fixture_open(f, "INBOX");
	w = fixture_open(f, "Work");
	assert_int_equal(box_count(b), 0);
	assert_int_equal(box_count(w), 2);
	assert_int_equal(fixture_row(w, m.uid).serial, m.serial);
	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(state_email(&t, m.serial), old.serial);
	assert_int_equal(state_mail_get(&t, old.serial, &m), -ENOENT);
	state_abort(&t);
	box_close(b);
	box_close(w);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = { T(renamed_after_drainer), T(moved_and_removed), T(moved_and_taken_for_new), T(appended_and_removed) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
