#include "deliver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fd.h"
#include "maildir.h"

int deliver_begin(struct delivery *d, int root, const char *dir)
{
	struct buf name = BUF(512);
	int        n;

	*d = (struct delivery){ .root = root, .fd = -1 };
	maildir_unique(&name);
	n = snprintf(d->tmp, sizeof(d->tmp), "%s%stmp/%s", dir, *dir ? "/" : "", buf_z(&name));
	buf_free(&name);
	if ((size_t)n < sizeof(d->tmp))
		d->fd = openat(root, d->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	else
		errno = ENAMETOOLONG;
	if (d->fd < 0) {
		d->tmp[0] = '\0';
		return -errno;
	}
	return 0;
}

int deliver_write(struct delivery *d, const void *p, size_t n)
{
	return fd_write_all(d->fd, p, n);
}

static int sync_parent(int root, const char *path)
{
	char  dir[4096];
	char *slash;

	snprintf(dir, sizeof(dir), "%s", path);
	slash = strrchr(dir, '/');
	if (slash)
		*slash = '\0';
	CLEAN(fd_closep) int fd = openat(root, slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

int deliver_commit(struct delivery *d, const char *path, int64_t mtime)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_NOW }, { .tv_sec = mtime } };
	int                   r = 0;

	if (futimens(d->fd, times) < 0 || fsync(d->fd) < 0 || renameat(d->root, d->tmp, d->root, path) < 0)
		r = -errno;
	if (r == 0) {
		d->tmp[0] = '\0';
		r = sync_parent(d->root, path);
		if (r < 0)
			unlinkat(d->root, path, 0);
	}
	deliver_abort(d);
	return r;
}

void deliver_abort(struct delivery *d)
{
	if (d->tmp[0] != '\0')
		unlinkat(d->root, d->tmp, 0);
	d->tmp[0] = '\0';
	fd_closep(&d->fd);
}

int deliver_copy(int root, const char *from, const char *dir, const char *path, int64_t mtime)
{
	CLEAN(fd_closep) int in = openat(root, from, O_RDONLY | O_CLOEXEC);
	struct delivery d;
	char            piece[64 * 1024];
	ssize_t         n = 0;
	int             r = in < 0 ? -errno : deliver_begin(&d, root, dir);

	if (r < 0)
		return r;
	while (r == 0 && (n = read(in, piece, sizeof(piece))) > 0)
		r = deliver_write(&d, piece, (size_t)n);
	if (n < 0)
		r = -errno;
	if (r == 0)
		return deliver_commit(&d, path, mtime);
	deliver_abort(&d);
	return r;
}
