/* What is forgotten of a mailbox is in the record of MODSEQ 0 and UID 0. */
#include "state_expunged.h"

#include <errno.h>
#include <stdlib.h>

#include "state_changed.h"

int state_expunged_since(struct state_txn *t, uint32_t box, uint64_t modseq, struct expunged_walk *ret)
{
	ret->from = state_log_key(box, modseq + 1, 0);
	return db_walk_begin(t->db, STATE_EXPUNGED, db_key_view(&ret->from), (struct str){ ret->from.p, 4 }, &ret->w);
}

bool state_expunged_next(struct expunged_walk *w, struct expunged *ret)
{
	if (!db_walk_next(&w->w))
		return false;
	*ret = (struct expunged){ db_be64(w->w.key.p + 4), db_be32(w->w.key.p + 12), db_be32(w->w.value.p) };
	return true;
}

void state_expunged_end(struct expunged_walk *w)
{
	db_walk_end(&w->w);
}

int state_expunged_forgotten(struct state_txn *t, uint32_t box, uint64_t *ret_modseq)
{
	struct db_key k = state_log_key(box, 0, 0);
	struct str    v;
	int           r = db_get(t->db, STATE_EXPUNGED, db_key_view(&k), &v);

	if (r == 0 && v.n != 8)
		return -EUCLEAN;
	if (r < 0 && r != -ENOENT)
		return r;
	*ret_modseq = r == 0 ? db_be64(v.p) : 0;
	return 0;
}

static uint64_t modseq_of(const struct db_walk *w)
{
	return db_be64(w->key.p + 4);
}

static int by_value(const void *p, const void *q)
{
	uint64_t x = *(const uint64_t *)p, y = *(const uint64_t *)q;

	return (x > y) - (x < y);
}

/* What is to go: all up to this MODSEQ; 0: nothing. */
static int choose(struct state_txn *t, size_t max, uint64_t *ret)
{
	VEC(uint64_t)  modseqs = { 0 };
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_EXPUNGED, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w))
		if (modseq_of(&w) != 0)
			VEC_PUSH(&modseqs, modseq_of(&w));
	db_walk_end(&w);
	*ret = 0;
	if (modseqs.n > max) {
		qsort(modseqs.p, modseqs.n, sizeof(*modseqs.p), by_value);
		*ret = modseqs.p[modseqs.n - max / 2 - 1];
	}
	VEC_FREE(&modseqs);
	return 0;
}

struct forgotten {
	uint32_t box;
	uint64_t modseq;
};

struct forgottens {
	struct forgotten *p;
	size_t            n, cap;
};

/* A mailbox's records ascend by MODSEQ. */
static int forget(struct state_txn *t, uint64_t upto, struct forgottens *ret)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_EXPUNGED, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		struct forgotten f = { db_be32(w.key.p), modseq_of(&w) };

		if (f.modseq == 0 || f.modseq > upto)
			continue;
		if (ret->n > 0 && ret->p[ret->n - 1].box == f.box)
			ret->p[ret->n - 1] = f;
		else
			VEC_PUSH(ret, f);
		r = db_walk_del(&w);
	}
	db_walk_end(&w);
	return r;
}

static int note(struct state_txn *t, const struct forgotten *f)
{
	struct db_key k = state_log_key(f->box, 0, 0), v = { .n = 0 };

	db_key_u64(&v, f->modseq);
	return db_put(t->db, STATE_EXPUNGED, db_key_view(&k), db_key_view(&v));
}

static int trim(struct state_txn *t, size_t max)
{
	struct forgottens f = { 0 };
	uint64_t          upto;
	int               r = choose(t, max, &upto);

	if (r == 0 && upto != 0)
		r = forget(t, upto, &f);
	for (size_t i = 0; r == 0 && i < f.n; i++)
		r = note(t, &f.p[i]);
	VEC_FREE(&f);
	return r;
}

int state_expunged_trim(struct state *st, size_t max)
{
	struct state_txn t;
	size_t           n;
	int              r = state_read(st, &t);

	if (r < 0)
		return r;
	n = db_entries(t.db, STATE_EXPUNGED);
	state_abort(&t);
	if (n <= max)
		return 0;
	r = state_write(st, &t);
	if (r == 0)
		r = trim(&t, max);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}
