#include "state_mail.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

enum { TAGS_BYTES_MAX = 256 * 1024 };

/* FNV-1a, 64 bits: only to find the set again; content is compared. */
static uint64_t hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
	return h;
}

static struct db_key set_key(uint32_t set)
{
	struct db_key k = { .n = 0 };

	db_key_u32(&k, set);
	return k;
}

static int find(struct state_txn *t, uint64_t h, struct str tags, uint32_t *ret)
{
	struct db_key  k = { .n = 0 };
	struct db_walk w;
	int            r;
	bool           found = false;

	db_key_u64(&k, h);
	r = db_walk_begin(t->db, STATE_KWKEY, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (!found && db_walk_next(&w)) {
		uint32_t      set = db_be32(w.key.p + 8);
		struct db_key sk = set_key(set);
		struct str    v;

		found = db_get(t->db, STATE_KWSET, db_key_view(&sk), &v) == 0 && str_eq(v, tags);
		if (found)
			*ret = set;
	}
	db_walk_end(&w);
	return found ? 0 : -ENOENT;
}

static int add(struct state_txn *t, uint64_t h, struct str tags, uint32_t *ret)
{
	struct db_key k = { .n = 0 }, sk;
	uint64_t      set;
	int           r = state_next(t, "kwset", &set);

	if (r < 0)
		return r;
	sk = set_key((uint32_t)set);
	db_key_u64(&k, h);
	db_key_u32(&k, (uint32_t)set);
	r = db_put(t->db, STATE_KWSET, db_key_view(&sk), tags);
	if (r == 0)
		r = db_put(t->db, STATE_KWKEY, db_key_view(&k), STR(""));
	if (r == 0)
		*ret = (uint32_t)set;
	return r;
}

int state_kwset_of(struct state_txn *t, const struct str *tags, size_t n, uint32_t *ret_set)
{
	struct buf b = BUF(TAGS_BYTES_MAX);
	int        r;

	if (n == 0) {
		*ret_set = 0;
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		buf_str(&b, tags[i]);
		buf_putc(&b, '\0');
	}
	if (b.failed) {
		buf_free(&b);
		return -E2BIG;
	}
	r = find(t, hash(buf_view(&b)), buf_view(&b), ret_set);
	if (r == -ENOENT)
		r = add(t, hash(buf_view(&b)), buf_view(&b), ret_set);
	buf_free(&b);
	return r;
}

int state_kwset_tags(struct state_txn *t, uint32_t set, struct arena *a, struct str **ret, size_t *ret_n)
{
	struct db_key k = set_key(set);
	struct str    v, *tags;
	size_t        n = 0;
	int           r = set == 0 ? 0 : db_get(t->db, STATE_KWSET, db_key_view(&k), &v);

	*ret = NULL;
	*ret_n = 0;
	if (r < 0 || set == 0)
		return r;
	v = arena_str(a, v);
	for (size_t i = 0; i < v.n; i++)
		n += v.p[i] == '\0';
	tags = ARENA_NEW_N(a, n, struct str);
	for (size_t i = 0; i < n; i++)
		str_cut(v, '\0', &tags[i], &v);
	*ret = tags;
	*ret_n = n;
	return 0;
}

/* Sets that no row has, a bit each. What the last sweep found is kept in STATE_META. */
struct unused {
	unsigned char *bits;
	size_t         n;               /* octets */
};

static const struct str unused_key = STR_LIT("unused");

static int find_unused(struct state_txn *t, struct unused *u)
{
	struct db_walk w;
	struct row     row;
	int            r = db_walk_begin(t->db, STATE_ROW, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	memset(u->bits, 0xff, u->n);
	while (db_walk_next(&w)) {
		if (w.value.n != sizeof(row))
			continue;
		memcpy(&row, w.value.p, sizeof(row));
		if (row.kwset / 8 < u->n)
			u->bits[row.kwset / 8] &= (unsigned char)~(1 << row.kwset % 8);
	}
	db_walk_end(&w);
	return 0;
}

/* The number of the set is at `at` in the key. */
static int drop_sets(struct state_txn *t, enum state_table table, size_t at, const struct unused *u)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, table, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		uint32_t set = w.key.n == at + 4 ? db_be32(w.key.p + at) : 0;

		if (set / 8 < u->n && (u->bits[set / 8] >> set % 8 & 1))
			r = db_walk_del(&w);
	}
	db_walk_end(&w);
	return r;
}

/* From now on u is what was unused the last time, too. */
static int keep_unused(struct state_txn *t, struct unused *u)
{
	struct buf now = BUF(u->n);
	struct str last;
	int        r;

	buf_put(&now, u->bits, u->n);
	if (db_get(t->db, STATE_META, unused_key, &last) < 0)
		last = STR_NONE;
	for (size_t i = 0; i < u->n; i++)
		u->bits[i] &= i < last.n ? (unsigned char)last.p[i] : 0;
	r = db_put(t->db, STATE_META, unused_key, buf_view(&now));
	buf_free(&now);
	return r;
}

int state_kwset_sweep(struct state_txn *t)
{
	struct unused u = { .n = state_counter(t, "kwset") / 8 + 1 };
	int           r;

	u.bits = malloc(u.n);
	if (!u.bits)
		die_memory();
	r = find_unused(t, &u);
	if (r == 0)
		r = keep_unused(t, &u);
	if (r == 0)
		r = drop_sets(t, STATE_KWSET, 0, &u);
	if (r == 0)
		r = drop_sets(t, STATE_KWKEY, 8, &u);
	free(u.bits);
	return r;
}
