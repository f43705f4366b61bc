/* A value in the table: the lengths of entry and said as u32, then entry, said, and the value. */
#include "state_metadata.h"

#include <errno.h>
#include <string.h>

#include "limits.h"

static const struct str nul = STR_LIT("\0");
static const char       counter[] = "metadata";

static struct db_key box_key(struct str box)
{
	struct db_key k = { .n = 0 };

	db_key_str(&k, box);
	db_key_str(&k, nul);
	return k;
}

static struct db_key entry_key(struct str box, struct str entry)
{
	struct db_key k = box_key(box);
	size_t        from = k.n;

	db_key_str(&k, entry);
	for (size_t i = from; i < k.n; i++)
		if (k.p[i] >= 'A' && k.p[i] <= 'Z')
			k.p[i] = (char)(k.p[i] - 'A' + 'a');
	return k;
}

static int decode(struct str v, struct metadata *ret)
{
	uint32_t n[2];

	if (v.n < sizeof(n))
		return -EUCLEAN;
	memcpy(n, v.p, sizeof(n));
	v = str_from(v, sizeof(n));
	if (n[0] > v.n || n[1] > v.n - n[0])
		return -EUCLEAN;
	ret->entry = str_mid(v, 0, n[0]);
	ret->said = str_mid(v, n[0], n[1]);
	ret->value = (struct str){ v.p + n[0] + n[1], v.n - n[0] - n[1] };
	return 0;
}

int state_metadata_get(struct state_txn *t, struct str box, struct str entry, struct metadata *ret)
{
	struct db_key k = entry_key(box, entry);
	struct str    v;
	int           r = k.failed ? -ENOENT : db_get(t->db, STATE_METADATA, db_key_view(&k), &v);

	return r < 0 ? r : decode(v, ret);
}

int state_metadata_each(struct state_txn *t, struct str box, state_metadata_fn fn, void *arg)
{
	struct db_key         k = box_key(box);
	struct metadata m;
	struct db_walk        w;
	int                   r;

	if (k.failed)
		return 0;
	r = db_walk_begin(t->db, STATE_METADATA, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		r = decode(w.value, &m);
		if (r == 0)
			r = fn(arg, &m);
	}
	db_walk_end(&w);
	return r;
}

int state_metadata_raise(struct state_txn *t, struct str name)
{
	struct state_box b;
	int              r = state_box_find(t, name, &b);

	if (r == 0)
		r = state_modseq(t, &b.highestmodseq);
	if (r == 0)
		r = state_box_put(t, &b, STR_NONE);
	return r == -ENOENT ? 0 : r;
}

int state_metadata_note(struct state_txn *t, struct str box, struct str entry)
{
	struct db_key k = { .n = 0 }, old = { .n = 0 }, v = box_key(box);
	uint64_t      seq;
	int           r = state_next(t, counter, &seq);

	db_key_u64(&k, seq);
	db_key_str(&v, entry);
	if (r == 0)
		r = v.failed ? -ENAMETOOLONG : db_put(t->db, STATE_METALOG, db_key_view(&k), db_key_view(&v));
	if (r == 0)
		r = state_metadata_raise(t, box);
	if (r < 0 || seq <= METADATA_LOG_MAX)
		return r;
	db_key_u64(&old, seq - METADATA_LOG_MAX);
	return db_del(t->db, STATE_METALOG, db_key_view(&old));
}

static int count_one(void *arg, const struct metadata *m)
{
	return ++*(unsigned *)arg >= METADATA_COUNT_MAX ? -E2BIG : 0;
}

static int write_one(struct state_txn *t, const struct db_key *k, const struct metadata *m)
{
	const uint32_t n[2] = { (uint32_t)m->entry.n, (uint32_t)m->said.n };
	struct buf     b = BUF(sizeof(n) + METADATA_NAME_MAX + 16 * METADATA_VALUE_MAX);
	int            r;

	buf_put(&b, n, sizeof(n));
	buf_str(&b, m->entry);
	buf_str(&b, m->said);
	buf_str(&b, m->value);
	r = b.failed ? -E2BIG : db_put(t->db, STATE_METADATA, db_key_view(k), buf_view(&b));
	buf_free(&b);
	return r;
}

