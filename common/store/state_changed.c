/* A range may hold more than the rows that have its MODSEQ: one in its midst that changes again is left in it, for it is in a later
 * range then. So who reads looks at the row, and no row is read more often than it has changed. */
#include "state_changed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct db_key state_log_key(uint32_t box, uint64_t modseq, uint32_t uid)
{
	struct db_key k = { .n = 0 };

	db_key_u32(&k, box);
	db_key_u64(&k, modseq);
	db_key_u32(&k, uid);
	return k;
}

struct range {
	uint32_t first, last;
};

/* A record without a value is of one UID: older versions wrote those alone. */
static struct range range_at(const struct db_walk *w)
{
	uint32_t first = db_be32(w->key.p + 12);

	return (struct range){ first, w->value.n == 4 ? db_be32(w->value.p) : first };
}

static int put(struct state_txn *t, uint32_t box, uint64_t modseq, struct range r)
{
	struct db_key k = state_log_key(box, modseq, r.first), v = { .n = 0 };

	db_key_u32(&v, r.last);
	return db_put(t->db, STATE_CHANGED, db_key_view(&k), db_key_view(&v));
}

/* Of that MODSEQ, the last range that begins at uid or before it. */
static int begin_at(struct state_txn *t, uint32_t box, uint64_t modseq, uint32_t uid, struct db_walk *w, bool *ret_found)
{
	struct db_key k = state_log_key(box, modseq, uid);
	int           r = db_walk_begin(t->db, STATE_CHANGED, STR_NONE, STR_NONE, w);

	if (r < 0)
		return r;
	*ret_found = db_walk_floor(w, db_key_view(&k)) && w->key.n == k.n && memcmp(w->key.p, k.p, 12) == 0;
	return 0;
}

int state_changed_add(struct state_txn *t, uint32_t box, uint64_t modseq, uint32_t first, uint32_t last)
{
	struct range   new = { first, last };
	struct db_walk w;
	bool           found;
	int            r = begin_at(t, box, modseq, first, &w, &found);

	if (r < 0)
		return r;
	if (found) {
		struct range old = range_at(&w);

		if (old.last >= first || old.last + 1 == first)
			new = (struct range){ old.first, old.last > last ? old.last : last };
	}
	db_walk_end(&w);
	return put(t, box, modseq, new);
}

/* What is left of the range at w, which holds UIDs of first to last; the walk goes on. */
static int cut(struct state_txn *t, uint32_t box, uint64_t modseq, struct db_walk *w, uint32_t first, uint32_t last)
{
	struct range old = range_at(w);
	int          r = 0;

	if (old.first < first)
		return old.last > last ? 0 : put(t, box, modseq, (struct range){ old.first, first - 1 });
	r = db_walk_del(w);
	return r == 0 && old.last > last ? put(t, box, modseq, (struct range){ last + 1, old.last }) : r;
}

int state_changed_drop(struct state_txn *t, uint32_t box, uint64_t modseq, uint32_t first, uint32_t last)
{
	struct db_key  k = state_log_key(box, modseq, first);
	struct db_walk w;
	bool           found;
	int            r = begin_at(t, box, modseq, first, &w, &found);

	if (r < 0)
		return r;
	if (found && range_at(&w).last >= first)
		r = cut(t, box, modseq, &w, first, last);
	db_walk_end(&w);
	k = state_log_key(box, modseq, first);
	if (r == 0)
		r = db_walk_begin(t->db, STATE_CHANGED, db_key_view(&k), (struct str){ k.p, 12 }, &w);
	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w) && range_at(&w).first <= last)
		r = cut(t, box, modseq, &w, first, last);
	db_walk_end(&w);
	return r;
}

/* The rows of a range that have its MODSEQ. */
static int read_range(struct state_txn *t, uint32_t box, uint64_t modseq, struct range range, state_changed_fn fn, void *arg)
{
	struct db_key  from = { .n = 0 };
	struct db_walk w;
	int            r;

	db_key_u32(&from, box);
	db_key_u32(&from, range.first);
	r = db_walk_begin(t->db, STATE_ROW, db_key_view(&from), (struct str){ from.p, 4 }, &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w) && db_be32(w.key.p + 4) <= range.last) {
		struct row row;

		memcpy(&row, w.value.p, sizeof(row));
		if (row.modseq == modseq)
			fn(arg, &row);
	}
	db_walk_end(&w);
	return 0;
}

int state_changed_walk(struct state_txn *t, uint32_t box, uint64_t modseq, state_changed_fn fn, void *arg)
{
	struct db_key  from = state_log_key(box, modseq + 1, 0);
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_CHANGED, db_key_view(&from), (struct str){ from.p, 4 }, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w))
		r = read_range(t, box, db_be64(w.key.p + 4), range_at(&w), fn, arg);
	db_walk_end(&w);
	return r;
}

struct rows {
	struct row *p;
	size_t      n, cap;
};

static void add_row(void *arg, const struct row *row)
{
	struct rows *rows = arg;

	VEC_PUSH(rows, *row);
}

static int by_uid(const void *p, const void *q)
{
	const struct row *x = p, *y = q;

	return (x->uid > y->uid) - (x->uid < y->uid);
}

/* Each once: ranges of one MODSEQ may overlap. */
static void take(struct rows *rows, struct arena *a, struct row **ret, size_t *ret_n)
{
	bool   sorted = true;
	size_t n = 0;

	for (size_t i = 1; i < rows->n && sorted; i++)
		sorted = rows->p[i - 1].uid < rows->p[i].uid;
	if (!sorted)
		qsort(rows->p, rows->n, sizeof(*rows->p), by_uid);
	*ret = ARENA_NEW_N(a, rows->n, struct row);
	for (size_t i = 0; i < rows->n; i++)
		if (n == 0 || (*ret)[n - 1].uid != rows->p[i].uid)
			(*ret)[n++] = rows->p[i];
	*ret_n = n;
}

int state_changed_since(struct state_txn *t, uint32_t box, uint64_t modseq, struct arena *a, struct row **ret, size_t *ret_n)
{
	struct rows rows = { 0 };
	int         r = state_changed_walk(t, box, modseq, add_row, &rows);

	if (r == 0)
		take(&rows, a, ret, ret_n);
	VEC_FREE(&rows);
	return r;
}
