#include "ids.h"

#include <errno.h>
#include <stdio.h>

#include "store_priv.h"

int ids_emails(struct store *s, const uint64_t *serials, size_t n, uint64_t *ret)
{
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		ret[i] = state_email(&t, serials[i]);
	state_abort(&t);
	return 0;
}

int ids_of_email(struct store *s, uint64_t email, struct arena *a, struct serial_set *ret)
{
	struct state_txn t;
	uint64_t        *v;
	size_t           n;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_email_mails(&t, email, a, &v, &n);
	state_abort(&t);
	if (r == 0)
		*ret = (struct serial_set){ v, n };
	return r;
}

int ids_of_thread(struct store *s, uint64_t thread, struct arena *a, struct serial_set *ret)
{
	char query[32];
	int  r;

	*ret = (struct serial_set){ 0 };
	snprintf(query, sizeof(query), "thread:%016llx", (unsigned long long)thread);
	r = textsearch_raw(s, str_of(query), a, ret);
	return r == -EIO ? 0 : r;
}
