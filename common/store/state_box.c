#include "state_virtual.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "state_metadata.h"

static struct db_key box_key(uint32_t id)
{
	struct db_key k = { .n = 0 };

	db_key_u32(&k, id);
	return k;
}

int state_box_get(struct state_txn *t, uint32_t id, struct state_box *ret, struct str *ret_name)
{
	struct db_key k = box_key(id);
	struct str    v;
	int           r = db_get(t->db, STATE_BOX, db_key_view(&k), &v);

	if (r < 0)
		return r;
	if (v.n < sizeof(*ret))
		return -EUCLEAN;
	memcpy(ret, v.p, sizeof(*ret));
	if (ret_name)
		*ret_name = str_from(v, sizeof(*ret));
	return 0;
}

int state_box_find(struct state_txn *t, struct str name, struct state_box *ret)
{
	struct str v;
	int        r = name.n > DB_KEY_MAX || name.n == 0 ? -ENOENT : db_get(t->db, STATE_NAME, name, &v);

	if (r < 0)
		return r;
	return v.n == 4 ? state_box_get(t, db_be32(v.p), ret, NULL) : -EUCLEAN;
}

int state_box_put(struct state_txn *t, const struct state_box *b, struct str name)
{
	struct db_key    k = box_key(b->id);
	struct state_box old;
	struct buf       v = BUF(sizeof(*b) + DB_KEY_MAX);
	int              r;

	if (!name.p) {
		r = state_box_get(t, b->id, &old, &name);
		if (r < 0)
			return r;
	}
	buf_put(&v, b, sizeof(*b));
	buf_str(&v, name);
	r = v.failed ? -ENAMETOOLONG : db_put(t->db, STATE_BOX, db_key_view(&k), buf_view(&v));
	buf_free(&v);
	return r;
}

/* Ever growing, also when a state was lost: never below the seconds since 1970. */
static int next_validity(struct state_txn *t, uint32_t *ret)
{
	uint64_t v = state_counter(t, "validity") + 1;
	uint64_t now = (uint64_t)clock_now();
	int      r;

	if (v < now)
		v = now;
	r = state_set(t, "validity", v);
	if (r < 0)
		return r;
	*ret = (uint32_t)v;
	return 0;
}

static int name_to(struct state_txn *t, struct str name, uint32_t id)
{
	struct db_key v = box_key(id);

	return db_put(t->db, STATE_NAME, name, db_key_view(&v));
}

int state_box_make(struct state_txn *t, struct str name, struct state_box *ret)
{
	struct state_box b = { .uidnext = 1, .recent = 1 };
	uint64_t         id;
	int              r = name.n > DB_KEY_MAX ? -ENAMETOOLONG : state_next(t, "box", &id);

	if (r < 0)
		return r;
	b.id = (uint32_t)id;
	r = next_validity(t, &b.uidvalidity);
	if (r == 0)
		r = state_modseq(t, &b.highestmodseq);
	if (r == 0)
		r = state_box_put(t, &b, name);
	if (r == 0)
		r = name_to(t, name, b.id);
	if (r == 0)
		*ret = b;
	return r;
}

int state_box_rename(struct state_txn *t, uint32_t id, struct str to)
{
	struct state_box b;
	struct str       name;
	int              r = state_box_get(t, id, &b, &name);

	if (r == 0)
		r = db_del(t->db, STATE_NAME, name);
	if (r == 0)
		r = state_box_put(t, &b, to);
	return r < 0 ? r : name_to(t, to, id);
}

/* Delete all keys of a table that begin with the box's number. */
static int drop_all(struct state_txn *t, enum state_table table, uint32_t id)
{
	struct db_key  k = box_key(id);
	struct db_walk w;
	int            r = db_walk_begin(t->db, table, db_key_view(&k), db_key_view(&k), &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w))
		r = db_walk_del(&w);
	db_walk_end(&w);
	return r;
}

static int drop_mails(struct state_txn *t, uint32_t id)
{
	struct db_key  k = box_key(id);
	struct db_walk w;
	struct row     row;
	int            r = db_walk_begin(t->db, STATE_ROW, db_key_view(&k), db_key_view(&k), &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		memcpy(&row, w.value.p, sizeof(row));
		r = state_mail_drop(t, row.serial);
	}
	db_walk_end(&w);
	return r;
}

int state_box_drop(struct state_txn *t, uint32_t id)
{
	static const enum state_table of_box[] = { STATE_ROW, STATE_FILE, STATE_NEW, STATE_CHANGED, STATE_EXPUNGED };
	struct db_key    k = box_key(id);
	struct state_box b;
	struct vbox      v;
	struct str       name;
	int              r = state_box_get(t, id, &b, &name);

	if (r < 0)
		return r;
	name = arena_str(&t->arena, name);
	r = db_del(t->db, STATE_NAME, name);
	if (r == 0)
		r = state_metadata_drop(t, name);
	if (r == 0)
		r = state_virtual_get(t, id, &v);
	if (r == 0)
		r = v.kind == VBOX_FOLDER ? drop_mails(t, id) : state_virtual_drop(t, id);
	for (size_t i = 0; r == 0 && i < sizeof(of_box) / sizeof(of_box[0]); i++)
		r = drop_all(t, of_box[i], id);
	return r < 0 ? r : db_del(t->db, STATE_BOX, db_key_view(&k));
}
