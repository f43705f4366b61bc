/* A map from strings to numbers 0, 1, 2 ... in the order they were added. Strings are borrowed. */
#ifndef REMUCH_STRMAP_H
#define REMUCH_STRMAP_H

#include <stdint.h>

#include "str.h"

#define STRMAP_NONE UINT32_MAX

struct strmap {
	struct str *keys;       /* by number */
	uint32_t    n, cap;
	uint64_t    seed;
	uint64_t   *slots;
	uint32_t    n_slots;
};

/* The number of s; it gets the next one when it is new. */
uint32_t strmap_add(struct strmap *m, struct str s);
uint32_t strmap_get(const struct strmap *m, struct str s);     /* STRMAP_NONE: not there */
void strmap_free(struct strmap *m);

/* The hash that it uses. The seed keeps those who send mail from choosing message-ids that collide. */
uint32_t strmap_hash(uint64_t seed, struct str s);
uint64_t strmap_hash64(uint64_t seed, struct str s);            /* all of it */

#endif
