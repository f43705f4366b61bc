/* Large tables that are worked with for a moment: they lie in a file without a name, which the kernel may write out, as spools do, but are
 * written to in any order. What is not touched takes nothing. */
#ifndef REMUCH_SCRATCH_H
#define REMUCH_SCRATCH_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"

struct scratch_map;

struct scratch {
	const char         *dir;        /* where the file is made; NULL: all is memory */
	int                 fd;         /* -1: not made yet */
	uint64_t            end;        /* of the file */
	struct scratch_map *maps;
	struct arena        small;      /* what is not worth a file */
};

#define SCRATCH(dir_) ((struct scratch){ .dir = (dir_), .fd = -1 })

/* An array of n elements of `size` octets, zeroed. Never NULL; an overflow of n * size ends the process, and where neither the disk nor
 * memory has room for it. */
void *scratch_array(struct scratch *s, size_t n, size_t size);

#define SCRATCH_NEW_N(s, n, type) ((type *)scratch_array((s), (n), sizeof(type)))

void scratch_free(struct scratch *s);

#endif
