#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "limits.h"
#include "throttle.h"

static char dir[64], path[80];
static struct sockaddr_storage room[4];
static unsigned                next_room;

/* The time, as the module under test sees it. */
static int64_t now_ns = 1700000000000000000;

int64_t clock_now_ns(void)
{
	return now_ns;
}

int64_t clock_now(void)
{
	return now_ns / 1000000000;
}

int64_t clock_ms(void)
{
	return now_ns / 1000000;
}

int clock_left(int64_t deadline)
{
	return deadline > clock_ms() ? (int)(deadline - clock_ms()) : 0;
}

static int setup(void **state)
{
	strcpy(dir, "/tmp/test_throttle.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/throttle", dir);
	return 0;
}

static int teardown(void **state)
{
	unlink(path);
	return rmdir(dir);
}

/* Good for the next three calls. */
static const struct sockaddr *addr(const char *text)
{
	struct sockaddr_storage *s = &room[next_room++ % 4];
	struct sockaddr_in      *v4 = (struct sockaddr_in *)s;
	struct sockaddr_in6     *v6 = (struct sockaddr_in6 *)s;

	memset(s, 0, sizeof(*s));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1)
		s->ss_family = AF_INET;
	else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1)
		s->ss_family = AF_INET6;
	else
		s->ss_family = AF_UNIX;
	return (struct sockaddr *)s;
}

static struct throttle *open_it(void)
{
	struct throttle *t = NULL;

	assert_int_equal(throttle_open(dir, &t), 0);
	return t;
}

static void grows_and_forgets(void **state)
{
	static const int64_t want[] = { 0, 1000, 2000, 4000, 8000, 15000, 15000 };
	struct throttle     *t = open_it();

	for (int i = 0; i < 7; i++) {
		assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), want[i]);
		assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
	}
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.2")), 0);
	now_ns += 5 * THROTTLE_FORGET_S * 1000000000LL;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 2000);
	now_ns += THROTTLE_FORGET_S * 1000000000LL - 1000000;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 2000);
	now_ns += 1000000;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 1000);
	now_ns += THROTTLE_FORGET_S * 1000000000LL;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 0);
	throttle_close(t);
}

static void is_forgiven(void **state)
{
	struct throttle *t = open_it();

	assert_int_equal(throttle_ok(t, addr("192.0.2.1")), 0);
	for (int i = 0; i < 100; i++)
		assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_failed(t, addr("192.0.2.2")), 0);
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), THROTTLE_MAX_MS);
	assert_int_equal(throttle_ok(t, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.2")), THROTTLE_FIRST_MS);
	/* However many there were, no more are kept. */
	for (int i = 0; i < 100; i++)
		assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
	now_ns += THROTTLE_COUNT_MAX * THROTTLE_FORGET_S * 1000000000LL;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 0);
	throttle_close(t);
}

static const struct {
	const char *a, *b;
	bool        same;
} pairs[] = {
	{ "192.0.2.1", "192.0.2.1", true },
	{ "192.0.2.1", "192.0.2.2", false },
	{ "192.0.2.1", "::ffff:192.0.2.1", true },
	{ "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true },
	{ "2001:db8:1:2::1", "2001:db8:1:3::1", false },
	{ "192.0.2.1", "c000:201::", false },
	{ "127.0.0.1", "::1", false },
};

static void tells_addresses_apart(void **state)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct throttle *t = open_it();

		assert_int_equal(throttle_failed(t, addr(pairs[i].a)), 0);
		assert_int_equal(throttle_delay_ms(t, addr(pairs[i].b)), pairs[i].same ? THROTTLE_FIRST_MS : 0);
		throttle_close(t);
		unlink(path);
	}
}

static void leaves_pipes_alone(void **state)
{
	struct throttle *t = open_it();

	assert_int_equal(throttle_failed(t, NULL), 0);
	assert_int_equal(throttle_failed(t, addr("local")), 0);
	assert_int_equal(throttle_delay_ms(t, NULL), 0);
	assert_int_equal(throttle_delay_ms(t, addr("local")), 0);
	throttle_close(t);
}

