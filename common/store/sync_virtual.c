#include "sync_virtual.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "folders.h"
#include "log.h"
#include "sync.h"
#include "sync_query.h"
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

/* First use: a record, and a row for each message, oldest first. One transaction: a cut leaves nothing. make: even of none, else that is
 * -ENOENT. */
static int materialise(struct store *s, struct str name, const struct vbox *v, bool make, struct state_box *ret)
{
	const struct vbox undeleted = { VBOX_ALL, str_of(s->conf.deleted_tag) };
	struct candidates c = { .arena = ARENA_INIT };
	struct query_ids  hits = { .arena = ARENA_INIT };
	struct state_box  asked = { 0 };
	struct state_txn  t = { 0 };
	int               r = v->kind == VBOX_QUERY ? sync_query_all(s, v, &hits, &asked) : 0;

	if (r == 0)
		r = state_write(&s->state, &t);
	if (r == 0 && state_box_find(&t, name, ret) == 0)
		r = -EEXIST;                    /* another session was faster */
	if (r == 0 && v->kind != VBOX_QUERY)
		r = from_state(&t, v, &c);
	for (size_t i = 0; r == 0 && i < hits.v.n; i++)
		r = take_if_first(&t, hits.v.p[i], &c, v, &undeleted);
	if (r == 0 && c.v.n == 0 && !make)
		r = -ENOENT;
	if (r == 0 && c.v.n > 1)
		qsort(c.v.p, c.v.n, sizeof(*c.v.p), by_date);
	if (r == 0)
		r = state_virtual_make(&t, name, v, ret);
	for (size_t i = 0; r == 0 && i < c.v.n; i++)
		r = state_virtual_join(&t, c.v.p[i].id, ret->id);
	for (size_t i = 0; r == 0 && i < hits.v.n; i++)         /* those that are in no folder yet */
		if (state_virtual_may_join(&t, hits.v.p[i], undeleted.arg))
			r = state_virtual_join(&t, hits.v.p[i], ret->id);
	if (r == 0)
		r = state_box_get(&t, ret->id, ret, NULL);
	if (r == 0) {
		ret->followed = asked.followed;
		ret->index = asked.index;
		sync_query_note(&t, ret);
		r = state_box_put(&t, ret, STR_NONE);
	}
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	VEC_FREE(&c.v);
	arena_free(&c.arena);
	query_ids_free(&hits);
	return r == -EEXIST ? 0 : r;
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
static int drop(struct store *s, uint32_t id)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = state_box_drop(&t, id);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Another text: all is to be asked anew, sooner or later. */
static int redefine(struct store *s, const struct vbox *v, struct state_box *b)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = state_virtual_set(&t, b->id, v);
	if (r == 0)
		r = state_box_get(&t, b->id, b, NULL);
	b->followed = 0;
	if (r == 0)
		r = state_box_put(&t, b, STR_NONE);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Does notmuch know of messages with the tag that are in no folder? */
static bool is_tagged(struct store *s, const struct vbox *v)
{
	struct arena       a = ARENA_INIT;
	struct vbox_counts n;
	bool               is = vbox_count(s, &a, v, &n) == 0 && n.messages > 0;

	arena_free(&a);
	return is;
}

static int sync_any(struct store *s, struct str name, const struct vbox *v, bool make, box_progress progress, void *arg,
	struct state_box *ret_box)
{
	bool redefined = false;
	int  r = follow_folders(s, progress, arg);

	if (r == 0)
		r = read_record(s, name, v, ret_box, &redefined);
	if (r == -ESTALE) {
		r = drop(s, ret_box->id);
		r = r < 0 ? r : -ENOENT;
	}
	if (r == -ENOENT) {
		r = materialise(s, name, v, make || vbox_lasts(s, name, v), ret_box);
		if (r == -ENOENT)
			r = is_tagged(s, v) ? materialise(s, name, v, true, ret_box) : store_fail(s, r, "there is no such tag");
	} else if (r == 0 && redefined) {
		r = redefine(s, v, ret_box);
	}
	if (r == 0 && v->kind == VBOX_QUERY)
		r = sync_query(s, v, ret_box);
	return r;
}

int sync_virtual(struct store *s, struct str name, const struct vbox *v, box_progress progress, void *arg, struct state_box *ret_box)
{
	return sync_any(s, name, v, false, progress, arg, ret_box);
}

int sync_virtual_make(struct store *s, struct str name, const struct vbox *v, struct state_box *ret_box)
{
	return sync_any(s, name, v, true, NULL, NULL, ret_box);
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
