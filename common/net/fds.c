#include "fds.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <systemd/sd-daemon.h>

static int check(int fd)
{
	int r = sd_is_socket(fd, 0, 0, 1);

	if (r < 0)
		return r;
	return r > 0 ? -EDESTADDRREQ : 0;
}

int fds_client(int *ret_in, int *ret_out)
{
	int n = sd_listen_fds(1);
	int in = STDIN_FILENO, out = STDOUT_FILENO, r;

	if (n < 0)
		return n;
	if (n > 1)
		return -E2BIG;
	if (n == 1)
		in = out = SD_LISTEN_FDS_START;
	else if (sd_is_socket(in, 0, 0, -1) > 0)
		out = in;
	if (fcntl(in, F_GETFD) < 0 || fcntl(out, F_GETFD) < 0)
		return -errno;
	r = check(in);
	if (r < 0)
		return r;
	*ret_in = in;
	*ret_out = out;
	return 0;
}
