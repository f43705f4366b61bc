#include "state_virtual.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "vec.h"

enum { AWAITED = 0 };

static struct db_key box_key(uint32_t box)
{
	struct db_key k = { .n = 0 };

	db_key_u32(&k, box);
	return k;
}

static struct db_key place_key(struct str id, uint32_t box)
{
	struct db_key k = { .n = 0 };

	db_key_str(&k, id);
	db_key_str(&k, (struct str){ "", 1 });
	db_key_u32(&k, box);
	return k;
}

int state_virtual_get(struct state_txn *t, uint32_t box, struct vbox *ret)
{
	struct db_key k = box_key(box);
	struct str    v;
	int           r = db_get(t->db, STATE_VBOX, db_key_view(&k), &v);

	*ret = (struct vbox){ VBOX_FOLDER, STR_NONE };
	if (r == -ENOENT)
		return 0;
	if (r == 0 && v.n < 1)
		r = -EUCLEAN;
	if (r == 0)
		*ret = (struct vbox){ (enum vbox_kind)v.p[0], str_from(v, 1) };
	return r;
}

int state_virtual_set(struct state_txn *t, uint32_t box, const struct vbox *v)
{
	struct db_key k = box_key(box);
	struct buf    b = BUF(64 * 1024);
	int           r;

	buf_putc(&b, (char)v->kind);
	buf_str(&b, v->arg);
	r = b.failed ? -E2BIG : db_put(t->db, STATE_VBOX, db_key_view(&k), buf_view(&b));
	buf_free(&b);
	return r;
}

int state_virtual_make(struct state_txn *t, struct str name, const struct vbox *v, struct state_box *ret)
{
	uint64_t count;
	int      r = state_box_make(t, name, ret);

	if (r == 0)
		r = state_virtual_set(t, ret->id, v);
	return r < 0 ? r : state_next(t, "virtual", &count);
}

/* The record of a place: *ret_uid is AWAITED for a message that shall be there, once there is a file of it. */
static int get_place(struct state_txn *t, struct str id, uint32_t box, uint32_t *ret_uid)
{
	struct db_key k = place_key(id, box);
	struct str    v;
	int           r = k.failed ? -ENOENT : db_get(t->db, STATE_PLACE, db_key_view(&k), &v);

	if (r == 0)
		*ret_uid = db_be32(v.p);
	return r;
}

int state_virtual_place(struct state_txn *t, struct str id, uint32_t box, uint32_t *ret_uid)
{
	uint32_t uid;
	int      r = get_place(t, id, box, &uid);

	if (r == 0 && uid == AWAITED)
		r = -ENOENT;
	if (r == 0)
		*ret_uid = uid;
	return r;
}

static int del_place(struct state_txn *t, struct str id, uint32_t box)
{
	struct db_key k = place_key(id, box);

	return k.failed ? 0 : db_del(t->db, STATE_PLACE, db_key_view(&k));
}

static int put_place(struct state_txn *t, struct str id, uint32_t box, uint32_t uid)
{
	struct db_key k = place_key(id, box), v = box_key(uid);

	return k.failed ? -ENAMETOOLONG : db_put(t->db, STATE_PLACE, db_key_view(&k), db_key_view(&v));
}

int state_virtual_drop(struct state_txn *t, uint32_t box)
{
	struct db_key  k = box_key(box);
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_PLACE, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w))
		if (str_ends(w.key, db_key_view(&k)))
			r = db_walk_del(&w);
	db_walk_end(&w);
	return r < 0 ? r : db_del(t->db, STATE_VBOX, db_key_view(&k));
}

bool state_virtual_wants(struct state_txn *t, const struct vbox *v, struct state_tags tags)
{
	struct arena a = ARENA_INIT;
	uint32_t     flag = state_tag_flag(v->arg);
	struct str  *words;
	size_t       n = 0;
	bool         has = false;

	if (flag != 0) {
		has = flag == MAIL_SEEN ? !(tags.flags & MAIL_SEEN) : (tags.flags & flag) != 0;
	} else if (state_kwset_tags(t, tags.kwset, &a, &words, &n) == 0) {
		for (size_t i = 0; i < n && !has; i++)
			has = str_eq(words[i], v->arg);
	}
	arena_free(&a);
	return v->kind == VBOX_TAG ? has : !has;
}

