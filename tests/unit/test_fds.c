/* Descriptors as systemd and inetd pass them: each case is a child whose descriptors and environment are made so. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fds.h"

static void stream(int fd)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || dup2(pair[0], fd) < 0)
		_exit(99);
}

static void listening(int fd)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);

	if (s < 0 || listen(s, 1) < 0 || dup2(s, fd) < 0)
		_exit(99);
}

static void pipes(int fd)
{
	int p[2];

	if (pipe(p) < 0 || dup2(p[0], STDIN_FILENO) < 0 || dup2(p[1], STDOUT_FILENO) < 0)
		_exit(99);
}

static void closed(int fd)
{
	close(fd);
}

static const struct passing {
	void      (*make)(int fd);
	int         fd;
	const char *n;                  /* LISTEN_FDS; NULL: it is not set */
	bool        other;              /* LISTEN_PID is another's */
	int         want, in, out;
} cases[] = {
	{ stream, 0, NULL, false, 0, 0, 0 },            /* inetd */
	{ pipes, 0, NULL, false, 0, 0, 1 },
	{ stream, 3, "1", false, 0, 3, 3 },             /* systemd */
	{ stream, 0, "1", true, 0, 0, 0 },              /* what its parent was passed is not its own */
	{ stream, 0, "1x", false, 0, 0, 0 },
	{ stream, 0, "-1", false, 0, 0, 0 },
	{ stream, 3, "2", false, -E2BIG, 0, 0 },
	{ listening, 3, "1", false, -EDESTADDRREQ, 0, 0 },
	{ listening, 0, NULL, false, -EDESTADDRREQ, 0, 0 },
	{ closed, 3, "1", false, -EBADF, 0, 0 },
	{ closed, 0, NULL, false, -EBADF, 0, 0 },
};

/* What was wrong, as an exit status. */
static int in_child(const struct passing *p)
{
	char pid[20];
	int  in = -1, out = -1, r;

	snprintf(pid, sizeof(pid), "%d", p->other ? 1 : (int)getpid());
	unsetenv("LISTEN_FDS");
	if (p->n) {
		setenv("LISTEN_FDS", p->n, 1);
		setenv("LISTEN_PID", pid, 1);
		setenv("LISTEN_FDNAMES", "connection", 1);
	}
	p->make(p->fd);
	r = fds_client(&in, &out);
	if (r != p->want)
		return 1;
	if (getenv("LISTEN_FDS") || getenv("LISTEN_PID") || getenv("LISTEN_FDNAMES"))
		return 2;
	if (r == 0 && (in != p->in || out != p->out))
		return 3;
	return r == 0 && in == 3 && fcntl(3, F_GETFD) != FD_CLOEXEC ? 4 : 0;
}

static void passed(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pid_t pid = fork();
		int   status;

		assert_true(pid >= 0);
		if (pid == 0)
			_exit(in_child(&cases[i]));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (status != 0)
			fail_msg("case %zu: %d", i, WEXITSTATUS(status));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
