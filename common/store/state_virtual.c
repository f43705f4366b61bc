#include "state_virtual.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "vec.h"

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

int state_virtual_place(struct state_txn *t, struct str id, uint32_t box, uint32_t *ret_uid)
{
	struct db_key k = place_key(id, box);
	struct str    v;
	int           r = k.failed ? -ENOENT : db_get(t->db, STATE_PLACE, db_key_view(&k), &v);

	if (r == 0)
		*ret_uid = db_be32(v.p);
	return r;
}

static int put_place(struct state_txn *t, struct str id, uint32_t box, uint32_t uid)
{
	struct db_key k = place_key(id, box), v = box_key(uid);

	return k.failed ? -ENAMETOOLONG : db_put(t->db, STATE_PLACE, db_key_view(&k), db_key_view(&v));
}

int state_virtual_drop(struct state_txn *t, uint32_t box)
{
	struct db_key     k = box_key(box);
	struct db_walk    w;
	struct state_mail m;
	struct row        row;
	int               r = db_walk_begin(t->db, STATE_ROW, db_key_view(&k), db_key_view(&k), &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		memcpy(&row, w.value.p, sizeof(row));
		if (state_mail_get(t, row.serial, &m) == 0) {
			struct db_key place = place_key(m.id, box);

			r = db_del(t->db, STATE_PLACE, db_key_view(&place));
		}
	}
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

static int join(struct state_txn *t, struct str id, uint32_t box, const struct row *of)
{
	struct row       row = *of;
	struct state_box b;
	int              r = state_box_get(t, box, &b, NULL);

	row.flags &= MAIL_TAG_FLAGS;
	row.saved = clock_now();
	if (r == 0)
		r = state_row_add(t, &b, &row);
	if (r == 0)
		r = state_box_put(t, &b, STR_NONE);
	return r < 0 ? r : put_place(t, id, box, row.uid);
}

static int leave(struct state_txn *t, struct str id, uint32_t box, uint32_t uid)
{
	struct db_key    k = place_key(id, box);
	struct state_box b;
	int              r = state_box_get(t, box, &b, NULL);

	if (r == 0)
		r = state_row_expunge(t, &b, uid);
	if (r == 0)
		r = state_box_put(t, &b, STR_NONE);
	return r < 0 ? r : db_del(t->db, STATE_PLACE, db_key_view(&k));
}

/* The row has the flags of the message, and stands for a file that is there. */
static int follow(struct state_txn *t, uint32_t box, uint32_t uid, const struct row *of)
{
	struct state_mail m;
	struct state_box  b;
	struct row        row;
	int               r = state_row_get(t, box, uid, &row);

	if (r < 0)
		return r;
	if (row.serial != of->serial && state_mail_get(t, row.serial, &m) == -ENOENT) {
		row.serial = of->serial;
		r = state_row_serial(t, box, uid, of->serial);
	}
	if (r == 0)
		r = state_box_get(t, box, &b, NULL);
	if (r == 0)
		r = state_row_flags(t, &b, &row, (of->flags & MAIL_TAG_FLAGS) | (row.flags & MAIL_DELETED), of->kwset);
	return r < 0 ? r : state_box_put(t, &b, STR_NONE);
}

bool state_virtual_may_join(struct state_txn *t, struct str id, struct str without)
{
	const struct vbox undeleted = { VBOX_ALL, without };
	struct arena      a = ARENA_INIT;
	struct row        row;
	bool may = find_message(t, id, &a, &row) == 0 &&
		state_virtual_wants(t, &undeleted, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset });

	arena_free(&a);
	return may;
}

int state_virtual_join(struct state_txn *t, struct str id, uint32_t box)
{
	struct arena a = ARENA_INIT;
	struct row   row;
	uint32_t     uid;
	int          r = state_virtual_place(t, id, box, &uid);

	if (r == -ENOENT) {
		r = find_message(t, id, &a, &row);
		r = r == 0 ? join(t, id, box, &row) : r == -ENOENT ? 0 : r;
	}
	arena_free(&a);
	return r;
}

int state_virtual_leave(struct state_txn *t, struct str id, uint32_t box)
{
	uint32_t uid;
	int      r = state_virtual_place(t, id, box, &uid);

	return r == 0 ? leave(t, id, box, uid) : r == -ENOENT ? 0 : r;
}

struct member {
	uint32_t    id;
	struct vbox v;
};

struct members {
	struct arena   arena;
	struct member *p;
	size_t         n, cap;
};

static int read_all(struct state_txn *t, struct members *ret)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_VBOX, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		struct member m = { db_be32(w.key.p), { (enum vbox_kind)w.value.p[0], arena_str(&ret->arena, str_from(w.value, 1)) } };

		VEC_PUSH(ret, m);
	}
	db_walk_end(&w);
	return 0;
}

static int settle_one(struct state_txn *t, struct str id, const struct members *all, struct arena *a)
{
	struct row row;
	int        r = find_message(t, id, a, &row);
	bool       there = r == 0;

	if (r < 0 && r != -ENOENT)
		return r;
	r = 0;
	for (size_t i = 0; r == 0 && i < all->n; i++) {
		const struct member *m = &all->p[i];
		uint32_t             uid;
		bool                 in = state_virtual_place(t, id, m->id, &uid) == 0;
		bool                 want = there && (m->v.kind == VBOX_QUERY ? in
			: state_virtual_wants(t, &m->v, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset }));

		if (want)
			r = in ? follow(t, m->id, uid, &row) : join(t, id, m->id, &row);
		else if (in)
			r = leave(t, id, m->id, uid);
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
	struct arena   a = ARENA_INIT;
	int            r = t->touched.n > 0 ? read_all(t, &all) : 0;

	for (size_t i = 0; r == 0 && i < t->touched.n; i++) {
		r = settle_one(t, t->touched.p[i], &all, &a);
		arena_reset(&a);
	}
	t->touched.n = 0;
	VEC_FREE(&all);
	arena_free(&all.arena);
	arena_free(&a);
	return r;
}
