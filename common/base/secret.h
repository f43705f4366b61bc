/* Passwords: a fixed room that is wiped after use and never logged. */
#ifndef REMUCH_SECRET_H
#define REMUCH_SECRET_H

#include "limits.h"
#include "str.h"

struct secret {
	char   p[SECRET_MAX + 1];               /* NUL-ended */
	size_t n;
};

/* 0; -EMSGSIZE when s is longer than SECRET_MAX; -EINVAL when it holds a NUL. */
int secret_set(struct secret *x, struct str s);
struct str secret_str(const struct secret *x);
void secret_wipe(struct secret *x);             /* CLEAN(secret_wipe) struct secret x = { 0 }; */

#endif
