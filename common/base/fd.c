#include "fd.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void fd_closep(int *fd)
{
	int keep = errno;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = keep;
}

int fd_steal(int *fd)
{
	int r = *fd;

	*fd = -1;
	return r;
}

int fd_write_all(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t w = write(fd, at, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return -errno;
		at += w;
		n -= (size_t)w;
	}
	return 0;
}

int fd_read_file(int dir, const char *path, struct buf *b)
{
	CLEAN(fd_closep) int fd = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return -errno;
	for (;;) {
		char    piece[4096];
		ssize_t n = read(fd, piece, sizeof(piece));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			return 0;
		buf_put(b, piece, (size_t)n);
		if (b->failed)
			return -EFBIG;
	}
}
