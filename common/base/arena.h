/* Memory by lifetime: allocate many times, free once. Out of memory ends the process (die_memory):
 * what a stranger can make us allocate is bounded by limits.h. */
#ifndef REMUCH_ARENA_H
#define REMUCH_ARENA_H

#include <stddef.h>

#include "str.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *top;
};

#define ARENA_INIT ((struct arena){ NULL })

/* n octets, aligned for anything, zeroed. Never NULL. */
void *arena_alloc(struct arena *a, size_t n);

/* An array of n elements of `size` octets, zeroed. Never NULL; an overflow of n * size ends the process. */
void *arena_array(struct arena *a, size_t n, size_t size);

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_NEW_N(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* A copy of s in the arena, NUL-ended behind its last octet. */
struct str arena_str(struct arena *a, struct str s);
char *arena_z(struct arena *a, struct str s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Everything allocated becomes invalid; one chunk is kept for the next use. */
void arena_reset(struct arena *a);

void arena_free(struct arena *a);

#endif
