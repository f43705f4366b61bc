#include "fds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSED = 3 };                    /* the first of them: SD_LISTEN_FDS_START */

static long number_of(const char *variable)
{
	const char *z = getenv(variable);
	char       *end;
	long        n = z ? strtol(z, &end, 10) : 0;

	return z && *z && !*end ? n : 0;
}

/* How many were passed to this process, and not to its parent: sd_listen_fds(3). */
static long passed(void)
{
	long n = number_of("LISTEN_PID") == getpid() ? number_of("LISTEN_FDS") : 0;

	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	return n > 0 ? n : 0;
}

static bool is_socket(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode);
}

static bool listens(int fd)
{
	int       on = 0;
	socklen_t n = sizeof(on);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &on, &n) == 0 && on;
}

int fds_client(int *ret_in, int *ret_out)
{
	long n = passed();
	int  in = STDIN_FILENO, out = STDOUT_FILENO;

	if (n > 1)
		return -E2BIG;
	if (n == 1)
		in = out = PASSED;
	else if (is_socket(in))
		out = in;
	if (fcntl(in, F_GETFD) < 0 || fcntl(out, F_GETFD) < 0)
		return -errno;
	if (n == 1 && fcntl(in, F_SETFD, FD_CLOEXEC) < 0)
		return -errno;
	if (listens(in))
		return -EDESTADDRREQ;
	*ret_in = in;
	*ret_out = out;
	return 0;
}
