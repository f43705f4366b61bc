#include "mail.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

#include "db.h"
#include "store_priv.h"

static struct db_key key_of(uint64_t serial)
{
	struct db_key k = { .n = 0 };

	db_key_u64(&k, serial);
	return k;
}

/* Serials ascend in the table and mostly in what is asked for: the record behind the last one is the wanted one more often than
 * not. there: w stands at a record that was not given yet. */
static struct str next_text(struct db_walk *w, bool *there, uint64_t serial)
{
	uint64_t key = htobe64(serial);
	bool     found;

	if (!*there || memcmp(w->key.p, &key, sizeof(key)) != 0) {
		db_walk_seek(w, (struct str){ (const char *)&key, sizeof(key) });
		*there = db_walk_next(w);
	}
	found = *there && memcmp(w->key.p, &key, sizeof(key)) == 0;
	return found ? w->value : STR_NONE;
}

int mail_cached(struct store *s, enum mail_cache kind, const uint64_t *serials, size_t n, mail_cache_fn fn, void *arg)
{
	struct db_txn *t = NULL;
	struct db_walk w = { .cursor = NULL };
	bool           there = false;

	if (s->cache && db_read(s->cache, &t) == 0 && db_walk_begin(t, kind, STR_NONE, STR_NONE, &w) < 0)
		w.cursor = NULL;
	for (size_t i = 0; i < n; i++) {
		struct str text = w.cursor ? next_text(&w, &there, serials[i]) : STR_NONE;

		fn(arg, i, text);
		if (text.p)
			there = db_walk_next(&w);
	}
	db_walk_end(&w);
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

void mail_cache_drop(struct store *s, const uint64_t *serials, size_t n)
{
	struct db_txn *t;
	int            r = n > 0 && s->cache ? db_write(s->cache, &t) : -ENODEV;

	if (r < 0)
		return;
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct db_key k = key_of(serials[i]);

		for (int kind = 0; r == 0 && kind < MAIL_CACHES; kind++)
			r = db_del(t, (unsigned)kind, db_key_view(&k));
	}
	if (r == 0)
		db_commit(t);
	else
		db_abort(t);
}
