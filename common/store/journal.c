#include "journal_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "strmap.h"
#include "vec.h"

enum {
	RECORD_MAX = 1024 * 1024,
	MANY_RECORD_MAX = 16 * RECORD_MAX,
	MANY_MIN = 16,                  /* fewer messages have a record each, which is found by itself */
};

static struct db_key seq_key(uint64_t seq)
{
	struct db_key k = { .n = 0 };

	db_key_u64(&k, seq);
	return k;
}

static struct db_key pending_key(struct str id)
{
	struct db_key k = { .n = 0 };

	db_key_str(&k, id);
	db_key_str(&k, (struct str){ "", 1 });
	return k;
}

int journal_put(struct state_txn *t, struct journal_record *r)
{
	struct db_key k, p = pending_key(r->id);
	struct buf    b = BUF(RECORD_MAX);
	const char    kind = (char)r->kind;
	int           e = state_next(t, "journal", &r->seq);

	if (e < 0)
		return e;
	journal_encode(&b, r);
	k = seq_key(r->seq);
	e = b.failed ? -E2BIG : db_put(t->db, STATE_JOURNAL, db_key_view(&k), buf_view(&b));
	buf_free(&b);
	if (e == 0 && r->kind == JOURNAL_QUERY)
		e = db_put(t->db, STATE_QUERY, r->query, db_key_view(&k));
	if (e < 0 || r->id.n == 0)
		return e;
	db_key_u64(&p, r->seq);
	return p.failed ? -ENAMETOOLONG : db_put(t->db, STATE_PENDING, db_key_view(&p), (struct str){ &kind, 1 });
}

static int put_many(struct state_txn *t, const struct str *ids, size_t n, const struct journal_record *what)
{
	struct journal_record r = *what;
	struct db_key k, p = pending_key(STR_NONE);
	struct buf    b = BUF(MANY_RECORD_MAX);
	const char    kind = (char)(what->kind + JOURNAL_MANY);
	int           e = state_next(t, "journal", &r.seq);

	if (e < 0)
		return e;
	r.kind = (enum journal_kind)kind;
	journal_encode(&b, &r);
	journal_encode_ids(&b, ids, n);
	k = seq_key(r.seq);
	db_key_u64(&p, r.seq);
	e = b.failed ? -E2BIG : db_put(t->db, STATE_JOURNAL, db_key_view(&k), buf_view(&b));
	buf_free(&b);
	return e < 0 ? e : db_put(t->db, STATE_PENDING, db_key_view(&p), (struct str){ &kind, 1 });
}

int journal_put_each(struct state_txn *t, const struct str *ids, size_t n, const struct journal_record *what)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n && n < MANY_MIN; i++) {
		struct journal_record rec = *what;

		rec.id = ids[i];
		r = journal_put(t, &rec);
	}
	for (size_t i = 0; r == 0 && i < n && n >= MANY_MIN; i += JOURNAL_MANY_MAX)
		r = put_many(t, ids + i, n - i < JOURNAL_MANY_MAX ? n - i : JOURNAL_MANY_MAX, what);
	return r;
}

/* A record about a message. */
struct about {
	uint64_t          seq;
	enum journal_kind kind;
};

struct abouts {
	struct about *p;
	size_t        n, cap;
};

static int by_seq(const void *p, const void *q)
{
	const struct about *x = p, *y = q;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* Those of that id alone; of none: the records of many. */
static int walk_pending(struct state_txn *t, struct str id, struct abouts *ret)
{
	struct db_key  p = pending_key(id);
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_PENDING, db_key_view(&p), db_key_view(&p), &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w))
		if (w.key.n == p.n + 8 && w.value.n == 1)
			VEC_PUSH(ret, ((struct about){ db_be64(w.key.p + p.n), (enum journal_kind)w.value.p[0] }));
	db_walk_end(&w);
	return 0;
}

static int get_record(struct state_txn *t, uint64_t seq, struct str *ret)
{
	struct db_key k = seq_key(seq);

	return db_get(t->db, STATE_JOURNAL, db_key_view(&k), ret);
}

/* In order. */
static int records_about(struct state_txn *t, struct str id, struct abouts *ret)
{
	struct abouts many = { 0 };
	int           r = walk_pending(t, id, ret);

	if (r == 0)
		r = walk_pending(t, STR_NONE, &many);
	for (size_t i = 0; r == 0 && i < many.n; i++) {
		struct journal_ids ids;
		struct str         v;

		if (get_record(t, many.p[i].seq, &v) == 0 && journal_ids_of(v, &ids) && journal_ids_has(&ids, id))
			VEC_PUSH(ret, ((struct about){ many.p[i].seq, (enum journal_kind)(many.p[i].kind - JOURNAL_MANY) }));
	}
	if (many.n > 0 && ret->n > 1)
		qsort(ret->p, ret->n, sizeof(*ret->p), by_seq);
	VEC_FREE(&many);
	return r;
}

