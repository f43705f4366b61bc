/* Octets that are put once and then read, more of them than memory is for: but for the last of them they lie in a file without a name, which
 * the kernel may write out, and read again. */
#ifndef REMUCH_SPOOL_H
#define REMUCH_SPOOL_H

#include <stdint.h>

#include "buf.h"

struct spool {
	const char *dir;                /* where the file is made; NULL: all stays in memory */
	bool        open;
	int         fd;                 /* when it is open */
	struct buf  rest;               /* what is not in the file */
	char       *map;                /* of the file; NULL: not to be read yet, or nothing in it */
	size_t      filed;              /* octets that are in the file */
};

/* All zero is fine for one that is only freed. */
#define SPOOL(dir_) ((struct spool){ .dir = (dir_), .rest = BUF(SIZE_MAX) })

/* The place of p's octets, where spool_at() finds them together. Where no file can be made, or the disk is full, they stay in memory. */
size_t spool_put(struct spool *s, struct str p);

/* Nothing more is put; now spool_at() may be called. 0 or -errno. */
int spool_end(struct spool *s);

/* Valid until spool_free(). */
const char *spool_at(const struct spool *s, size_t place);

void spool_free(struct spool *s);

#endif
