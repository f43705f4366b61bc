#include "threads.h"

#include <errno.h>
#include <string.h>

#include "index_threads.h"
#include "mail.h"
#include "store_priv.h"
#include "strmap.h"
#include "vec.h"

enum { TABLE = MAIL_CACHE_THREAD };

static const struct str revision_key = STR_LIT("revision");

static struct db_key key_of(uint64_t n)
{
	struct db_key k = { .n = 0 };

	db_key_u64(&k, n);
	return k;
}

/* Threads that were found: to be kept, and those of the mails that were asked for. */
struct news {
	struct state_txn *t;
	struct arena      a;
	VEC(uint64_t) serials;
	VEC(uint64_t) threads;
	struct strmap     ids;          /* of the mails asked for */
	uint64_t         *asked;        /* their threads, by number */
	int               r;
};

static void add(struct news *news, uint64_t serial, uint64_t thread)
{
	VEC_PUSH(&news->serials, serial);
	VEC_PUSH(&news->threads, thread);
}

static void take(void *arg, struct str id, uint64_t thread)
{
	struct news *news = arg;
	uint32_t     slot = news->ids.n > 0 ? strmap_get(&news->ids, id) : STRMAP_NONE;
	uint64_t    *serials;
	size_t       n;

	if (slot != STRMAP_NONE)
		news->asked[slot] = thread;
	if (news->r == 0)
		news->r = state_mails_of_id(news->t, id, &news->a, &serials, &n);
	for (size_t i = 0; news->r == 0 && i < n; i++)
		add(news, serials[i], thread);
}

static void free_news(struct news *news)
{
	VEC_FREE(&news->serials);
	VEC_FREE(&news->threads);
	strmap_free(&news->ids);
	arena_free(&news->a);
}

static bool read_revision(struct db_txn *t, struct index_version *ret)
{
	struct str v;

	if (db_get(t, TABLE, revision_key, &v) < 0 || v.n != sizeof(*ret))
		return false;
	memcpy(ret, v.p, sizeof(*ret));
	return true;
}

static bool same(const struct index_version *a, const struct index_version *b)
{
	return a->revision == b->revision && strcmp(a->uuid, b->uuid) == 0;
}

static int drop_all(struct db_txn *t)
{
	struct db_walk w;
	int            r = db_walk_begin(t, TABLE, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w))
		r = db_walk_del(&w);
	db_walk_end(&w);
	return r;
}

static int put_news(struct db_txn *t, const struct news *news)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < news->serials.n; i++) {
		struct db_key k = key_of(news->serials.p[i]), v = key_of(news->threads.p[i]);

		r = db_put(t, TABLE, db_key_view(&k), db_key_view(&v));
	}
	return r;
}

/* Keep what was found at revision `now`. Not when the cache has gone on from `before` (NULL: it had nothing of this database) meanwhile:
 * what was found may be older. False: it is not kept. */
static bool keep(struct store *s, const struct index_version *before, const struct index_version *now, const struct news *news)
{
	struct index_version there;
	struct db_txn       *t;
	int                  r = s->cache ? db_write(s->cache, &t) : -ENODEV;

	if (r < 0)
		return false;
	if (read_revision(t, &there) ? !before || !same(&there, before) : before != NULL)
		r = before || strcmp(there.uuid, now->uuid) == 0 ? -EAGAIN : drop_all(t);
	if (r == 0)
		r = put_news(t, news);
	if (r == 0)
		r = db_put(t, TABLE, revision_key, (struct str){ (const char *)now, sizeof(*now) });
	if (r == 0)
		return db_commit(t) == 0;
	db_abort(t);
	return false;
}

/* Bring what is kept up to revision `now`. False: it is not. */
static bool follow(struct store *s, struct index *x, struct state_txn *t, const struct index_version *now)
{
	struct index_version before;
	struct news          news = { .t = t, .a = ARENA_INIT };
	struct db_txn       *c;
	bool                 any, fine;

	if (!s->cache || db_read(s->cache, &c) < 0)
		return false;
	any = read_revision(c, &before) && strcmp(before.uuid, now->uuid) == 0;
	db_abort(c);
	if (any && before.revision >= now->revision)
		return true;
	fine = !any || (index_threads_changed(x, before.revision, take, &news) == 0 && news.r == 0);
	if (fine)
		fine = keep(s, any ? &before : NULL, now, &news);
	free_news(&news);
	return fine;
}

/* What is kept; the places of the others. */
struct reading {
	uint64_t *ret;
	size_t   *missing;
	size_t    n_missing;
};

static void read_kept(void *arg, size_t i, struct str text)
{
	struct reading *r = arg;

	r->ret[i] = text.n == 8 ? db_be64(text.p) : 0;
	if (text.n != 8)
		r->missing[r->n_missing++] = i;
}

/* Ask the index for what is missing, and keep it. */
static int find_missing(struct store *s, struct index *x, struct state_txn *t, const struct index_version *now, const uint64_t *serials,
	const struct reading *rd)
{
	struct news news = { .t = t, .a = ARENA_INIT };
	uint32_t   *slots = ARENA_NEW_N(&news.a, rd->n_missing, uint32_t);
	int         r = 0;

	news.asked = ARENA_NEW_N(&news.a, rd->n_missing, uint64_t);
	for (size_t i = 0; i < rd->n_missing && r == 0; i++) {
		struct state_mail m;

		r = state_mail_get(t, serials[rd->missing[i]], &m);
		slots[i] = r == 0 ? strmap_add(&news.ids, arena_str(&news.a, m.id)) : STRMAP_NONE;
		if (r == 0)
			add(&news, m.serial, 0);
		r = r == -ENOENT ? 0 : r;
	}
	if (r == 0 && index_threads_many(x, news.ids.n))
		r = index_threads_changed(x, 0, take, &news);
	else if (r == 0)
		r = index_threads(x, news.ids.keys, news.ids.n, take, &news);
	if (r == 0)
		r = news.r;
	for (size_t i = 0; i < rd->n_missing && r == 0; i++)
		if (slots[i] != STRMAP_NONE)
			rd->ret[rd->missing[i]] = news.asked[slots[i]];
	if (r == 0)
		keep(s, now, now, &news);
	free_news(&news);
	return r;
}

int threads_of(struct store *s, const uint64_t *serials, size_t n, uint64_t *ret)
{
	struct arena         a = ARENA_INIT;
	struct reading       rd = { .ret = ret, .missing = ARENA_NEW_N(&a, n, size_t) };
	struct index        *x = store_index(s);
	struct index_version now;
	struct state_txn     t;
	int                  r = state_read(&s->state, &t);

	if (r == 0 && x) {
		index_version(x, &now);
		/* Twice: another session may be quicker. */
		if (follow(s, x, &t, &now) || follow(s, x, &t, &now))
			r = mail_cached(s, MAIL_CACHE_THREAD, serials, n, read_kept, &rd);
		else
			for (size_t i = 0; i < n; i++)
				read_kept(&rd, i, STR_NONE);
		if (r == 0 && rd.n_missing > 0)
			r = find_missing(s, x, &t, &now, serials, &rd);
	} else if (r == 0) {
		r = mail_cached(s, MAIL_CACHE_THREAD, serials, n, read_kept, &rd);
	}
	state_abort(&t);
	arena_free(&a);
	return r == -EIO ? 0 : r;
}
