/* The database under processes that are killed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "db.h"

/* Two are left when one is killed: with more, the next to queue would wake who was forgotten. */
enum { WRITERS = 3, KILLS = 500, PATIENCE_MS = 10000 };

static char path[64];

static int set_up(void **state)
{
	char dir[] = "/tmp/remuch-db-XXXXXX";

	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/a.mdb", dir);
	return 0;
}

static int tear_down(void **state)
{
	char lock[80];

	snprintf(lock, sizeof(lock), "%s-lock", path);
	unlink(path);
	unlink(lock);
	*strrchr(path, '/') = '\0';
	return rmdir(path);
}

/* Add to a counter, n times (0: for ever), and tell of each time. */
static void write_on(struct db *d, unsigned n, volatile unsigned *done)
{
	for (unsigned i = 0; n == 0 || i < n; i++, (*done)++) {
		struct db_txn *t;
		struct str     v;
		uint64_t       count = 0;

		if (db_read(d, &t) < 0)
			_exit(1);
		db_abort(t);
		if (db_write(d, &t) < 0)
			_exit(1);
		if (db_get(t, 0, STR("count"), &v) == 0)
			memcpy(&count, v.p, sizeof(count));
		count++;
		if (db_put(t, 0, STR("count"), (struct str){ (const char *)&count, sizeof(count) }) < 0 || db_commit(t) < 0)
			_exit(1);
	}
}

static pid_t start(volatile unsigned *done)
{
	pid_t      pid = fork();
	struct db *d;

	if (pid != 0)
		return pid;
	if (db_open(path, 1, true, &d) < 0)
		_exit(1);
	write_on(d, 0, done);
	_exit(0);
}

static void end(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

static bool gets_on(volatile unsigned *done)
{
	unsigned was = *done;
	int64_t  until = clock_ms() + PATIENCE_MS;

	while (*done == was && clock_ms() < until)
		usleep(100);
	return *done != was;
}

/* A woken waiter that dies must not leave another asleep. */
static void no_wake_up_is_lost(void **state)
{
	volatile unsigned *done = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t              pids[WRITERS];
	unsigned           seed = 1;

	assert_true((const void *)done != MAP_FAILED);
	for (int i = 0; i < WRITERS; i++)
		pids[i] = start(&done[i]);
	for (int k = 0; k < KILLS; k++) {
		int i = rand_r(&seed) % WRITERS;

		usleep(500 + rand_r(&seed) % 1000);
		end(pids[i]);
		for (int o = 0; o < WRITERS; o++)
			assert_true(o == i || gets_on(&done[o]));
		pids[i] = start(&done[i]);
	}
	for (int i = 0; i < WRITERS; i++)
		end(pids[i]);
	munmap((void *)(uintptr_t)done, 4096);
}

/* A reader sees what was when it began, however many there are; one that ends gives way to what was written meanwhile. */
static void readers_see_one_moment(void **state)
{
	struct db     *d;
	struct db_txn *one, *two;
	struct str     v;
	unsigned       done = 0;

	assert_int_equal(db_open(path, 1, true, &d), 0);
	assert_int_equal(db_read(d, &one), 0);
	write_on(d, 1, &done);
	assert_int_equal(db_read(d, &two), 0);
	assert_true(db_get(one, 0, STR("count"), &v) < 0);
	assert_int_equal(db_get(two, 0, STR("count"), &v), 0);
	db_abort(one);
	db_abort(two);
	assert_int_equal(db_read(d, &one), 0);
	assert_int_equal(db_get(one, 0, STR("count"), &v), 0);
	db_abort(one);
	db_close(d);
}

/* A durable database that was deleted takes no more changes; a cache does not care. */
static void a_replaced_one_is_not_written(void **state)
{
	struct db_txn *t;
	struct db     *d, *other;
	char           lock[80];

	for (int fast = 0; fast < 2; fast++) {
		assert_int_equal(db_open(path, 1, fast, &d), 0);
		assert_false(db_replaced(d));
		unlink(path);
		assert_true(db_replaced(d));
		assert_int_equal(db_write(d, &t), fast ? 0 : -ESTALE);
		if (fast)
			db_abort(t);
		snprintf(lock, sizeof(lock), "%s-lock", path);
		unlink(lock);
		assert_int_equal(db_open(path, 1, fast, &other), 0);
		assert_true(db_replaced(d));
		assert_false(db_replaced(other));
		db_close(d);
		assert_int_equal(db_write(other, &t), 0);
		db_abort(t);
		db_close(other);
	}
}

/* Of an earlier program, which knew fewer of them. */
static void new_tables_are_added(void **state)
{
	struct db_txn *t;
	struct db     *d;
	struct str     v;

	assert_int_equal(db_open(path, 2, false, &d), 0);
	assert_int_equal(db_write(d, &t), 0);
	assert_int_equal(db_put(t, 1, STR("key"), STR("value")), 0);
	assert_int_equal(db_commit(t), 0);
	db_close(d);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(db_open(path, 4, false, &d), 0);
		assert_int_equal(db_write(d, &t), 0);
		assert_int_equal(db_get(t, 1, STR("key"), &v), 0);
		assert_true(str_eq(v, STR("value")));
		assert_int_equal(db_get(t, 3, STR("new"), &v), i == 0 ? -ENOENT : 0);
		assert_int_equal(db_put(t, 3, STR("new"), STR("x")), 0);
		assert_int_equal(db_commit(t), 0);
		db_close(d);
	}
	/* and back */
	assert_int_equal(db_open(path, 2, false, &d), 0);
	assert_int_equal(db_read(d, &t), 0);
	assert_int_equal(db_get(t, 1, STR("key"), &v), 0);
	db_abort(t);
	db_close(d);
}