bool journal_pending(struct state_txn *t, struct str id, enum journal_kind kind)
{
	struct abouts v = { 0 };
	bool          found = records_about(t, id, &v) < 0;

	for (size_t i = 0; i < v.n; i++)
		found |= v.p[i].kind == kind;
	VEC_FREE(&v);
	return found;
}

static bool among(const struct str *tags, size_t n, struct str tag)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(tags[i], tag))
			return true;
	return false;
}

static void change_tags(const struct journal_record *rec, struct arena *a, const struct str **tags, size_t *n)
{
	struct str *v = ARENA_NEW_N(a, *n + rec->n_add, struct str);
	size_t      k = 0;

	for (size_t i = 0; i < *n; i++)
		if (!among(rec->remove, rec->n_remove, (*tags)[i]) && !among(rec->add, rec->n_add, (*tags)[i]))
			v[k++] = (*tags)[i];
	for (size_t i = 0; i < rec->n_add; i++)
		v[k++] = rec->add[i];
	*tags = v;
	*n = k;
}

int journal_tags(struct state_txn *t, struct str id, struct arena *a, bool *known, const struct str **tags, size_t *n)
{
	struct journal_record rec;
	struct abouts         abouts = { 0 };
	struct str            v;
	bool                  indexed = *known;
	int                   r = records_about(t, id, &abouts);

	for (size_t i = 0; r == 0 && i < abouts.n; i++) {
		if (get_record(t, abouts.p[i].seq, &v) < 0)
			continue;
		if (!journal_decode(v, a, &rec)) {
			r = -EUCLEAN;
		} else if (abouts.p[i].kind == JOURNAL_TAGS) {
			change_tags(&rec, a, tags, n);
		} else if (abouts.p[i].kind != JOURNAL_FILES && !indexed) {
			*known = rec.kind == JOURNAL_INDEX;
			*tags = rec.add;
			*n = rec.n_add;
		}
	}
	VEC_FREE(&abouts);
	return r;
}

int journal_messages(struct state_txn *t, struct arena *a, struct str **ret, size_t *ret_n)
{
	struct strmap  found = { 0 };
	struct abouts  many = { 0 };
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_PENDING, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w))
		if (w.key.n > 9)
			strmap_add(&found, str_mid(w.key, 0, w.key.n - 9));
	db_walk_end(&w);
	r = walk_pending(t, STR_NONE, &many);
	for (size_t i = 0; r == 0 && i < many.n; i++) {
		struct journal_ids ids;
		struct str         v;

		if (get_record(t, many.p[i].seq, &v) < 0 || !journal_ids_of(v, &ids))
			continue;
		for (uint32_t k = (uint32_t)ids.done; k < ids.n; k++)
			strmap_add(&found, journal_ids_at(&ids, k));
	}
	*ret = ARENA_NEW_N(a, found.n, struct str);
	for (uint32_t i = 0; i < found.n; i++)
		(*ret)[i] = arena_str(a, found.keys[i]);
	*ret_n = found.n;
	strmap_free(&found);
	VEC_FREE(&many);
	return r;
}

int journal_query(struct state_txn *t, struct str query, struct arena *a, struct str *ret_text)
{
	struct journal_record rec;
	struct str            seq, v;
	int                   r = query.n == 0 || query.n > QUERY_NAME_MAX ? -ENOENT : db_get(t->db, STATE_QUERY, query, &seq);

	if (r == 0)
		r = db_get(t->db, STATE_JOURNAL, seq, &v);
	if (r == 0 && !journal_decode(v, a, &rec))
		r = -EUCLEAN;
	if (r == 0)
		*ret_text = rec.text;
	return r;
}

int journal_queries(struct state_txn *t, journal_query_fn fn, void *arg)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_QUERY, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w))
		fn(arg, w.key);
	db_walk_end(&w);
	return 0;
}

