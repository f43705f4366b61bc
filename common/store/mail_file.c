#include "mail_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "fd.h"
#include "mail.h"

enum { READ_MAX = 128 * 1024, PASS_MIN = 1024 * 1024, PASS_ALIGN = 64 * 1024 };

static int read_all(int fd, size_t n, struct mail_file *ret)
{
	char  *p = malloc(n + 1);
	size_t got = 0;

	if (!p)
		die_memory();
	while (got < n) {
		ssize_t r = read(fd, p + got, n - got);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0) {
			int e = -errno;

			free(p);
			return e;
		}
		if (r == 0)
			break;
		got += (size_t)r;
	}
	ret->bytes = (struct str){ p, got };
	return 0;
}

static int map_all(int fd, size_t n, struct mail_file *ret)
{
	void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);

	if (p == MAP_FAILED)
		return -errno;
	madvise(p, n, MADV_SEQUENTIAL);
	ret->bytes = (struct str){ p, n };
	ret->mapped = true;
	return 0;
}

int mail_file_ask(int root, const char *path, size_t ahead)
{
	int fd = openat(root, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return -errno;
	if (ahead > 0)
		posix_fadvise(fd, 0, (off_t)ahead, POSIX_FADV_WILLNEED);
	return fd;
}

bool mail_file_in_memory(int root, const char *path)
{
	CLEAN(fd_closep) int fd = mail_file_ask(root, path, 0);
	unsigned char        there = 0;
	void                *p = fd < 0 ? MAP_FAILED : mmap(NULL, 1, PROT_READ, MAP_PRIVATE, fd, 0);

	if (p == MAP_FAILED)
		return false;
	if (mincore(p, 1, &there) < 0)
		there = 0;
	munmap(p, 1);
	return there & 1;
}

size_t mail_file_head(int root, const char *path, char *octets, size_t n, int64_t *ret_mtime)
{
	CLEAN(fd_closep) int fd = mail_file_ask(root, path, 0);
	struct stat          st;
	ssize_t              got;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return 0;
	*ret_mtime = st.st_mtim.tv_sec;
	got = pread(fd, octets, n, 0);
	return got < 0 ? 0 : (size_t)got;
}

int mail_file_read(int fd, struct mail_file *ret)
{
	struct mail_file f = { 0 };
	struct stat      st;
	int              r;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	f.mtime = st.st_mtim.tv_sec;
	r = st.st_size > READ_MAX ? map_all(fd, (size_t)st.st_size, &f) : read_all(fd, (size_t)st.st_size, &f);
	if (r == 0)
		*ret = f;
	return r;
}

int mail_file_open(int root, const char *path, struct mail_file *ret)
{
	CLEAN(fd_closep) int fd = mail_file_ask(root, path, 0);

	return mail_file_read(fd, ret);
}

void mail_pass(struct mail *m, const char *at)
{
	size_t to;

	if (!m || !m->mapped || at < m->bytes.p || at > m->bytes.p + m->bytes.n)
		return;
	to = (size_t)(at - m->bytes.p) / PASS_ALIGN * PASS_ALIGN;
	if (to < m->passed)
		m->passed = to;         /* it is read once more */
	if (to - m->passed < PASS_MIN)
		return;
	/* The mapping is never written to: what is gone is read from the file again. */
	madvise((char *)(uintptr_t)m->bytes.p + m->passed, to - m->passed, MADV_DONTNEED);
	m->passed = to;
}

void mail_file_close(struct mail_file *f)
{
	if (f->mapped)
		munmap((void *)(uintptr_t)f->bytes.p, f->bytes.n);
	else
		free((void *)(uintptr_t)f->bytes.p);
	*f = (struct mail_file){ 0 };
}
