#include <cerrno>

#include "index_guard.h"

int index_guard(int (*once)(struct index *x, void *arg), struct index *x, void *arg)
{
	try {
		return once(x, arg);
	} catch (...) {
		return -EAGAIN;
	}
}