/* Pages of the file that are mapped here, in kB. */
static unsigned long mapped(void)
{
	FILE         *f = fopen("/proc/self/smaps", "r");
	char          line[512];
	unsigned long kb, sum = 0;
	bool          ours = false;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		if (strchr(line, '-') && strchr(line, '-') < strchr(line, ' '))         /* "7f00-7f10 r--s ..." */
			ours = strstr(line, "/a.mdb\n") != NULL;
		else if (ours && sscanf(line, "Rss: %lu kB", &kb) == 1)
			sum += kb;
	}
	fclose(f);
	return sum;
}

static void rests_without_its_pages(void **state)
{
	enum { N = 5000 };
	struct db     *d;
	struct db_txn *t;
	struct str     v, keep;
	unsigned long  before;
	pid_t          pid;
	int            status;

	assert_int_equal(db_open(path, 1, true, &d), 0);
	assert_int_equal(db_write(d, &t), 0);
	for (uint32_t i = 0; i < N; i++) {
		char value[200] = { (char)i };

		assert_int_equal(db_put(t, 0, (struct str){ (const char *)&i, sizeof(i) }, (struct str){ value, sizeof(value) }), 0);
	}
	assert_int_equal(db_commit(t), 0);
	for (int round = 0; round < 3; round++) {
		assert_int_equal(db_read(d, &t), 0);
		for (uint32_t i = 0; i < N; i++) {
			assert_int_equal(db_get(t, 0, (struct str){ (const char *)&i, sizeof(i) }, &v), 0);
			assert_int_equal(v.p[0], (char)i);
		}
		/* What a transaction gave stays readable: it is not taken away from under one. */
		keep = v;
		before = mapped();
		assert_true(before > 1000);
		db_rest(d);
		assert_true(mapped() > before / 2);
		assert_int_equal(keep.p[0], (char)(N - 1));
		db_abort(t);
		db_rest(d);
		assert_true(mapped() < before / 4);
	}
	/* What another process writes meanwhile is seen. */
	pid = fork();
	if (pid == 0)
		_exit(db_open(path, 1, true, &d) < 0 || db_write(d, &t) < 0 || db_put(t, 0, STR("new"), STR("one")) < 0 || db_commit(t) < 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(db_read(d, &t), 0);
	assert_int_equal(db_get(t, 0, STR("new"), &v), 0);
	db_abort(t);
	db_rest(d);
	assert_int_equal(db_write(d, &t), 0);
	assert_int_equal(db_put(t, 0, STR("new"), STR("two")), 0);
	assert_int_equal(db_commit(t), 0);
	db_close(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_wake_up_is_lost, set_up, tear_down),
		cmocka_unit_test_setup_teardown(readers_see_one_moment, set_up, tear_down),
		cmocka_unit_test_setup_teardown(new_tables_are_added, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rests_without_its_pages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_replaced_one_is_not_written, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