uint64_t journal_oldest(struct state *st, uint64_t *ret_last)
{
	struct state_txn t;
	struct db_walk   w;
	uint64_t         oldest = 0;

	*ret_last = 0;
	if (state_read(st, &t) < 0)
		return 0;
	*ret_last = state_counter(&t, "journal");
	if (db_walk_begin(t.db, STATE_JOURNAL, STR_NONE, STR_NONE, &w) == 0) {
		oldest = db_walk_next(&w) ? db_be64(w.key.p) : 0;
		db_walk_end(&w);
	}
	state_abort(&t);
	return oldest;
}

bool journal_empty(struct state *st)
{
	uint64_t last;

	return journal_oldest(st, &last) == 0;
}

/* What is to be done of it, as records of one message each. */
static bool read_record(struct str v, uint64_t seq, struct arena *a, struct journal_record *ret, size_t max, size_t *ret_n)
{
	struct journal_record rec = { .seq = seq };
	struct journal_ids    ids;

	if (!journal_decode(v, a, &rec))
		return false;
	*ret_n = 1;
	*ret = rec;
	if (!journal_ids_of(v, &ids))
		return true;
	*ret_n = 0;
	rec.kind = (enum journal_kind)(rec.kind - JOURNAL_MANY);
	rec.serial = 0;
	rec.parts = ids.n;
	for (rec.part = (uint32_t)ids.done; rec.part < ids.n && *ret_n < max; rec.part++) {
		rec.id = arena_str(a, journal_ids_at(&ids, rec.part));
		ret[(*ret_n)++] = rec;
	}
	return true;
}

int journal_read(struct state *st, size_t max, struct arena *a, struct journal_record **ret, size_t *ret_n)
{
	struct journal_record *v = ARENA_NEW_N(a, max, struct journal_record);
	struct state_txn       t;
	struct db_walk         w;
	size_t                 n = 0, some;
	int                    r = state_read(st, &t);

	if (r < 0)
		return r;
	r = db_walk_begin(t.db, STATE_JOURNAL, STR_NONE, STR_NONE, &w);
	if (r < 0) {
		state_abort(&t);
		return r;
	}
	while (r == 0 && n < max && db_walk_next(&w)) {
		r = read_record(w.value, db_be64(w.key.p), a, &v[n], max - n, &some) ? 0 : -EUCLEAN;
		n += r == 0 ? some : 0;
	}
	db_walk_end(&w);
	state_abort(&t);
	if (r < 0)
		return r;
	*ret = v;
	*ret_n = n;
	return 0;
}

/* Unless a later record defines it anew. */
static int forget_query(struct state_txn *t, const struct journal_record *r)
{
	struct db_key k = seq_key(r->seq);
	struct str    seq;

	if (db_get(t->db, STATE_QUERY, r->query, &seq) < 0 || !str_eq(seq, db_key_view(&k)))
		return 0;
	return db_del(t->db, STATE_QUERY, r->query);
}

static int remove_one(struct state_txn *t, const struct journal_record *r)
{
	struct db_key k = seq_key(r->seq), p = pending_key(r->id);
	int           e = db_del(t->db, STATE_JOURNAL, db_key_view(&k));

	if (e == 0 && r->kind == JOURNAL_QUERY)
		e = forget_query(t, r);
	db_key_u64(&p, r->seq);
	return e == 0 && (r->id.n > 0 || r->parts > 0) ? db_del(t->db, STATE_PENDING, db_key_view(&p)) : e;
}

/* last: the last message that is done. The record stays until all are. */
static int remove_part(struct state_txn *t, const struct journal_record *last)
{
	struct journal_record whole = *last;
	struct db_key         k = seq_key(last->seq);
	uint64_t              done = last->part + 1;
	struct buf            b = BUF(MANY_RECORD_MAX);
	struct str            v;
	int                   e;

	whole.id = STR_NONE;
	if (done == last->parts)
		return remove_one(t, &whole);
	e = get_record(t, last->seq, &v);
	if (e < 0)
		return e;
	buf_str(&b, str_mid(v, 0, 1));
	buf_put(&b, &done, sizeof(done));
	buf_str(&b, str_from(v, 1 + sizeof(done)));
	e = db_put(t->db, STATE_JOURNAL, db_key_view(&k), buf_view(&b));
	buf_free(&b);
	return e;
}

int journal_remove(struct state_txn *t, const struct journal_record *r, size_t n)
{
	uint64_t count;
	int      e = state_next(t, "drained", &count);

	for (size_t i = 0; e == 0 && i < n; i++) {
		if (r[i].parts == 0)
			e = remove_one(t, &r[i]);
		else if (i + 1 == n || r[i + 1].seq != r[i].seq)
			e = remove_part(t, &r[i]);
	}
	return e;
}
