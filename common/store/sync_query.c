#include "sync_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "index_check.h"
#include "index_stamp.h"
#include "vbox.h"

enum {
	TRIES = 4,
	TIME_S = 60,                    /* so often queries over time are asked again when somebody looks, though nothing has changed */
	AGAIN_S = 5 * 60,               /* so often somebody who idles looks */
};

void query_ids_free(struct query_ids *ids)
{
	VEC_FREE(&ids->v);
	arena_free(&ids->arena);
}

static void take_id(void *arg, struct str id)
{
	struct query_ids *l = arg;

	VEC_PUSH(&l->v, arena_str(&l->arena, id));
}

/* Because of the query, or of the index? */
static int search_failed(struct store *s, struct index *x, const char *query)
{
	struct arena a = ARENA_INIT;
	const char  *words = "";
	int          r = index_check(x, query, &a, &words);

	r = r == -EINVAL ? store_fail(s, r, "notmuch does not understand the query: %.150s", words)
	                 : store_fail(s, -EIO, "the notmuch index cannot be read now");
	arena_free(&a);
	return r;
}

static int search(struct store *s, struct index *x, const char *query, struct query_ids *ret)
{
	int r = index_search(x, query, take_id, ret);

	return r < 0 ? search_failed(s, x, query) : 0;
}

/* Queries over dates match other messages as time goes by, and those over queries when these are given another text; neither changes a
 * message. */
static bool tells_time(struct str query)
{
	return str_find(query, STR("date:")) < query.n || str_find(query, STR("query:")) < query.n;
}

static bool same_day(int64_t a, int64_t b)
{
	time_t    at[2] = { (time_t)a, (time_t)b };
	struct tm day[2];

	return localtime_r(&at[0], &day[0]) && localtime_r(&at[1], &day[1]) && day[0].tm_yday == day[1].tm_yday &&
	       day[0].tm_year == day[1].tm_year;
}

int64_t sync_query_due(void)
{
	time_t    now = (time_t)clock_now(), midnight;
	struct tm tm;
	int64_t   wait = AGAIN_S;

	if (localtime_r(&now, &tm)) {
		tm.tm_mday++;
		tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
		tm.tm_isdst = -1;
		midnight = mktime(&tm);
		if (midnight > now && midnight - now < wait)
			wait = midnight - now;
	}
	return clock_ms() + 1000 * wait;
}

/* FNV-1a */
static uint64_t hash(const void *p, size_t n)
{
	const unsigned char *c = p;
	uint64_t             h = 0xcbf29ce484222325;

	for (size_t i = 0; i < n; i++)
		h = (h ^ c[i]) * 0x100000001b3;
	return h;
}

/* Which index that is: as long as it is the same, only messages that changed need be asked for. For queries over time it is another one
 * after each commit. */
static uint64_t print_of(struct store *s, const struct vbox *v, const struct index_version *version)
{
	struct index_stamp stamp = { 0 };

	if (!tells_time(v->arg))
		return hash(version->uuid, strlen(version->uuid));
	index_stamp(s->index_conf, &stamp);
	return hash(&stamp, sizeof(stamp));
}

int sync_query_all(struct store *s, const struct vbox *v, struct query_ids *ret, struct state_box *b)
{
	struct arena         a = ARENA_INIT;
	struct index        *x = store_index(s);
	struct index_version version;
	int                  r;

	if (!x)
		return store_fail(s, -EIO, "the notmuch index cannot be read now");
	index_version(x, &version);
	b->followed = version.revision;
	b->index = print_of(s, v, &version);
	r = search(s, x, vbox_query(s, &a, v), ret);
	arena_free(&a);
	return r;
}

/* The state may be behind the index, and then does not know yet that a message may join: such messages are asked for once more. */
void sync_query_note(struct state_txn *t, struct state_box *b)
{
	uint64_t known = state_counter(t, "index-revision");

	if (b->followed > known)
		b->followed = known;
	b->asked = clock_now();
}

