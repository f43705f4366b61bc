#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "conn.h"

/* The peer's side of a connection: a child that writes the script in pieces of `step` octets, then ends. */
static pid_t peer(int fd, const char *script, size_t n, size_t step)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	for (size_t at = 0; at < n; at += step)
		if (write(fd, script + at, n - at < step ? n - at : step) < 0)
			_exit(1);
	_exit(0);
}

/* fd[0] reads, fd[1] writes. Kind 0: sockets; 1: a pipe. */
static void pair(int fd[2], int kind)
{
	if (kind == 0)
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	else
		assert_int_equal(pipe(fd), 0);
}

static const struct {
	const char *in;
	size_t      max;
	struct {
		int         r;
		const char *line;
	} want[5];
} lines[] = {
	{ "a\r\nbc\r\n", 10, { { 0, "a" }, { 0, "bc" }, { -ENODATA, NULL }, { -ENODATA, NULL } } },
	{ "a\nb\r\r\n\r\n", 10, { { 0, "a" }, { 0, "b\r" }, { 0, "" }, { -ENODATA, NULL } } },
	{ "12345\r\n123456\r\nok\n", 5, { { 0, "12345" }, { -EMSGSIZE, NULL }, { 0, "ok" }, { -ENODATA, NULL } } },
	{ "0123456789abcdef\nok\r\nrest", 5, { { -EMSGSIZE, NULL }, { 0, "ok" }, { -ENODATA, NULL } } },
	{ "", 5, { { -ENODATA, NULL } } },
};

static void reads_lines(void **state)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		for (int how = 0; how < 4; how++) {
			int          fd[2];
			struct conn *c;
			pid_t        pid;

			pair(fd, how & 1);
			pid = peer(fd[1], lines[i].in, strlen(lines[i].in), how & 2 ? 1 : 4096);
			close(fd[1]);
			c = conn_new(fd[0], fd[0], STR_NONE);
			for (size_t k = 0; k < 5 && (lines[i].want[k].r != 0 || lines[i].want[k].line); k++) {
				struct str s = STR_NONE;

				assert_int_equal(conn_line(c, lines[i].max, &s), lines[i].want[k].r);
				if (lines[i].want[k].line)
					assert_true(str_eq(s, str_of(lines[i].want[k].line)));
			}
			conn_close(c);
			close(fd[0]);
			waitpid(pid, NULL, 0);
		}
	}
}

static void early_comes_first(void **state)
{
	int          fd[2];
	char         got[8];
	size_t       n;
	struct str   s;
	struct conn *c;

	pair(fd, 0);
	assert_int_equal(write(fd[1], "ird\r\n", 5), 5);
	c = conn_new(fd[0], fd[0], STR("first\r\n12345th"));
	assert_true(conn_has_input(c));
	assert_int_equal(conn_line(c, 100, &s), 0);
	assert_true(str_eq(s, STR("first")));
	assert_int_equal(conn_read(c, got, 3, &n), 0);
	assert_int_equal(n, 3);
	assert_memory_equal(got, "123", 3);
	assert_int_equal(conn_skip(c, 2), 0);
	assert_true(str_eq(conn_unread(c), STR("th")));
	assert_int_equal(conn_line(c, 100, &s), 0);
	assert_true(str_eq(s, STR("third")));
	assert_false(conn_has_input(c));
	assert_int_equal(conn_octets_in(c), 19);
	conn_close(c);
	close(fd[0]);
	close(fd[1]);
}

static void times_out(void **state)
{
	int          fd[2];
	struct str   s;
	struct conn *c;
	int64_t      t = clock_ms();

	pair(fd, 0);
	c = conn_new(fd[0], fd[0], STR_NONE);
	conn_set_timeouts(c, 30, CLOCK_NEVER);
	assert_int_equal(conn_line(c, 100, &s), -ETIMEDOUT);
	conn_set_timeouts(c, CLOCK_NEVER, clock_ms() + 30);
	assert_int_equal(conn_line(c, 100, &s), -ETIMEDOUT);
	assert_in_range(clock_ms() - t, 60, 5000);
	/* A time-out is not the end. */
	conn_set_timeouts(c, 1000, CLOCK_NEVER);
	assert_int_equal(write(fd[1], "x\r\n", 3), 3);
	assert_int_equal(conn_line(c, 100, &s), 0);
	conn_close(c);
	close(fd[0]);
	close(fd[1]);
}

/* A question without an answer being flushed first would wait for ever. */
static void flushes_before_waiting(void **state)
{
	int          fd[2];
	char         got[16];
	struct str   s;
	struct conn *c;

	pair(fd, 0);
	c = conn_new(fd[0], fd[0], STR_NONE);
	conn_set_timeouts(c, 10, CLOCK_NEVER);
	conn_printf(c, "%s %d", "hello", 7);
	conn_puts(c, "\r\n");
	assert_int_equal(recv(fd[1], got, sizeof(got), MSG_DONTWAIT), -1);
	assert_int_equal(conn_line(c, 100, &s), -ETIMEDOUT);
	assert_int_equal(recv(fd[1], got, sizeof(got), MSG_DONTWAIT), 9);
	assert_memory_equal(got, "hello 7\r\n", 9);
	assert_int_equal(conn_octets_out(c), 9);
	conn_close(c);
	close(fd[0]);
	close(fd[1]);
}

