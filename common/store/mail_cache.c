#include "mail.h"

#include <errno.h>

#include "db.h"
#include "store_priv.h"

static struct db_key key_of(uint64_t serial)
{
	struct db_key k = { .n = 0 };

	db_key_u64(&k, serial);
	return k;
}

int mail_cached(struct store *s, enum mail_cache kind, const uint64_t *serials, size_t n, mail_cache_fn fn, void *arg)
{
	struct db_txn *t = NULL;

	if (s->cache && db_read(s->cache, &t) < 0)
		t = NULL;
	for (size_t i = 0; i < n; i++) {
		struct db_key k = key_of(serials[i]);
		struct str    text;

		if (!t || db_get(t, kind, db_key_view(&k), &text) < 0)
			text = STR_NONE;
		fn(arg, i, text);
	}
	db_abort(t);
	return 0;
}

int mail_cache_put(struct store *s, enum mail_cache kind, const uint64_t *serials, const struct str *texts, size_t n)
{
	struct db_txn *t;
	int            r = s->cache ? db_write(s->cache, &t) : -ENODEV;

	if (r < 0)
		return r == -ENODEV ? 0 : r;
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct db_key k = key_of(serials[i]);

		r = db_put(t, kind, db_key_view(&k), texts[i]);
	}
	if (r == 0)
		r = db_commit(t);
	else
		db_abort(t);
	return r == -ENOSPC || r == -EDQUOT ? 0 : r;
}
