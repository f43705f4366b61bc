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

static int move_one(struct db_txn *t, enum mail_cache kind, uint64_t from, const uint64_t *to)
{
	struct db_key old = key_of(from), new;
	struct buf    copy = BUF(SIZE_MAX / 2);
	struct str    text;
	int           r = db_get(t, kind, db_key_view(&old), &text);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (to) {
		new = key_of(*to);
		buf_str(&copy, text);
		r = db_put(t, kind, db_key_view(&new), buf_view(&copy));
		buf_free(&copy);
	}
	return r < 0 ? r : db_del(t, kind, db_key_view(&old));
}

void mail_cache_move(struct store *s, const uint64_t *from, const uint64_t *to, size_t n)
{
	struct db_txn *t;
	int            r = n > 0 && s->cache ? db_write(s->cache, &t) : -ENODEV;

	if (r < 0)
		return;
	for (size_t i = 0; r == 0 && i < n; i++)
		for (int kind = 0; r == 0 && kind < MAIL_CACHES; kind++)
			r = move_one(t, (enum mail_cache)kind, from[i], to ? &to[i] : NULL);
	if (r == 0)
		db_commit(t);
	else
		db_abort(t);
}
