/* Sets of the messages of one chunk, by place. */
#ifndef REMUCH_BITS_H
#define REMUCH_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BITS_MAX = 2048, BITS_WORDS = BITS_MAX / 64 };

struct bits {
	uint64_t w[BITS_WORDS];
};

static inline bool bits_has(const struct bits *b, size_t i)
{
	return b->w[i / 64] >> i % 64 & 1;
}

static inline void bits_add(struct bits *b, size_t i)
{
	b->w[i / 64] |= UINT64_C(1) << i % 64;
}

static inline void bits_drop(struct bits *b, size_t i)
{
	b->w[i / 64] &= ~(UINT64_C(1) << i % 64);
}

static inline bool bits_empty(const struct bits *b)
{
	for (size_t i = 0; i < BITS_WORDS; i++)
		if (b->w[i])
			return false;
	return true;
}

static inline void bits_join(struct bits *b, const struct bits *other)
{
	for (size_t i = 0; i < BITS_WORDS; i++)
		b->w[i] |= other->w[i];
}

static inline void bits_subtract(struct bits *b, const struct bits *other)
{
	for (size_t i = 0; i < BITS_WORDS; i++)
		b->w[i] &= ~other->w[i];
}

#endif
