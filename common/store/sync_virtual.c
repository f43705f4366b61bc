#include "sync_virtual.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "folders.h"
#include "index_check.h"
#include "log.h"
#include "sync.h"
#include "vbox.h"
#include "vec.h"

/* A message that belongs, by its first file. */
struct candidate {
	uint64_t   serial;
	int64_t    date;
	struct str id;
};

struct candidates {
	struct arena arena;
	VEC(struct candidate) v;
};

/* Every folder of the account, since a message of any may belong. */
static int follow_folders(struct store *s, box_progress progress, void *arg)
{
	struct arena     a = ARENA_INIT;
	struct folder   *f;
	struct state_box rec;
	size_t           n;
	int              r = folders_walk(s, &a, &f, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		if (!f[i].is_maildir)
			continue;
		r = sync_box(s, f[i].name, progress, arg, &rec);
		if (r == -ENOENT)
			r = 0;                  /* it went while we were looking */
	}
	if (r == 0)
		r = sync_gone(s, f, n);
	arena_free(&a);
	return r;
}

static int by_date(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

/* undeleted: what says that a message is not taken out of queries; the state knows it before the index does. */
static int take_if_first(struct state_txn *t, struct str id, struct candidates *c, const struct vbox *v, const struct vbox *undeleted)
{
	struct state_mail m;
	struct row        row;
	uint64_t         *serials;
	size_t            n;
	int               r = state_mails_of_id(t, id, &c->arena, &serials, &n);

	if (r < 0 || n == 0)
		return r;
	if (state_mail_get(t, serials[0], &m) < 0 || state_row_get(t, m.box, m.uid, &row) < 0)
		return 0;
	if (!state_virtual_wants(t, v->kind == VBOX_QUERY ? undeleted : v, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset }))
		return 0;
	VEC_PUSH(&c->v, ((struct candidate){ serials[0], row.date, arena_str(&c->arena, id) }));
	return 0;
}

/* All messages the state knows; ids come in order, one entry a file. */
static int from_state(struct state_txn *t, const struct vbox *v, struct candidates *ret)
{
	struct db_walk w;
	struct str     last = STR_NONE;
	int            r = db_walk_begin(t->db, STATE_ID, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		struct str id = str_mid(w.key, 0, w.key.n - 9);

		if (last.p && str_eq(id, last))
			continue;
		last = arena_str(&ret->arena, id);
		r = take_if_first(t, last, ret, v, v);
	}
	db_walk_end(&w);
	return r;
}

struct ids {
	struct arena arena;
	VEC(struct str) v;
};

static void take_id(void *arg, struct str id)
{
	struct ids *l = arg;

	VEC_PUSH(&l->v, arena_str(&l->arena, id));
}

