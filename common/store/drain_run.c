#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "dirwatch.h"
#include "drain.h"
#include "drain_batch.h"
#include "fd.h"
#include "log.h"
#include "sync.h"

/* Failures in a row before a drainer gives up; what is in the journal stays for the next one. */
enum { TRIES = 4, PAUSE_MS = 500 };

/* While a client changes one message after another, each of its commits would wait for ours to reach the disk, and each of ours is
 * as dear for one message as for a hundred. So it is let alone until it pauses, for a while. */
enum { QUIET_MS = 10, LET_ALONE_MS = 500, NICENESS = 5 };

/* Sets of tags that no message has any more are forgotten now and then: FLAGS and PERMANENTFLAGS come from them. */
enum { SWEEP_S = 60 };

static int sweep(struct store *s)
{
	struct state_txn t;
	uint64_t         now = (uint64_t)clock_now();
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	if (state_counter(&t, "swept") + SWEEP_S > now) {
		state_abort(&t);
		return 0;
	}
	state_abort(&t);
	r = state_write(&s->state, &t);
	if (r == 0)
		r = state_kwset_sweep(&t);
	if (r == 0)
		r = state_set(&t, "swept", now);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

static int lock_whole(int fd)
{
	while (flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			return -errno;
	return 0;
}

/* The lock is held while there is work, and the index is given back as soon as there is none. *done: some was done. */
static int empty_journal(struct store *s, int lock, bool *done, const char **ret_why)
{
	struct index_writer *w = NULL;
	size_t               n = 1;
	int                  r = lock_whole(lock);

	while (r == 0 && n > 0) {
		r = drain_batch(s, &w, &n, ret_why);
		*done |= r == 0 && n > 0;
	}
	index_writer_close(w);
	if (r == 0 && sweep(s) < 0)
		log_line(LOG_WARNING, "tags that are not in use any more cannot be forgotten now");
	flock(lock, LOCK_UN);
	return r;
}

/* False when nobody will wake us any more. */
static bool wait_woken(void)
{
	char    some[256];
	ssize_t n;

	do
		n = read(STDIN_FILENO, some, sizeof(some));
	while (n < 0 && errno == EINTR);
	return n > 0;
}

/* False likewise. */
static bool wait_quiet(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	int64_t       until = clock_ms() + LET_ALONE_MS;

	while (clock_left(until) > 0 && poll(&p, 1, QUIET_MS) > 0)
		if (!wait_woken())
			return false;
	return true;
}

/* Standard input is what wakes us only if it is a socket or pipe. */
static bool has_waker(void)
{
	struct stat st;

	return fstat(STDIN_FILENO, &st) == 0 && (S_ISSOCK(st.st_mode) || S_ISFIFO(st.st_mode));
}

/* Not before the client pauses: false. What the files' new names did to the time of their directory is known then, and what others did there at
 * the same time is in the journal. */
static bool settle(struct store *s, bool more)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	if (poll(&p, more, MAILDIR_SETTLE_MS) != 0)
		return false;
	if (sync_watched(s) < 0)
		log_line(LOG_WARNING, "the folder is read again when it is selected: it cannot be followed now");
	dirwatch_end(s);
	return true;
}

static int work(struct store *s, int lock, const char **ret_why)
{
	bool more = has_waker(), unsettled = false;
	int  failures = 0, r;

	if (more)
		setpriority(PRIO_PROCESS, 0, NICENESS);
	more = more && wait_quiet();
	for (;;) {
		r = empty_journal(s, lock, &unsettled, ret_why);
		if (r < 0 && ++failures < TRIES) {
			poll(NULL, 0, PAUSE_MS << failures);
			continue;
		}
		if (r == 0 && unsettled && settle(s, more)) {
			unsettled = false;
			continue;
		}
		if (r < 0 || !more)
			return r;
		failures = 0;
		more = wait_woken() && wait_quiet();
	}
}

int drain_run(const struct store_conf *conf, const char **ret_why)
{
	static char   why[256];
	struct store *s;
	struct buf    path = BUF(4096);
	int           r = store_open(conf, &s, ret_why);

	if (r < 0)
		return r;
	buf_printf(&path, "%s/drain.lock", s->state_dir);
	CLEAN(fd_closep) int lock = open(buf_z(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	*ret_why = "cannot open drain.lock in the state directory";
	r = lock < 0 ? -errno : work(s, lock, ret_why);
	if (r < 0) {
		snprintf(why, sizeof(why), "%s", *ret_why);
		*ret_why = why;
	}
	buf_free(&path);
	store_close(s);
	return r;
}
