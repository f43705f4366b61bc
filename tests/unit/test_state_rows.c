/* What changed and went since any MODSEQ is what a plain list of rows says, however rows came, changed and went, alone and in runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "fixture.h"
#include "state_changed.h"
#include "state_rows.h"
#include "store_priv.h"

enum { STEPS = 400, ROWS = 300 };

struct model {
	struct row rows[ROWS + 1];      /* by UID; uid 0: none */
	uint64_t   gone[ROWS + 1];      /* with which MODSEQ they went */
	uint32_t   n;
	uint64_t   modseq;
	unsigned   seed;
};

static unsigned any(struct model *m, unsigned below)
{
	return (unsigned)rand_r(&m->seed) % below;
}

static void add(struct model *m, struct state_txn *t, struct state_box *b)
{
	for (unsigned i = any(m, 20); i > 0 && m->n < ROWS; i--) {
		struct row row = { .serial = m->n + 1, .flags = any(m, 2) };

		assert_int_equal(state_row_add(t, b, &row), 0);
		m->rows[++m->n] = row;
	}
}

static void add_run(struct model *m, struct state_txn *t, struct state_box *b)
{
	struct state_rows rs;

	assert_int_equal(state_rows_begin(t, b, &rs), 0);
	for (unsigned i = any(m, 20); i > 0 && m->n < ROWS; i--) {
		struct row row = { .serial = m->n + 1, .flags = any(m, 2) };

		assert_int_equal(state_rows_add(&rs, &row), 0);
		m->rows[++m->n] = row;
	}
	assert_int_equal(state_rows_end(&rs), 0);
}

static void change_some(struct model *m, struct state_txn *t, struct state_box *b)
{
	for (unsigned i = any(m, 5); i > 0 && m->n > 0; i--) {
		struct row *row = &m->rows[1 + any(m, m->n)];

		if (row->uid != 0)
			assert_int_equal(state_row_flags(t, b, row, any(m, 4), row->kwset), 0);
	}
}

/* One, some or all of a stretch, in UID order. */
static void change_run(struct model *m, struct state_txn *t, struct state_box *b)
{
	uint32_t          first = 1 + any(m, m->n), step = 1 + any(m, 3), flags = any(m, 4);
	struct state_rows rs;

	assert_int_equal(state_rows_begin(t, b, &rs), 0);
	for (uint32_t uid = first, end = first + any(m, ROWS); uid <= m->n && uid <= end; uid += step) {
		struct row row;
		int        r = state_rows_get(&rs, uid, &row);

		assert_int_equal(r == 0, m->rows[uid].uid != 0);
		if (r < 0)
			continue;
		assert_memory_equal(&row, &m->rows[uid], sizeof(row));
		assert_int_equal(state_rows_flags(&rs, &row, flags, row.kwset), 0);
		m->rows[uid] = row;
	}
	assert_int_equal(state_rows_end(&rs), 0);
}

static void expunge(struct model *m, struct state_txn *t, struct state_box *b)
{
	for (unsigned i = any(m, 4); i > 0 && m->n > 0; i--) {
		struct row *row = &m->rows[1 + any(m, m->n)];

		if (row->uid == 0)
			continue;
		assert_int_equal(state_row_expunge(t, b, row->uid), 0);
		m->gone[row->uid] = b->highestmodseq;
		*row = (struct row){ 0 };
	}
}

static void expunge_run(struct model *m, struct state_txn *t, struct state_box *b)
{
	uint32_t          first = 1 + any(m, m->n), step = 1 + any(m, 3);
	struct state_rows rs;
	struct row        row;

	assert_int_equal(state_rows_begin(t, b, &rs), 0);
	for (uint32_t uid = first, end = first + any(m, 10); uid <= m->n && uid <= end; uid += step) {
		assert_int_equal(state_rows_get(&rs, uid, &row), m->rows[uid].uid != 0 ? 0 : -ENOENT);
		if (m->rows[uid].uid == 0)
			continue;
		assert_int_equal(state_rows_expunge(&rs, &row), 0);
		m->rows[uid] = (struct row){ 0 };
		m->gone[uid] = b->highestmodseq;
	}
	assert_int_equal(state_rows_end(&rs), 0);
}

/* Each UID that went is in one range, of the MODSEQ with which it went. */
static void assert_gone(const struct model *m, struct state *st, uint32_t box)
{
	uint64_t         found[ROWS + 1] = { 0 };
	struct db_key    k = { .n = 0 };
	struct db_walk   w;
	struct state_txn t;

	db_key_u32(&k, box);
	assert_int_equal(state_read(st, &t), 0);
	assert_int_equal(db_walk_begin(t.db, STATE_EXPUNGED, db_key_view(&k), db_key_view(&k), &w), 0);
	while (db_walk_next(&w))
		for (uint32_t uid = db_be32(w.key.p + 12); uid <= db_be32(w.value.p); uid++) {
			assert_int_equal(found[uid], 0);
			found[uid] = db_be64(w.key.p + 4);
		}
	db_walk_end(&w);
	state_abort(&t);
	assert_memory_equal(found, m->gone, sizeof(found));
}

