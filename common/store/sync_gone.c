#include "sync.h"

#include <errno.h>
#include <string.h>

#include "folders.h"
#include "mail.h"
#include "state_mail.h"
#include "vec.h"

/* A folder of the state that has messages; the name is in an arena. */
struct lost {
	uint32_t   id;
	struct str name;
};

struct losses {
	struct lost *p;
	size_t       n, cap;
};

static bool is_among(const struct folder *f, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].is_maildir && str_eq(f[i].name, name))
			return true;
	return false;
}

static int find_lost(struct state_txn *t, const struct folder *f, size_t n, struct arena *a, struct losses *ret)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_BOX, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		struct db_key    k = { .n = 0 };
		struct state_box b;
		struct str       name = str_from(w.value, sizeof(b)), is_virtual;

		memcpy(&b, w.value.p, sizeof(b));
		db_key_u32(&k, b.id);
		if (b.messages > 0 && !is_among(f, n, name) && db_get(t->db, STATE_VBOX, db_key_view(&k), &is_virtual) == -ENOENT)
			VEC_PUSH(ret, ((struct lost){ b.id, arena_str(a, name) }));
	}
	db_walk_end(&w);
	return 0;
}

struct rows {
	struct row *p;
	size_t      n, cap;
};

static int read_rows(struct state_txn *t, uint32_t box, struct rows *ret)
{
	struct db_key  k = { .n = 0 };
	struct db_walk w;
	struct row     row;
	int            r;

	db_key_u32(&k, box);
	r = db_walk_begin(t->db, STATE_ROW, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		memcpy(&row, w.value.p, sizeof(row));
		VEC_PUSH(ret, row);
	}
	db_walk_end(&w);
	return 0;
}

/* All of its messages, in one transaction. The directory may come back as it was, with all its times. */
static int empty(struct store *s, uint32_t box, struct arena *a)
{
	struct rows      rows = { 0 };
	struct state_txn t;
	struct state_box b;
	uint64_t        *serials;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = state_box_get(&t, box, &b, NULL);
	if (r == 0)
		r = read_rows(&t, box, &rows);
	serials = ARENA_NEW_N(a, rows.n, uint64_t);
	for (size_t i = 0; r == 0 && i < rows.n; i++) {
		serials[i] = rows.p[i].serial;
		r = state_row_expunge(&t, &b, rows.p[i].uid);
		if (r == 0)
			r = state_mail_drop(&t, serials[i]);
	}
	b.cur_mtime = STATE_READ_AGAIN;
	if (r == 0)
		r = state_box_put(&t, &b, STR_NONE);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == 0)
		mail_cache_drop(s, serials, rows.n);
	VEC_FREE(&rows);
	return r == -ENOENT ? 0 : r;
}

int sync_gone(struct store *s, const struct folder *f, size_t n)
{
	struct losses    lost = { 0 };
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	struct state_box b;
	bool             others = false;
	int              r;

	for (size_t i = 0; i < n; i++)
		others |= f[i].is_maildir;
	if (!others)
		return 0;
	r = state_read(&s->state, &t);
	if (r < 0)
		return r;
	r = find_lost(&t, f, n, &a, &lost);
	state_abort(&t);
	for (size_t i = 0; r == 0 && i < lost.n; i++) {
		r = sync_box(s, lost.p[i].name, NULL, NULL, &b);
		if (r == -ENOENT)
			r = empty(s, lost.p[i].id, &a);
	}
	VEC_FREE(&lost);
	arena_free(&a);
	return r;
}
