/* A record: kind u8, serial u64, then id, dir, base, the number of added and of removed tags, and those tags;
 * strings and numbers of 32 bits as the machine has them, strings with their length before them. */
#include "journal.h"

#include <errno.h>
#include <string.h>

#include "limits.h"
#include "vec.h"

enum { RECORD_MAX = 1024 * 1024 };

static void put_u32(struct buf *b, size_t n)
{
	uint32_t v = (uint32_t)n;

	buf_put(b, &v, sizeof(v));
}

static void put_str(struct buf *b, struct str s)
{
	put_u32(b, s.n);
	buf_str(b, s);
}

static void encode(struct buf *b, const struct journal_record *r)
{
	buf_putc(b, (char)r->kind);
	buf_put(b, &r->serial, sizeof(r->serial));
	put_str(b, r->id);
	put_str(b, r->dir);
	put_str(b, r->base);
	put_u32(b, r->n_add);
	put_u32(b, r->n_remove);
	for (size_t i = 0; i < r->n_add; i++)
		put_str(b, r->add[i]);
	for (size_t i = 0; i < r->n_remove; i++)
		put_str(b, r->remove[i]);
}

static bool take(struct str *from, void *p, size_t n)
{
	if (from->n < n)
		return false;
	memcpy(p, from->p, n);
	*from = str_from(*from, n);
	return true;
}

static bool take_str(struct str *from, struct arena *a, struct str *ret)
{
	uint32_t n;

	if (!take(from, &n, sizeof(n)) || n > from->n)
		return false;
	*ret = arena_str(a, str_mid(*from, 0, n));
	*from = str_from(*from, n);
	return true;
}

static bool take_tags(struct str *from, struct arena *a, uint32_t n, const struct str **ret)
{
	struct str *tags;

	if (n > from->n / 4)
		return false;
	tags = ARENA_NEW_N(a, n, struct str);
	for (uint32_t i = 0; i < n; i++)
		if (!take_str(from, a, &tags[i]))
			return false;
	*ret = tags;
	return true;
}

static bool decode(struct str in, struct arena *a, struct journal_record *r)
{
	char     kind;
	uint32_t n_add, n_remove;

	if (!take(&in, &kind, 1) || !take(&in, &r->serial, sizeof(r->serial)) || !take_str(&in, a, &r->id) ||
	    !take_str(&in, a, &r->dir) || !take_str(&in, a, &r->base) || !take(&in, &n_add, 4) || !take(&in, &n_remove, 4))
		return false;
	r->kind = (enum journal_kind)kind;
	r->n_add = n_add;
	r->n_remove = n_remove;
	return take_tags(&in, a, n_add, &r->add) && take_tags(&in, a, n_remove, &r->remove);
}

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
	encode(&b, r);
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

bool journal_pending_tags(struct state_txn *t, struct str id)
{
	struct db_key  p = pending_key(id);
	struct db_walk w;
	bool           found = false;

	if (db_walk_begin(t->db, STATE_PENDING, db_key_view(&p), db_key_view(&p), &w) < 0)
		return true;
	while (!found && db_walk_next(&w))
		found = w.key.n == p.n + 8 && w.value.n == 1 && w.value.p[0] == JOURNAL_TAGS;
	db_walk_end(&w);
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
	struct db_key         p = pending_key(id);
	struct journal_record rec;
	struct db_walk        w;
	struct str            v;
	bool                  indexed = *known;
	int                   r = db_walk_begin(t->db, STATE_PENDING, db_key_view(&p), db_key_view(&p), &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		if (w.key.n != p.n + 8 || db_get(t->db, STATE_JOURNAL, str_from(w.key, p.n), &v) < 0)
			continue;
		if (!decode(v, a, &rec)) {
			r = -EUCLEAN;
		} else if (rec.kind == JOURNAL_TAGS) {
			change_tags(&rec, a, tags, n);
		} else if (!indexed) {
			*known = rec.kind == JOURNAL_INDEX;
			*tags = rec.add;
			*n = rec.n_add;
		}
	}
	db_walk_end(&w);
	return r;
}

int journal_query(struct state_txn *t, struct str query, struct arena *a, struct str *ret_text)
{
	struct journal_record rec;
	struct str            seq, v;
	int                   r = query.n == 0 || query.n > QUERY_NAME_MAX ? -ENOENT : db_get(t->db, STATE_QUERY, query, &seq);

	if (r == 0)
		r = db_get(t->db, STATE_JOURNAL, seq, &v);
	if (r == 0 && !decode(v, a, &rec))
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

int journal_read(struct state *st, size_t max, struct arena *a, struct journal_record **ret, size_t *ret_n)
{
	struct journal_record *v = ARENA_NEW_N(a, max, struct journal_record);
	struct state_txn       t;
	struct db_walk         w;
	size_t                 n = 0;
	int                    r = state_read(st, &t);

	if (r < 0)
		return r;
	r = db_walk_begin(t.db, STATE_JOURNAL, STR_NONE, STR_NONE, &w);
	if (r < 0) {
		state_abort(&t);
		return r;
	}
	while (r == 0 && n < max && db_walk_next(&w)) {
		v[n].seq = db_be64(w.key.p);
		r = decode(w.value, a, &v[n]) ? 0 : -EUCLEAN;
		n += r == 0;
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

int journal_remove(struct state_txn *t, const struct journal_record *r, size_t n)
{
	uint64_t count;
	int      e = state_next(t, "drained", &count);

	for (size_t i = 0; e == 0 && i < n; i++) {
		struct db_key k = seq_key(r[i].seq), p = pending_key(r[i].id);

		e = db_del(t->db, STATE_JOURNAL, db_key_view(&k));
		if (e == 0 && r[i].kind == JOURNAL_QUERY)
			e = forget_query(t, &r[i]);
		db_key_u64(&p, r[i].seq);
		if (e == 0 && r[i].id.n > 0)
			e = db_del(t->db, STATE_PENDING, db_key_view(&p));
	}
	return e;
}