static void assert_since(struct model *m, struct state *st, uint32_t box, uint64_t modseq)
{
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	struct row      *rows;
	size_t           n, k = 0;

	assert_int_equal(state_read(st, &t), 0);
	assert_int_equal(state_changed_since(&t, box, modseq, &a, &rows, &n), 0);
	for (uint32_t uid = 1; uid <= m->n; uid++) {
		if (m->rows[uid].uid == 0 || m->rows[uid].modseq <= modseq)
			continue;
		assert_true(k < n);
		assert_memory_equal(&rows[k++], &m->rows[uid], sizeof(*rows));
	}
	assert_int_equal(k, n);
	state_abort(&t);
	arena_free(&a);
}

static void assert_counts(const struct model *m, const struct state_box *b)
{
	uint32_t messages = 0, unseen = 0;

	for (uint32_t uid = 1; uid <= m->n; uid++) {
		messages += m->rows[uid].uid != 0;
		unseen += m->rows[uid].uid != 0 && !(m->rows[uid].flags & MAIL_SEEN);
	}
	assert_int_equal(b->messages, messages);
	assert_int_equal(b->unseen, unseen);
}

static void history(void **state)
{
	static void (*const ways[])(struct model *, struct state_txn *, struct state_box *) = {
		add, add_run, change_some, change_run, expunge, expunge_run,
	};
	struct fixture  *f = *state;
	struct state    *st = &f->store->state;
	struct model     m = { .seed = 20261125 };
	struct state_box b;
	struct state_txn t;

	assert_int_equal(state_write(st, &t), 0);
	assert_int_equal(state_box_make(&t, STR("Model"), &b), 0);
	assert_int_equal(state_commit(&t), 0);
	for (int i = 0; i < STEPS; i++) {
		assert_int_equal(state_write(st, &t), 0);
		for (unsigned k = 1 + any(&m, 3); k > 0; k--)
			(m.n == 0 ? add : ways[any(&m, sizeof(ways) / sizeof(ways[0]))])(&m, &t, &b);
		assert_int_equal(state_box_put(&t, &b, STR_NONE), 0);
		assert_int_equal(state_commit(&t), 0);
		assert_counts(&m, &b);
		assert_gone(&m, st, b.id);
		assert_since(&m, st, b.id, 0);
		assert_since(&m, st, b.id, b.highestmodseq);
		for (int k = 0; k < 5; k++)
			assert_since(&m, st, b.id, any(&m, (unsigned)b.highestmodseq + 2));
	}
}

static size_t records(struct state_txn *t)
{
	struct db_walk w;
	size_t         n = 0;

	assert_int_equal(db_walk_begin(t->db, STATE_CHANGED, STR_NONE, STR_NONE, &w), 0);
	while (db_walk_next(&w))
		n++;
	db_walk_end(&w);
	return n;
}

/* What came or changed together is one record, and a record of old times is one UID. */
static void ranges(void **state)
{
	struct fixture   *f = *state;
	struct state     *st = &f->store->state;
	struct model      m = { .seed = 1 };
	struct db_key     k = { .n = 0 };
	struct state_rows rs;
	struct state_box  b;
	struct state_txn  t;
	struct row        row;

	assert_int_equal(state_write(st, &t), 0);
	assert_int_equal(state_box_make(&t, STR("Model"), &b), 0);
	while (m.n < ROWS)
		add(&m, &t, &b);
	assert_int_equal(records(&t), 1);
	assert_int_equal(state_box_put(&t, &b, STR_NONE), 0);
	assert_int_equal(state_commit(&t), 0);

	assert_int_equal(state_write(st, &t), 0);
	assert_int_equal(state_rows_begin(&t, &b, &rs), 0);
	for (uint32_t uid = 1; uid <= ROWS; uid++) {
		assert_int_equal(state_rows_get(&rs, uid, &row), 0);
		assert_int_equal(state_rows_flags(&rs, &row, MAIL_FLAGGED, 0), 0);
		m.rows[uid] = row;
	}
	assert_int_equal(state_rows_end(&rs), 0);
	assert_int_equal(records(&t), 1);
	db_key_u32(&k, b.id);
	db_key_u64(&k, row.modseq);
	db_key_u32(&k, 1);
	assert_int_equal(db_put(t.db, STATE_CHANGED, db_key_view(&k), STR("")), 0);
	for (uint32_t uid = 2; uid <= ROWS; uid++)
		m.rows[uid].uid = 0;
	assert_int_equal(state_commit(&t), 0);
	assert_since(&m, st, b.id, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(history, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(ranges, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
