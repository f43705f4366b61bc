#include "drain.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "fd.h"
#include "log.h"
#include "store_priv.h"
#include "vec.h"

/* A drainer that dies at once is not started again and again. */
enum { RESTART_MS = 1000 };

/* Its own session, so that a hang-up of ours does not end it; no signal ignored or blocked that we ignore or block. */
static int spawn(const char *program, const char *const *args, int in, pid_t *ret)
{
	VEC(char *) argv = { 0 };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t          attr;
	sigset_t                   none, all;
	int                        r;

	VEC_PUSH(&argv, (char *)program);
	for (; *args; args++)
		VEC_PUSH(&argv, (char *)*args);
	VEC_PUSH(&argv, NULL);
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	r = -posix_spawn(ret, program, &files, &attr, argv.p, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	VEC_FREE(&argv);
	return r;
}

/* A socket and not a pipe: writing to a drainer that died must not raise SIGPIPE. */
static void start(struct store *s)
{
	struct drain_child *d = &s->drain;
	int                 pair[2], r;
	pid_t               pid;

	d->started = clock_ms();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
		log_line(LOG_ERR, "cannot start the drainer: %s", strerror(errno));
		return;
	}
	r = spawn(s->conf.program, s->conf.drain_args, pair[1], &pid);
	close(pair[1]);
	if (r < 0) {
		close(pair[0]);
		log_line(LOG_ERR, "cannot start the drainer %s: %s", s->conf.program, strerror(-r));
		return;
	}
	d->pid = pid;
	d->wake = pair[0];
}

static void forget(struct drain_child *d)
{
	fd_closep(&d->wake);
	if (d->pid != 0)
		waitpid(d->pid, NULL, WNOHANG);
	d->pid = 0;
}

static bool wake(struct drain_child *d)
{
	return d->wake >= 0 && (send(d->wake, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL) == 1 || errno == EAGAIN);
}

void drain_kick(struct store *s)
{
	s->drain.due = s->conf.drain_args != NULL;
}

void drain_go(struct store *s)
{
	struct drain_child *d = &s->drain;

	if (!d->due)
		return;
	if (!wake(d)) {
		forget(d);
		if (d->started != 0 && clock_ms() - d->started < RESTART_MS)
			return;
		start(s);
	}
	d->due = false;
}

void drain_finish(struct store *s, int64_t ms)
{
	struct drain_child *d = &s->drain;
	int64_t             deadline = clock_ms() + ms;
	int                 fd;

	if (d->started == 0 && !d->due)
		return;
	if (!wake(d)) {
		forget(d);
		start(s);
	}
	fd_closep(&d->wake);
	fd = d->pid != 0 ? pidfd_open(d->pid, 0) : -1;
	if (fd >= 0) {
		struct pollfd p = { .fd = fd, .events = POLLIN };

		while (poll(&p, 1, clock_left(deadline)) < 0 && errno == EINTR)
			;
		close(fd);
	}
	forget(d);
}
