#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "die.h"

enum { SMALL = 64 * 1024, ALIGN = 64 * 1024 /* a multiple of any page */ };

struct scratch_map {
	struct scratch_map *below;
	void               *p;
	size_t              n;
};

/* Its room on disk is taken first: a disk that fills up later does no harm. */
static void *map_file(struct scratch *s, size_t n)
{
	void *p = MAP_FAILED;

	if (s->dir && s->fd < 0)
		s->fd = open(s->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (s->fd >= 0 && fallocate(s->fd, 0, (off_t)s->end, (off_t)n) == 0)
		p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, (off_t)s->end);
	if (p != MAP_FAILED)
		s->end += n;
	return p;
}

void *scratch_array(struct scratch *s, size_t n, size_t size)
{
	struct scratch_map *m;

	if (size > 0 && n > (SIZE_MAX - ALIGN) / size)
		die_memory();
	if (n * size < SMALL)
		return arena_array(&s->small, n, size);
	m = ARENA_NEW(&s->small, struct scratch_map);
	m->n = (n * size + ALIGN - 1) / ALIGN * ALIGN;
	m->p = map_file(s, m->n);
	if (m->p == MAP_FAILED)
		m->p = mmap(NULL, m->n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (m->p == MAP_FAILED)
		die_memory();
	m->below = s->maps;
	s->maps = m;
	return m->p;
}

void scratch_free(struct scratch *s)
{
	for (; s->maps; s->maps = s->maps->below)
		munmap(s->maps->p, s->maps->n);
	if (s->fd >= 0)
		close(s->fd);
	arena_free(&s->small);
	*s = SCRATCH(NULL);
}