/* The message as its first file that has a row; -ENOENT when all are gone. */
static int find_message(struct state_txn *t, struct str id, struct arena *a, struct row *ret)
{
	uint64_t *serials;
	size_t    n;
	int       r = state_mails_of_id(t, id, a, &serials, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct state_mail m;

		if (state_mail_get(t, serials[i], &m) == 0 && state_row_get(t, m.box, m.uid, ret) == 0)
			return 0;
	}
	return r < 0 ? r : -ENOENT;
}

static int join(struct state_txn *t, struct str id, struct state_box *b, const struct row *of)
{
	struct row row = *of;
	int        r;

	row.flags &= MAIL_TAG_FLAGS;
	row.saved = clock_now();
	r = state_row_add(t, b, &row);
	return r < 0 ? r : put_place(t, id, b->id, row.uid);
}

static int leave(struct state_txn *t, struct str id, struct state_box *b, uint32_t uid)
{
	int r = state_row_expunge(t, b, uid);

	return r < 0 ? r : del_place(t, id, b->id);
}

/* The row has the flags of the message, and stands for a file that is there. */
static int follow(struct state_txn *t, struct state_box *b, uint32_t uid, const struct row *of)
{
	struct state_mail m;
	struct row        row;
	int               r = state_row_get(t, b->id, uid, &row);

	if (r < 0)
		return r;
	if (row.serial != of->serial && state_mail_get(t, row.serial, &m) == -ENOENT) {
		row.serial = of->serial;
		r = state_row_serial(t, b->id, uid, of->serial);
	}
	return r < 0 ? r : state_row_flags(t, b, &row, (of->flags & MAIL_TAG_FLAGS) | (row.flags & MAIL_DELETED), of->kwset);
}

bool state_virtual_belongs(struct state_txn *t, struct str id, const struct vbox *v)
{
	struct arena a = ARENA_INIT;
	struct row   row;
	bool         has = find_message(t, id, &a, &row) < 0 ||
		state_virtual_wants(t, v, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset });

	arena_free(&a);
	return has;
}

bool state_virtual_may_join(struct state_txn *t, struct str id, struct str without)
{
	return state_virtual_belongs(t, id, &(struct vbox){ VBOX_ALL, without });
}

int state_virtual_join(struct state_txn *t, struct str id, uint32_t box)
{
	struct arena     a = ARENA_INIT;
	struct state_box b;
	struct row       row;
	uint32_t         uid;
	int              r = state_virtual_place(t, id, box, &uid);

	if (r == -ENOENT) {
		r = find_message(t, id, &a, &row);
		arena_free(&a);
		if (r < 0)
			return r == -ENOENT ? put_place(t, id, box, AWAITED) : r;
		r = state_box_get(t, box, &b, NULL);
		if (r == 0)
			r = join(t, id, &b, &row);
		if (r == 0)
			r = state_box_put(t, &b, STR_NONE);
	}
	return r;
}

int state_virtual_leave(struct state_txn *t, struct str id, uint32_t box)
{
	struct state_box b;
	uint32_t         uid;
	int              r = get_place(t, id, box, &uid);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (uid == AWAITED)
		return del_place(t, id, box);
	r = state_box_get(t, box, &b, NULL);
	if (r == 0)
		r = leave(t, id, &b, uid);
	return r < 0 ? r : state_box_put(t, &b, STR_NONE);
}

struct member {
	struct state_box b;
	struct vbox      v;
	uint32_t         flag;          /* of its tag */
	bool             loaded;        /* b is read, and to be put back */
};

/* Who wants a set of keywords: few sets are met again and again. */
struct wanting {
	uint32_t kwset;
	bool    *has;                   /* a member each; NULL: not asked yet */
};

enum { WANTINGS = 256 };

struct members {
	struct arena   arena;
	struct member *p;               /* by box */
	size_t         n, cap;
	struct wanting memo[WANTINGS];
};

static int read_all(struct state_txn *t, struct members *ret)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_VBOX, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		struct member m = { .b.id = db_be32(w.key.p), .v.kind = (enum vbox_kind)w.value.p[0] };

		m.v.arg = arena_str(&ret->arena, str_from(w.value, 1));
		m.flag = m.v.kind == VBOX_QUERY ? 0 : state_tag_flag(m.v.arg);
		VEC_PUSH(ret, m);
	}
	db_walk_end(&w);
	return 0;
}

