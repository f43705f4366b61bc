/* Numbers that texts have: message ids, subjects. What is kept of a text are 64 bits of a hash that nobody can foresee, not the text: that two
 * of a million are taken for the same has a chance of one in 30 million. */
#ifndef REMUCH_NUMBERS_H
#define REMUCH_NUMBERS_H

#include <stdint.h>

#include "scratch.h"
#include "str.h"

struct numbers_slot {
	uint32_t hash[2];               /* 0, 0: free */
	uint32_t value;
};

struct numbers {
	struct scratch      *work;
	uint64_t             seed;
	struct numbers_slot *slots;
	size_t               n, n_slots;
};

/* n: how many there will be, roughly. */
struct numbers numbers_begin(struct scratch *work, size_t n);

/* The number of s, which is `value` from now on if it had none. */
uint32_t numbers_put(struct numbers *m, struct str s, uint32_t value);

#endif
