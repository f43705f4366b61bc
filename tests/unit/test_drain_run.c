/* The drainer as a process: started once, woken, replaced when it dies, and gone when nobody wakes it any more. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "change.h"
#include "drain.h"
#include "fixture.h"
#include "journal.h"
#include "store_priv.h"

static void kick(struct store *s)
{
	drain_kick(s);
	drain_go(s);
}

/* Whatever the drainer is: it is started once, told of each kick, and ends when it is let go. */
static void starts_and_wakes(void **state)
{
	struct fixture    *f = *state;
	const char        *script = arena_printf(&f->a, "cd %s; touch started; head -c 1 >one; touch one-read; cat >rest; touch ended", f->mail);
	const char *const  args[] = { "-c", script, NULL };
	int                pid;

	f->store->conf.program = "/bin/sh";
	kick(f->store);
	assert_int_equal(f->store->drain.pid, 0);
	f->store->conf.drain_args = args;
	drain_go(f->store);
	assert_int_equal(f->store->drain.pid, 0);
	drain_kick(f->store);
	assert_int_equal(f->store->drain.pid, 0);
	drain_go(f->store);
	pid = f->store->drain.pid;
	assert_true(pid > 0);
	fixture_wait(f, "started");
	kick(f->store);
	fixture_wait(f, "one-read");
	kick(f->store);
	assert_int_equal(f->store->drain.pid, pid);
	drain_finish(f->store, 5000);
	assert_true(fixture_has(f, "ended"));
	assert_int_equal(f->store->drain.pid, 0);
}

/* One that was killed is replaced, and the kick that finds it dead does not kill us. */
static void restarts(void **state)
{
	struct fixture    *f = *state;
	const char        *script = arena_printf(&f->a, "cd %s; touch started; exec cat >/dev/null", f->mail);
	const char *const  args[] = { "-c", script, NULL };
	int                pid;

	f->store->conf.program = "/bin/sh";
	f->store->conf.drain_args = args;
	kick(f->store);
	fixture_wait(f, "started");
	pid = f->store->drain.pid;
	kill(pid, SIGKILL);
	usleep(50 * 1000);
	f->store->drain.started -= 5000;
	fixture_remove(f, "started");
	kick(f->store);
	fixture_wait(f, "started");
	assert_int_not_equal(f->store->drain.pid, pid);
	drain_finish(f->store, 5000);
}

/* The real one, in a process of its own, until its standard input ends. */
static void runs(void **state)
{
	struct fixture   *f = *state;
	struct store_conf conf = f->store->conf;
	const char       *why = "";
	int               wake[2], status;
	pid_t             pid;

	fixture_mail(f, "new/1", "one@x");
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_SEEN, NULL);
	store_close(f->store);
	f->store = NULL;
	assert_int_equal(pipe(wake), 0);
	pid = fork();
	if (pid == 0) {
		close(wake[1]);
		dup2(wake[0], STDIN_FILENO);
		alarm(20);
		_exit(drain_run(&conf, &why) == 0 ? 0 : 1);
	}
	close(wake[0]);
	fixture_wait(f, "cur/1:2,S");
	assert_int_equal(store_open(&conf, &f->store, &why), 0);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_FLAGGED, NULL);
	assert_int_equal(write(wake[1], "", 1), 1);
	fixture_wait(f, "cur/1:2,FS");
	fixture_change(f, "INBOX", 1, CHANGE_REMOVE, MAIL_FLAGGED, NULL);
	close(wake[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(journal_empty(&f->store->state));
	assert_true(fixture_has(f, "cur/1:2,S"));
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = { T(starts_and_wakes), T(restarts), T(runs) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
