#include "state_mail.h"

#include <errno.h>
#include <string.h>

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
