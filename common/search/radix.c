/* By the highest octet first: each number is swapped to where the numbers of its octet go, then these are sorted by the next one. */
#include "radix.h"

enum { OCTETS = 256, FEW = 32 };

static void sort_few(uint64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t   at = i;

		for (; at > 0 && v[at - 1] > x; at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

static unsigned octet(uint64_t x, unsigned shift)
{
	return x >> shift & (OCTETS - 1);
}

/* ret_end: where the numbers of each octet end. */
static void part(uint64_t *v, size_t n, unsigned shift, size_t *ret_end)
{
	size_t at[OCTETS], sum = 0, count[OCTETS] = { 0 };

	for (size_t i = 0; i < n; i++)
		count[octet(v[i], shift)]++;
	for (unsigned o = 0; o < OCTETS; o++) {
		at[o] = sum;
		ret_end[o] = sum += count[o];
	}
	if (count[octet(v[0], shift)] == n)
		return;
	for (unsigned o = 0; o < OCTETS; o++)
		while (at[o] < ret_end[o]) {
			uint64_t x = v[at[o]];

			for (unsigned to = octet(x, shift); to != o; to = octet(x, shift)) {
				uint64_t other = v[at[to]];

				v[at[to]++] = x;
				x = other;
			}
			v[at[o]++] = x;
		}
}

static void sort_from(uint64_t *v, size_t n, unsigned shift)
{
	size_t end[OCTETS], first = 0;

	if (n < FEW) {
		sort_few(v, n);
		return;
	}
	part(v, n, shift, end);
	for (unsigned o = 0; o < OCTETS && shift > 0; o++) {
		if (end[o] - first > 1)
			sort_from(v + first, end[o] - first, shift - 8);
		first = end[o];
	}
}

void radix_sort(uint64_t *v, size_t n)
{
	sort_from(v, n, 56);
}
