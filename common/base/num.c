#include "num.h"

#include <errno.h>

int num_u64(struct str s, uint64_t *ret_n)
{
	uint64_t n = 0;

	if (s.n == 0)
		return -EINVAL;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return -EINVAL;
	for (size_t i = 0; i < s.n; i++) {
		if (__builtin_mul_overflow(n, 10U, &n) || __builtin_add_overflow(n, (unsigned)(s.p[i] - '0'), &n))
			return -ERANGE;
	}
	*ret_n = n;
	return 0;
}

int num_u32(struct str s, uint32_t *ret_n)
{
	uint64_t n;
	int      r = num_u64(s, &n);

	if (r < 0)
		return r;
	if (n > UINT32_MAX)
		return -ERANGE;
	*ret_n = (uint32_t)n;
	return 0;
}