static int ask_all(struct state_txn *t, struct members *all, uint32_t kwset, const bool **ret)
{
	struct wanting *w = &all->memo[kwset % WANTINGS];
	struct arena    a = ARENA_INIT;
	struct str     *words;
	size_t          n;
	int             r = 0;

	if (!w->has || w->kwset != kwset) {
		if (!w->has)
			w->has = ARENA_NEW_N(&all->arena, all->n, bool);
		w->kwset = kwset;
		r = state_kwset_tags(t, kwset, &a, &words, &n);
		for (size_t i = 0; r == 0 && i < all->n; i++) {
			w->has[i] = false;
			for (size_t k = 0; k < n && !w->has[i]; k++)
				w->has[i] = str_eq(words[k], all->p[i].v.arg);
		}
		arena_free(&a);
	}
	*ret = w->has;
	return r;
}

struct place {
	uint32_t box, uid;              /* uid may be AWAITED */
};

struct places {
	struct place *p;
	size_t        n, cap;
};

/* Where the message is now, by box. */
static int read_places(struct state_txn *t, struct str id, struct places *ret)
{
	struct db_key  k = { .n = 0 };
	struct db_walk w;
	int            r;

	db_key_str(&k, id);
	db_key_str(&k, (struct str){ "", 1 });
	ret->n = 0;
	if (k.failed)
		return 0;
	r = db_walk_begin(t->db, STATE_PLACE, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w))
		if (w.key.n == k.n + 4)
			VEC_PUSH(ret, ((struct place){ db_be32(w.key.p + k.n), db_be32(w.value.p) }));
	db_walk_end(&w);
	return 0;
}

static bool wants(const struct member *m, bool has_word, uint32_t flags)
{
	bool has = m->flag == 0 ? has_word : m->flag == MAIL_SEEN ? !(flags & MAIL_SEEN) : (flags & m->flag) != 0;

	return m->v.kind == VBOX_TAG ? has : !has;
}

/* place: where the message is, AWAITED included; NULL: nowhere. row: the message; NULL: there is no file of it. has: has it the
 * mailbox's word? */
static int settle_in(struct state_txn *t, struct str id, struct member *m, const struct place *place, const struct row *row, bool has)
{
	uint32_t uid = place ? place->uid : AWAITED;
	bool     want = row && (m->v.kind == VBOX_QUERY ? place != NULL : wants(m, has, row->flags));
	int      r = 0;

	if (!want && uid == AWAITED)
		return 0;
	if (!m->loaded)
		r = state_box_get(t, m->b.id, &m->b, NULL);
	if (r < 0)
		return r;
	m->loaded = true;
	if (want)
		return uid != AWAITED ? follow(t, &m->b, uid, row) : join(t, id, &m->b, row);
	r = leave(t, id, &m->b, uid);
	/* A query goes on matching what has lost its files: should one come back, nobody would say so. */
	return r == 0 && m->v.kind == VBOX_QUERY ? put_place(t, id, m->b.id, AWAITED) : r;
}

static int settle_one(struct state_txn *t, struct str id, struct members *all, struct places *places, struct arena *a)
{
	const bool *has = NULL;
	struct row  row;
	size_t      at = 0;
	int         r = find_message(t, id, a, &row);
	bool        there = r == 0;

	if (r == -ENOENT)
		r = 0;
	if (r == 0 && there)
		r = ask_all(t, all, row.kwset, &has);
	if (r == 0)
		r = read_places(t, id, places);
	for (size_t i = 0; r == 0 && i < all->n; i++) {
		struct member *m = &all->p[i];

		while (at < places->n && places->p[at].box < m->b.id)
			at++;
		r = settle_in(t, id, m, at < places->n && places->p[at].box == m->b.id ? &places->p[at] : NULL, there ? &row : NULL,
			there && has[i]);
	}
	return r;
}

void state_virtual_touch(struct state_txn *t, struct str id)
{
	if (t->virtuals == 0 || id.n == 0)
		return;
	if (t->touched.n > 0 && str_eq(t->touched.p[t->touched.n - 1], id))
		return;
	VEC_PUSH(&t->touched, arena_str(&t->arena, id));
}

int state_virtual_settle(struct state_txn *t)
{
	struct members all = { .arena = ARENA_INIT };
	struct places  places = { 0 };
	struct arena   a = ARENA_INIT;
	int            r = t->touched.n > 0 ? read_all(t, &all) : 0;

	for (size_t i = 0; r == 0 && i < t->touched.n; i++) {
		r = settle_one(t, t->touched.p[i], &all, &places, &a);
		arena_reset(&a);
	}
	for (size_t i = 0; r == 0 && i < all.n; i++)
		if (all.p[i].loaded)
			r = state_box_put(t, &all.p[i].b, STR_NONE);
	t->touched.n = 0;
	VEC_FREE(&places);
	VEC_FREE(&all);
	arena_free(&all.arena);
	arena_free(&a);
	return r;
}