int state_metadata_put(struct state_txn *t, struct str box, const struct metadata *m)
{
	struct metadata was = { .entry = STR_NONE }, now = *m;
	struct db_key         k = entry_key(box, m->entry);
	unsigned              n = 0;
	int                   r = k.failed ? -ENAMETOOLONG : state_metadata_get(t, box, m->entry, &was);

	if (r < 0 && r != -ENOENT)
		return r;
	if (r == -ENOENT && !m->value.p)
		return 0;
	if (r == 0 && m->value.p && str_eq(was.value, m->value) && str_eq(was.said, m->said))
		return 0;
	if (r == -ENOENT) {
		r = state_metadata_each(t, box, count_one, &n);
	} else {
		now.entry = arena_str(&t->arena, was.entry);
	}
	if (r == 0)
		r = m->value.p ? write_one(t, &k, &now) : db_del(t->db, STATE_METADATA, db_key_view(&k));
	return r < 0 ? r : state_metadata_note(t, box, now.entry);
}

/* A key and a value, out of the database. */
struct moved {
	struct str key, value;
};

struct moves {
	struct moved *p;
	size_t        n, cap;
};

/* What the keys of a mailbox begin with; with all below it, those of its name and a "/", too. */
static int collect(struct state_txn *t, struct str box, bool below, struct moves *ret)
{
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_METADATA, box, box, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		char next = w.key.p[box.n];     /* there is a NUL in each key */

		if (next == '\0' || (below && next == '/'))
			VEC_PUSH(ret, ((struct moved){ arena_str(&t->arena, w.key), arena_str(&t->arena, w.value) }));
	}
	db_walk_end(&w);
	return 0;
}

static int delete_all(struct state_txn *t, const struct moves *all)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < all->n; i++)
		r = db_del(t->db, STATE_METADATA, all->p[i].key);
	return r;
}

/* One whose new name is too long is lost. */
static int write_all(struct state_txn *t, const struct moves *all, struct str from, struct str to)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < all->n; i++) {
		struct db_key k = { .n = 0 };

		db_key_str(&k, to);
		db_key_str(&k, str_from(all->p[i].key, from.n));
		if (!k.failed)
			r = db_put(t->db, STATE_METADATA, db_key_view(&k), all->p[i].value);
	}
	return r;
}

static int transfer(struct state_txn *t, struct str from, struct str to, bool below, bool write, bool delete)
{
	struct moves all = { 0 };
	int          r = collect(t, from, below, &all);

	if (r == 0 && delete)
		r = delete_all(t, &all);
	if (r == 0 && write)
		r = write_all(t, &all, from, to);
	VEC_FREE(&all);
	return r;
}

int state_metadata_drop(struct state_txn *t, struct str box)
{
	return transfer(t, box, STR_NONE, false, false, true);
}

int state_metadata_rename(struct state_txn *t, struct str from, struct str to)
{
	int r = transfer(t, to, STR_NONE, true, false, true);   /* of mailboxes that are no more */

	return r < 0 ? r : transfer(t, from, to, true, true, true);
}

int state_metadata_copy(struct state_txn *t, struct str from, struct str to)
{
	return transfer(t, from, to, false, true, false);
}

uint64_t state_metadata_last(struct state_txn *t)
{
	return state_counter(t, counter);
}

int state_metadata_changes(struct state_txn *t, uint64_t since, uint64_t until, metadata_changed_fn fn, void *arg)
{
	struct db_key  k = { .n = 0 };
	struct db_walk w;
	int            r;

	if (since >= until)
		return 0;
	if (since + METADATA_LOG_MAX < state_metadata_last(t))
		return -ESTALE;
	db_key_u64(&k, since + 1);
	r = db_walk_begin(t->db, STATE_METALOG, db_key_view(&k), STR_NONE, &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w) && db_be64(w.key.p) <= until) {
		size_t at = str_chr(w.value, '\0');

		fn(arg, str_mid(w.value, 0, at), str_from(w.value, at + 1));
	}
	db_walk_end(&w);
	return 0;
}