static void ids_free(struct ids *l)
{
	VEC_FREE(&l->v);
	arena_free(&l->arena);
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

static int search(struct store *s, const char *query, struct ids *ret, uint64_t *ret_revision)
{
	struct index        *x = store_index(s);
	struct index_version version;
	int                  r;

	if (!x)
		return store_fail(s, -EIO, "the notmuch index cannot be read now");
	index_version(x, &version);
	r = index_search(x, query, take_id, ret);
	*ret_revision = version.revision;
	return r < 0 ? search_failed(s, x, query) : 0;
}

/* First use: a record, and a row for each message, oldest first. One transaction: a cut leaves nothing. */
static int materialise(struct store *s, struct str name, const struct vbox *v, struct state_box *ret)
{
	const struct vbox undeleted = { VBOX_ALL, str_of(s->conf.deleted_tag) };
	struct candidates c = { .arena = ARENA_INIT };
	struct ids        hits = { .arena = ARENA_INIT };
	struct arena      a = ARENA_INIT;
	struct state_txn  t = { 0 };
	uint64_t          revision = 0;
	int               r = v->kind == VBOX_QUERY ? search(s, vbox_query(s, &a, v), &hits, &revision) : 0;

	if (r == 0)
		r = state_write(&s->state, &t);
	if (r == 0 && state_box_find(&t, name, ret) == 0)
		r = -EEXIST;                    /* another session was faster */
	if (r == 0 && v->kind != VBOX_QUERY)
		r = from_state(&t, v, &c);
	for (size_t i = 0; r == 0 && i < hits.v.n; i++)
		r = take_if_first(&t, hits.v.p[i], &c, v, &undeleted);
	if (r == 0 && c.v.n > 1)
		qsort(c.v.p, c.v.n, sizeof(*c.v.p), by_date);
	if (r == 0)
		r = state_virtual_make(&t, name, v, ret);
	for (size_t i = 0; r == 0 && i < c.v.n; i++)
		r = state_virtual_join(&t, c.v.p[i].id, ret->id);
	if (r == 0)
		r = state_box_get(&t, ret->id, ret, NULL);
	ret->followed = revision;
	if (r == 0)
		r = state_box_put(&t, ret, STR_NONE);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	VEC_FREE(&c.v);
	arena_free(&c.arena);
	ids_free(&hits);
	arena_free(&a);
	return r == -EEXIST ? 0 : r;
}

/* Queries over dates match other messages as time goes by, without any change. */
static bool tells_time(struct str query)
{
	return str_find(query, STR("date:")) < query.n || str_find(query, STR("query:")) < query.n;
}

/* The members of a mailbox as the state has them. */
static int read_members(struct state_txn *t, uint32_t box, struct ids *ret)
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

/* `changed` may match now or not; `match` are those that do. */
static int apply(struct store *s, uint32_t box, struct ids *changed, struct ids *match, bool all, uint64_t revision)
{
	struct state_txn t;
	struct state_box b;
	int              r = state_write(&s->state, &t);

	if (r == 0 && all)
		r = read_members(&t, box, changed);
	if (match->v.n > 1)
		qsort(match->v.p, match->v.n, sizeof(*match->v.p), str_order);
	for (size_t i = 0; r == 0 && i < changed->v.n; i++)
		if (match->v.n == 0 || !bsearch(&changed->v.p[i], match->v.p, match->v.n, sizeof(*match->v.p), str_order))
			r = state_virtual_leave(&t, changed->v.p[i], box);
	for (size_t i = 0; r == 0 && i < match->v.n; i++)
		if (state_virtual_may_join(&t, match->v.p[i], str_of(s->conf.deleted_tag)))
			r = state_virtual_join(&t, match->v.p[i], box);
	if (r == 0)
		r = state_box_get(&t, box, &b, NULL);
	b.followed = revision;
	if (r == 0)
		r = state_box_put(&t, &b, STR_NONE);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Of the messages that changed since: who matches now? Costs what changed. */
static int follow_query(struct store *s, const struct vbox *v, bool redefined, struct state_box *b)
{
	struct ids           changed = { .arena = ARENA_INIT }, match = { .arena = ARENA_INIT };
	struct arena         a = ARENA_INIT;
	struct index        *x = store_index(s);
	struct index_version version = { 0 };
	const char          *query = vbox_query(s, &a, v);
	bool                 all = redefined || tells_time(v->arg);
	uint64_t             revision;
	int                  r = 0;

	if (x)
		index_version(x, &version);
	all |= version.revision < b->followed;  /* another database */
	if (x && (all || version.revision != b->followed)) {
		const char *since = arena_printf(&a, "lastmod:%llu..", (unsigned long long)b->followed + 1);

		r = search(s, all ? query : arena_printf(&a, "(%s) and %s", query, since), &match, &revision);
		if (r == 0 && !all)
			r = search(s, since, &changed, &version.revision);
		if (r == 0)
			r = apply(s, b->id, &changed, &match, all, revision);
	}
	ids_free(&changed);
	ids_free(&match);
	arena_free(&a);
	return r;
}

/* What the record says the mailbox is; a query may have been given another text since. */
static int read_record(struct store *s, struct str name, const struct vbox *v, struct state_box *ret, bool *ret_redefined)
{
	struct state_txn t;
	struct vbox      was;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_box_find(&t, name, ret);
	if (r == 0)
		r = state_virtual_get(&t, ret->id, &was);
	if (r == 0 && was.kind != v->kind)
		r = -ESTALE;
	*ret_redefined = r == 0 && !str_eq(was.arg, v->arg);
	state_abort(&t);
	return r;
}

/* The name meant something else before: that mailbox is gone. */
static int replace(struct store *s, uint32_t id, const struct vbox *v, bool drop)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = drop ? state_box_drop(&t, id) : state_virtual_set(&t, id, v);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

int sync_virtual(struct store *s, struct str name, const struct vbox *v, box_progress progress, void *arg, struct state_box *ret_box)
{
	bool redefined = false;
	int  r = follow_folders(s, progress, arg);

	if (r == 0)
		r = read_record(s, name, v, ret_box, &redefined);
	if (r == -ESTALE) {
		r = replace(s, ret_box->id, v, true);
		r = r < 0 ? r : -ENOENT;
	}
	if (r == -ENOENT)
		r = materialise(s, name, v, ret_box);
	else if (r == 0 && redefined)
		r = replace(s, ret_box->id, v, false);
	if (r == 0 && v->kind == VBOX_QUERY)
		r = follow_query(s, v, redefined, ret_box);
	return r;
}

int sync_mailbox(struct store *s, struct str name, box_progress progress, void *arg, struct state_box *ret_box)
{
	struct arena a = ARENA_INIT;
	struct vbox  v;
	int          r = vbox_find(s, &a, name, &v);

	if (r == -EINVAL)
		r = -ENOENT;
	if (r == 0)
		r = v.kind == VBOX_FOLDER ? sync_box(s, name, progress, arg, ret_box)
		                          : sync_virtual(s, name, &v, progress, arg, ret_box);
	arena_free(&a);
	return r;
}
