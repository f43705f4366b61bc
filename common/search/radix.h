/* Numbers in order, in place: nothing is allocated. */
#ifndef REMUCH_RADIX_H
#define REMUCH_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* Ascending. */
void radix_sort(uint64_t *v, size_t n);

#endif