/* The members of a mailbox as the state has them. */
static int read_members(struct state_txn *t, uint32_t box, struct query_ids *ret)
{
	struct db_key     k = { .n = 0 };
	struct db_walk    w;
	struct state_mail m;
	struct row        row;
	int               r;

	db_key_u32(&k, box);
	r = db_walk_begin(t->db, STATE_ROW, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		memcpy(&row, w.value.p, sizeof(row));
		if (state_mail_get(t, row.serial, &m) == 0)
			take_id(ret, m.id);
	}
	db_walk_end(&w);
	return 0;
}

struct following {
	struct query_ids changed;       /* may match now or not */
	struct query_ids match;         /* those that do */
	bool             all;           /* all members may have changed */
};

static int apply(struct store *s, struct following *f, struct state_box *b)
{
	const struct state_box asked = *b;
	struct state_txn       t;
	int                    r = state_write(&s->state, &t);

	if (r == 0 && f->all)
		r = read_members(&t, b->id, &f->changed);
	if (f->match.v.n > 1)
		qsort(f->match.v.p, f->match.v.n, sizeof(*f->match.v.p), str_order);
	for (size_t i = 0; r == 0 && i < f->changed.v.n; i++)
		if (f->match.v.n == 0 || !bsearch(&f->changed.v.p[i], f->match.v.p, f->match.v.n, sizeof(*f->match.v.p), str_order))
			r = state_virtual_leave(&t, f->changed.v.p[i], b->id);
	for (size_t i = 0; r == 0 && i < f->match.v.n; i++)
		if (state_virtual_may_join(&t, f->match.v.p[i], str_of(s->conf.deleted_tag)))
			r = state_virtual_join(&t, f->match.v.p[i], b->id);
	if (r == 0)
		r = state_box_get(&t, b->id, b, NULL);
	if (r == 0) {
		b->followed = asked.followed;
		b->index = asked.index;
		sync_query_note(&t, b);
		r = state_box_put(&t, b, STR_NONE);
	}
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* -EAGAIN: the index was changed between the two questions, so they do not fit together. */
static int ask(struct store *s, const struct vbox *v, struct index *x, struct following *f, struct state_box *b)
{
	struct arena         a = ARENA_INIT;
	struct index_version before, after;
	const char          *since = arena_printf(&a, "lastmod:%llu..", (unsigned long long)b->followed + 1);
	int                  r;

	index_version(x, &before);
	r = search(s, x, arena_printf(&a, "(%s) and %s", vbox_query(s, &a, v), since), &f->match);
	if (r == 0)
		r = search(s, x, since, &f->changed);
	index_version(x, &after);
	if (r == 0 && (before.revision != after.revision || strcmp(before.uuid, after.uuid) != 0))
		r = -EAGAIN;
	b->followed = before.revision;
	arena_free(&a);
	return r;
}

static int follow(struct store *s, const struct vbox *v, struct index *x, struct state_box *b, bool all)
{
	struct state_box now = *b;
	struct following f = { .all = all };
	int              r = all ? sync_query_all(s, v, &f.match, &now) : ask(s, v, x, &f, &now);

	if (r == 0)
		r = apply(s, &f, &now);
	query_ids_free(&f.changed);
	query_ids_free(&f.match);
	if (r == 0)
		*b = now;
	return r;
}

int sync_query(struct store *s, const struct vbox *v, struct state_box *b)
{
	int r = -EAGAIN;

	for (int i = 0; r == -EAGAIN && i < TRIES; i++) {
		struct index        *x = store_index(s);
		struct index_version version;
		bool                 timely = tells_time(v->arg), same;

		if (!x)
			return 0;
		index_version(x, &version);
		same = print_of(s, v, &version) == b->index;
		if (same && version.revision == b->followed && (!timely || (clock_now() - b->asked < TIME_S && same_day(b->asked, clock_now()))))
			return 0;
		r = follow(s, v, x, b, timely || !same || b->followed == 0 || version.revision < b->followed);
	}
	return r == -EAGAIN ? 0 : r;            /* busy times: the next poll goes on */
}
