/* The relay between plain sockets in place of TLS: this process is client and session, a child relays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "relay.h"

enum { LONG_MS = 60 * 1000, SHORT_MS = 300 };

struct ends {
	int   client, session;
	pid_t relay;
};

static struct ends start(int64_t patience_ms)
{
	struct timeval limit = { .tv_sec = 20 };
	int            client[2], session[2];
	struct ends    e;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, client), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, session), 0);
	e = (struct ends){ client[0], session[0], fork() };
	assert_true(e.relay >= 0);
	if (e.relay == 0) {
		struct conn *c = conn_new(client[1], client[1], STR_NONE);

		close(client[0]);
		close(session[0]);
		relay_run(c, session[1], patience_ms);
		conn_close(c);
		_exit(0);
	}
	close(client[1]);
	close(session[1]);
	setsockopt(e.client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(e.session, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return e;
}

/* The relay has ended by itself. */
static void finish(struct ends *e)
{
	int status;

	assert_int_equal(waitpid(e->relay, &status, 0), e->relay);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(e->client);
	close(e->session);
}

static void expect(int fd, const char *z)
{
	char   got[64];
	size_t n = 0;

	while (n < strlen(z)) {
		ssize_t r = recv(fd, got + n, strlen(z) - n, 0);

		assert_true(r > 0);
		n += (size_t)r;
	}
	assert_memory_equal(got, z, n);
}

static void expect_end(int fd)
{
	char octet;

	assert_int_equal(recv(fd, &octet, 1, 0), 0);
}

static void goes_both_ways(void **state)
{
	struct ends e = start(LONG_MS);

	assert_int_equal(send(e.client, "a NOOP\r\n", 8, 0), 8);
	expect(e.session, "a NOOP\r\n");
	assert_int_equal(send(e.session, "a OK\r\n", 6, 0), 6);
	expect(e.client, "a OK\r\n");
	shutdown(e.client, SHUT_WR);
	expect_end(e.session);
	/* The client has said its last word; the session may still answer. */
	assert_int_equal(send(e.session, "* BYE\r\n", 7, 0), 7);
	shutdown(e.session, SHUT_WR);
	expect(e.client, "* BYE\r\n");
	expect_end(e.client);
	finish(&e);
}

/* Fill until the relay takes no more; it holds a bounded number of octets. */
static size_t fill(int fd)
{
	static char piece[16 * 1024];
	size_t      all = 0;

	for (int quiet = 0; quiet < 10;) {
		ssize_t n = send(fd, piece, sizeof(piece), MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0) {
			quiet++;
			usleep(10 * 1000);
			continue;
		}
		quiet = 0;
		all += (size_t)n;
		assert_true(all < 8 * 1024 * 1024);
	}
	return all;
}

static void a_client_that_reads_nothing_is_given_up(void **state)
{
	struct ends e = start(SHORT_MS);
	int64_t     began = clock_ms();

	fill(e.session);
	finish(&e);
	assert_true(clock_ms() - began >= SHORT_MS);
	assert_true(clock_ms() - began < 20 * 1000);
}

static void a_client_that_reads_slowly_is_not(void **state)
{
	struct ends e = start(2 * 1000);
	size_t      left = fill(e.session);
	char        octets[64 * 1024];

	shutdown(e.session, SHUT_WR);
	while (left > 0) {
		ssize_t n = recv(e.client, octets, sizeof(octets), 0);

		assert_true(n > 0);
		left -= (size_t)n;
		usleep(100 * 1000);
	}
	expect_end(e.client);
	finish(&e);
}

static void an_idle_client_is_not(void **state)
{
	struct ends e = start(SHORT_MS);

	usleep(3 * SHORT_MS * 1000);
	assert_int_equal(send(e.session, "* 1 EXISTS\r\n", 12, 0), 12);
	expect(e.client, "* 1 EXISTS\r\n");
	close(e.client);
	expect_end(e.session);
	shutdown(e.session, SHUT_WR);
	e.client = dup(e.session);
	finish(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_both_ways),
		cmocka_unit_test(a_client_that_reads_nothing_is_given_up),
		cmocka_unit_test(a_client_that_reads_slowly_is_not),
		cmocka_unit_test(an_idle_client_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