static void does_without_a_table(void **state)
{
	struct throttle *t = NULL;

	assert_int_equal(throttle_open("/nonexistent", &t), -ENOENT);
	assert_null(t);
	assert_int_equal(throttle_failed(NULL, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_ok(NULL, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_delay_ms(NULL, addr("192.0.2.1")), THROTTLE_FIRST_MS);
	assert_int_equal(throttle_delay_ms(NULL, NULL), 0);
	throttle_close(NULL);
}

static void outlives_processes(void **state)
{
	struct throttle *t = open_it();
	struct stat      st;
	pid_t            pid = fork();

	if (pid == 0) {
		throttle_failed(t, addr("192.0.2.1"));
		throttle_failed(t, addr("192.0.2.1"));
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 2000);
	throttle_close(t);
	t = open_it();
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 2000);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	throttle_close(t);
}

static void counts_all_of_many(void **state)
{
	enum { PROCESSES = 4, EACH = 3 };
	struct throttle *t = open_it();

	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0) {
			struct throttle *mine = open_it();

			for (int k = 0; k < EACH; k++)
				if (throttle_failed(mine, addr("192.0.2.1")) < 0)
					_exit(1);
			_exit(0);
		}
	for (int i = 0; i < PROCESSES; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	now_ns += (PROCESSES * EACH - 1) * THROTTLE_FORGET_S * 1000000000LL;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 1000);
	throttle_close(t);
}

/* More addresses than the table holds: the newest are still known. */
static void makes_room(void **state)
{
	struct throttle *t = open_it();
	char             text[20];

	for (int i = 0; i < 20000; i++) {
		snprintf(text, sizeof(text), "10.%d.%d.1", i / 250, i % 250);
		assert_int_equal(throttle_failed(t, addr(text)), 0);
		now_ns += 1000000;
	}
	assert_int_equal(throttle_delay_ms(t, addr(text)), THROTTLE_FIRST_MS);
	assert_int_equal(throttle_failed(t, addr(text)), 0);
	assert_int_equal(throttle_delay_ms(t, addr(text)), 2 * THROTTLE_FIRST_MS);
	throttle_close(t);
}

static void scribble(off_t at, const void *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, p, n, at), n);
	close(fd);
}

static void starts_anew(void **state)
{
	char             junk[4096];
	struct throttle *t;

	memset(junk, 0xa5, sizeof(junk));
	for (int how = 0; how < 4; how++) {
		t = open_it();
		assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
		throttle_close(t);
		if (how == 0)
			scribble(0, junk, 16);
		else if (how == 1)
			assert_int_equal(truncate(path, 100), 0);
		else if (how == 2)
			assert_int_equal(truncate(path, 1 << 20), 0);
		else
			for (off_t at = 16; at < 98304; at += (off_t)sizeof(junk))
				scribble(at, junk, sizeof(junk) - (at > 90000 ? 16 : 0));
		t = open_it();
		assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 0);
		assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
		assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), THROTTLE_FIRST_MS);
		throttle_close(t);
	}
	assert_int_equal(truncate(path, 0), 0);
	t = open_it();
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(throttle_failed(t, addr("192.0.2.1")), -EIO);
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), THROTTLE_FIRST_MS);
	throttle_close(t);
}

static void distrusts_the_future(void **state)
{
	struct throttle *t = open_it();

	for (int i = 0; i < 10; i++)
		assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
	now_ns -= 365 * 86400 * 1000000000LL;
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_failed(t, addr("192.0.2.1")), 0);
	assert_int_equal(throttle_delay_ms(t, addr("192.0.2.1")), 1000);
	throttle_close(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(grows_and_forgets, setup, teardown),
		cmocka_unit_test_setup_teardown(is_forgiven, setup, teardown),
		cmocka_unit_test_setup_teardown(tells_addresses_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(leaves_pipes_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(does_without_a_table, setup, teardown),
		cmocka_unit_test_setup_teardown(outlives_processes, setup, teardown),
		cmocka_unit_test_setup_teardown(counts_all_of_many, setup, teardown),
		cmocka_unit_test_setup_teardown(makes_room, setup, teardown),
		cmocka_unit_test_setup_teardown(starts_anew, setup, teardown),
		cmocka_unit_test_setup_teardown(distrusts_the_future, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
