#include "secret.h"

#include <errno.h>
#include <string.h>

int secret_set(struct secret *x, struct str s)
{
	if (s.n > SECRET_MAX)
		return -EMSGSIZE;
	if (str_chr(s, '\0') < s.n)
		return -EINVAL;
	secret_wipe(x);
	if (s.n > 0)
		memcpy(x->p, s.p, s.n);
	x->n = s.n;
	return 0;
}

struct str secret_str(const struct secret *x)
{
	return (struct str){ x->p, x->n };
}

void secret_wipe(struct secret *x)
{
	explicit_bzero(x, sizeof(*x));
}
