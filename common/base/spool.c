#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fd.h"

enum { MEMORY = 256 * 1024 };

static void file(struct spool *s)
{
	if (!s->open)
		s->fd = open(s->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	s->open = s->fd >= 0;
	if (!s->open || fd_write_all(s->fd, s->rest.p, s->rest.n) < 0) {
		s->dir = NULL;
		return;
	}
	s->filed += s->rest.n;
	buf_reset(&s->rest);
}

size_t spool_put(struct spool *s, struct str p)
{
	if (s->dir && s->rest.n > 0 && s->rest.n + p.n > MEMORY)
		file(s);
	buf_str(&s->rest, p);
	return s->filed + s->rest.n - p.n;
}

int spool_end(struct spool *s)
{
	void *p;

	if (s->filed == 0)
		return 0;
	p = mmap(NULL, s->filed, PROT_READ, MAP_SHARED, s->fd, 0);
	if (p == MAP_FAILED)
		return -errno;
	s->map = p;
	return 0;
}

const char *spool_at(const struct spool *s, size_t place)
{
	return place < s->filed ? s->map + place : s->rest.p + (place - s->filed);
}

void spool_free(struct spool *s)
{
	if (s->map)
		munmap(s->map, s->filed);
	if (s->open)
		close(s->fd);
	buf_free(&s->rest);
	*s = SPOOL(NULL);
}
