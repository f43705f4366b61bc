#include "clock.h"

#include <limits.h>
#include <time.h>

static int64_t ns(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t clock_ms(void)
{
	return ns(CLOCK_MONOTONIC) / 1000000;
}

int64_t clock_now_ns(void)
{
	return ns(CLOCK_REALTIME);
}

int64_t clock_now(void)
{
	return ns(CLOCK_REALTIME) / 1000000000;
}

int clock_left(int64_t deadline)
{
	int64_t left;

	if (deadline == CLOCK_NEVER)
		return -1;
	left = deadline - clock_ms();
	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
