/* A drainer that renames files notes the time of their directory, so that nobody has to read it for that; what others do there meanwhile is
 * not hidden by it. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "dirwatch.h"
#include "drain.h"
#include "fixture.h"
#include "maildir.h"
#include "store_priv.h"
#include "sync.h"

/* Two messages, indexed, and the times of their directory noted. */
static void begin(struct fixture *f)
{
	fixture_mail(f, "cur/1000000001.a.h:2,", "a@x");
	fixture_mail(f, "new/1000000002.b.h", "b@x");
	fixture_messages(f, "INBOX");
	fixture_drain(f);
	fixture_settle(f, "INBOX");
	fixture_reopen(f);
	assert_true(fixture_is_noted(f, "INBOX", ""));
}

/* As drain_run does it when the client pauses. */
static void settle(struct fixture *f)
{
	usleep((MAILDIR_SETTLE_MS + 10) * 1000);
	assert_int_equal(sync_watched(f->store), 0);
	dirwatch_end(f->store);
}

static void nobody_has_to_read_the_directory(void **state)
{
	struct fixture *f = *state;

	begin(f);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	fixture_change(f, "INBOX", 2, CHANGE_ADD, MAIL_FLAGGED, NULL);
	dirwatch_end(f->store);
	fixture_drain(f);
	assert_true(fixture_has(f, "cur/1000000001.a.h:2,S"));
	assert_false(fixture_is_noted(f, "INBOX", ""));
	settle(f);
	assert_true(fixture_is_noted(f, "INBOX", ""));
	assert_int_equal(fixture_journal(f), 0);
	fixture_hide(f, "cur/1000000000.hidden.h:2,", "hidden@x");
	assert_int_equal(fixture_messages(f, "INBOX"), 2);
}

/* They are found by name, not by reading. */
static void what_others_do_at_the_same_time(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	begin(f);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	dirwatch_end(f->store);
	fixture_drain(f);
	fixture_mail(f, "new/1000000003.c.h", "c@x");
	fixture_move(f, "new/1000000002.b.h", "cur/1000000002.b.h:2,FS");
	settle(f);
	assert_true(fixture_is_noted(f, "INBOX", ""));
	b = fixture_open(f, "INBOX");
	assert_int_equal(box_count(b), 3);
	assert_int_equal(fixture_row(b, 2).flags & MAIL_TAG_FLAGS, MAIL_FLAGGED | MAIL_SEEN);
	box_close(b);
	assert_true(fixture_journal(f) > 0);
	fixture_drain(f);
	fixture_index(f, "b@x", "known flagged inbox");
}

/* The time is not noted, since what they did is not known. */
static void what_others_did_before(void **state)
{
	struct fixture *f = *state;

	begin(f);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	dirwatch_end(f->store);
	fixture_mail(f, "cur/1000000003.c.h:2,", "c@x");
	fixture_drain(f);
	settle(f);
	assert_false(fixture_is_noted(f, "INBOX", ""));
	assert_int_equal(fixture_messages(f, "INBOX"), 3);
}

static void files_of_two_folders(void **state)
{
	struct fixture *f = *state;

	fixture_mail(f, "Work/cur/1000000003.c.h:2,", "c@x");
	fixture_messages(f, "Work");
	fixture_drain(f);
	fixture_settle(f, "Work");
	begin(f);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	fixture_change(f, "Work", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	dirwatch_end(f->store);
	fixture_drain(f);
	settle(f);
	assert_true(fixture_is_noted(f, "INBOX", ""));
	assert_true(fixture_is_noted(f, "Work", "Work"));
	fixture_hide(f, "Work/cur/1000000000.hidden.h:2,", "hidden@x");
	assert_int_equal(fixture_messages(f, "Work"), 1);
}

/* The real one, as it ends. */
static void a_drainer_does_so(void **state)
{
	struct fixture   *f = *state;
	struct store_conf conf;
	const char       *why = "";
	int               status;
	pid_t             pid;

	begin(f);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	conf = f->store->conf;
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

		dup2(null, STDIN_FILENO);
		alarm(60);
		_exit(drain_run(&conf, &why) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(fixture_has(f, "cur/1000000001.a.h:2,S"));
	assert_true(fixture_is_noted(f, "INBOX", ""));
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(nobody_has_to_read_the_directory), T(what_others_do_at_the_same_time), T(what_others_did_before), T(files_of_two_folders),
		T(a_drainer_does_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