static void keeps_a_failure(void **state)
{
	int          fd[2];
	struct conn *c;

	pair(fd, 0);
	c = conn_new(fd[0], fd[0], STR_NONE);
	close(fd[1]);
	conn_puts(c, "x");
	assert_int_equal(conn_failed(c), 0);
	assert_int_equal(conn_flush(c), -EPIPE);
	conn_puts(c, "y");
	assert_int_equal(conn_flush(c), -EPIPE);
	assert_int_equal(conn_failed(c), -EPIPE);
	conn_close(c);
	close(fd[0]);
}

static void writes_much(void **state)
{
	enum { N = 1000 * 1000 };

	for (int kind = 0; kind < 2; kind++) {
		int          fd[2];
		char        *all = malloc(N);
		struct conn *c;
		pid_t        pid;
		int          status;

		pair(fd, kind);
		pid = fork();
		if (pid == 0) {
			size_t  sum = 0;
			ssize_t r;
			char    got[5000];

			close(fd[1]);
			while ((r = read(fd[0], got, sizeof(got))) > 0)
				for (ssize_t i = 0; i < r; i++)
					if (got[i] != (char)(sum++ * 7))
						_exit(1);
			_exit(sum == N ? 0 : 2);
		}
		close(fd[0]);
		for (size_t i = 0; i < N; i++)
			all[i] = (char)(i * 7);
		c = conn_new(fd[1], fd[1], STR_NONE);
		for (size_t at = 0, step = 1; at < N; at += step, step = step * 3 + 1) {
			if (step > N - at)
				step = N - at;
			conn_put(c, all + at, step);
		}
		assert_int_equal(conn_flush(c), 0);
		conn_close(c);
		close(fd[1]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		free(all);
	}
}

static void waits_for_two(void **state)
{
	int          fd[2], other[2];
	unsigned     got;
	struct conn *c;

	pair(fd, 0);
	assert_int_equal(pipe(other), 0);
	c = conn_new(fd[0], fd[0], STR_NONE);
	assert_int_equal(conn_wait(c, -1, clock_ms() + 10, &got), 0);
	assert_int_equal(got, CONN_TIMEOUT);
	assert_int_equal(write(other[1], "x", 1), 1);
	assert_int_equal(conn_wait(c, other[0], CLOCK_NEVER, &got), 0);
	assert_int_equal(got, CONN_OTHER);
	assert_int_equal(write(fd[1], "x", 1), 1);
	assert_int_equal(conn_wait(c, other[0], CLOCK_NEVER, &got), 0);
	assert_int_equal(got, CONN_OTHER | CONN_INPUT);
	assert_true(conn_has_input(c));
	close(fd[1]);
	assert_int_equal(conn_skip(c, 1), 0);
	assert_int_equal(conn_wait(c, -1, CLOCK_NEVER, &got), 0);
	assert_int_equal(got, CONN_INPUT);      /* the end is something to read, too */
	conn_close(c);
	close(fd[0]);
	close(other[0]);
	close(other[1]);
}

static ssize_t upper_read(struct layer *l, void *p, size_t n, int64_t deadline)
{
	ssize_t r = l->below->ops->read(l->below, p, n, deadline);

	for (ssize_t i = 0; i < r; i++)
		if (((char *)p)[i] >= 'a')
			((char *)p)[i] &= ~0x20;
	return r;
}

static ssize_t upper_write(struct layer *l, const void *p, size_t n, int64_t deadline)
{
	return l->below->ops->write(l->below, p, n, deadline);
}

static size_t upper_pending(const struct layer *l)
{
	return 0;
}

static void upper_close(struct layer *l)
{
	free(l);
}

static void refuses_early_octets_under_a_new_layer(void **state)
{
	static const struct layer_ops ops = { upper_read, upper_write, upper_pending, upper_close };
	struct layer *l = calloc(1, sizeof(*l));
	int           fd[2];
	struct str    s;
	struct conn  *c;

	l->ops = &ops;
	pair(fd, 0);
	c = conn_new(fd[0], fd[0], STR_NONE);
	assert_int_equal(write(fd[1], "starttls\r\ninjected\r\n", 20), 20);
	assert_int_equal(conn_line(c, 100, &s), 0);
	assert_int_equal(conn_push(c, l), -EPROTO);
	assert_int_equal(conn_line(c, 100, &s), 0);
	assert_int_equal(conn_push(c, l), 0);
	assert_int_equal(write(fd[1], "abc\r\n", 5), 5);
	assert_int_equal(conn_line(c, 100, &s), 0);
	assert_true(str_eq(s, STR("ABC")));
	conn_close(c);
	close(fd[0]);
	close(fd[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_lines),
		cmocka_unit_test(early_comes_first),
		cmocka_unit_test(times_out),
		cmocka_unit_test(flushes_before_waiting),
		cmocka_unit_test(keeps_a_failure),
		cmocka_unit_test(writes_much),
		cmocka_unit_test(waits_for_two),
		cmocka_unit_test(refuses_early_octets_under_a_new_layer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
