/* Texts of many messages, and their places among each other: more texts than memory is for, so they lie in a spool, and what is sorted are
 * 8 octets for each. */
#ifndef REMUCH_TEXTS_H
#define REMUCH_TEXTS_H

#include <stddef.h>
#include <stdint.h>

#include "spool.h"
#include "str.h"

struct texts {
	struct spool spool;
	uint64_t    *v;                 /* the caller's: room for as many texts as are added */
	size_t       n;
	uint64_t     chance;
};

/* dir: of the spool. v: room for all texts, to be worked in. */
struct texts texts_begin(const char *dir, uint64_t *v);

/* 0; -EOVERFLOW: they are more than 16 GiB. */
int texts_add(struct texts *t, struct str s);

/* v[i] becomes the place of the text that was added as number i, by octets (i;octet of RFC 4790): 0 for an empty one, and from 1 on for
 * others; equal ones have the same. 0 or -errno. */
int texts_place(struct texts *t);

void texts_free(struct texts *t);

#endif
