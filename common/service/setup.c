#include "setup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "fds.h"
#include "log.h"
#include "log_journal.h"

static bool same(int a, int b)
{
	struct stat x, y;

	return fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

void setup_client(int *ret_in, int *ret_out)
{
	int in, out, null = -1;
	int r = fds_client(&in, &out);

	if (r == -EDESTADDRREQ)
		die_usage("the socket is a listening one: its unit needs Accept=yes");
	if (r == -E2BIG)
		die_usage("more than one socket was passed: the unit needs one ListenStream= and Accept=yes");
	if (r < 0)
		die_usage("no client: start this from a socket unit with Accept=yes, from inetd, or with --preauth");
	if (in == STDIN_FILENO && out == in) {
		in = out = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
		null = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (in < 0 || null < 0)
			die_system(errno, "moving the client's socket");
		dup2(null, STDIN_FILENO);
		for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
			if (same(fd, in) || fcntl(fd, F_GETFD) < 0)
				dup2(null, fd);
		if (null > STDERR_FILENO)
			close(null);
	}
	*ret_in = in;
	*ret_out = out;
}

void setup_log(const struct conf *c, const char *ident)
{
	enum log_target to = LOG_TO_STDERR;
	struct stat     st, null;

	if (c->log_to == CONF_LOG_JOURNAL)
		to = LOG_TO_JOURNAL;
	else if (c->log_to == CONF_LOG_SYSLOG)
		to = LOG_TO_SYSLOG;
	else if (c->log_to == CONF_LOG_AUTO && getenv("JOURNAL_STREAM"))
		to = LOG_TO_JOURNAL;
	else if (c->log_to == CONF_LOG_AUTO && (fstat(STDERR_FILENO, &st) < 0 || (stat("/dev/null", &null) == 0 &&
		 S_ISCHR(st.st_mode) && st.st_rdev == null.st_rdev)))
		to = access(LOG_JOURNAL_SOCKET, F_OK) == 0 ? LOG_TO_JOURNAL : LOG_TO_SYSLOG;
	log_open(ident, to, c->log_max);
}

static bool ours(const char *dir)
{
	struct stat st;

	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return false;
	return lstat(dir, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 022) == 0;
}

char *setup_run_dir(const struct conf *c)
{
	const char *given = c->run_dir ? c->run_dir : getenv("RUNTIME_DIRECTORY");
	const char *user = getenv("XDG_RUNTIME_DIR");
	char       *dir = NULL;
	int         r;

	if (given)
		r = asprintf(&dir, "%.*s", (int)strcspn(given, ":"), given);
	else if (geteuid() == 0)
		r = asprintf(&dir, "/run/remuch");
	else
		r = user ? asprintf(&dir, "%s/remuch", user) : 0;
	if (r < 0)
		die_memory();
	if (dir && ours(dir))
		return dir;
	free(dir);
	return NULL;
}
