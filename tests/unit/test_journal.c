/* One record for many messages is as good as a record for each: what is pending of a message, what the drainer reads, and removing it in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "fixture.h"
#include "journal.h"
#include "store_priv.h"

enum { MANY = 1000 };

static struct str id_of(struct fixture *f, unsigned i)
{
	return str_of(arena_printf(&f->a, "m%u@x", i));
}

static void put(struct fixture *f, unsigned first, unsigned n, const char *add, const char *remove)
{
	const struct str            plus = str_of(add ? add : ""), minus = str_of(remove ? remove : "");
	const struct journal_record change = {
		.kind = JOURNAL_TAGS, .add = &plus, .n_add = add ? 1 : 0, .remove = &minus, .n_remove = remove ? 1 : 0,
	};
	struct str      *ids = ARENA_NEW_N(&f->a, n, struct str);
	struct state_txn t;

	for (unsigned i = 0; i < n; i++)
		ids[i] = id_of(f, first + i);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_put_each(&t, ids, n, &change), 0);
	assert_int_equal(state_commit(&t), 0);
}

/* Of a message that the index has with the tag "old". */
static void assert_pending(struct fixture *f, unsigned i, bool pending, const char *want)
{
	const struct str  old = STR("old"), *tags = &old;
	struct buf        b = BUF(1000);
	struct state_txn  t;
	size_t            n = 1;
	bool              known = true;

	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(journal_pending(&t, id_of(f, i), JOURNAL_TAGS), pending);
	assert_int_equal(journal_tags(&t, id_of(f, i), &f->a, &known, &tags, &n), 0);
	assert_true(known);
	for (size_t k = 0; k < n; k++)
		buf_printf(&b, "%s%.*s", k > 0 ? " " : "", STR_ARG(tags[k]));
	assert_string_equal(buf_z(&b), want);
	state_abort(&t);
	buf_free(&b);
}

static size_t messages(struct fixture *f)
{
	struct state_txn t;
	struct str      *ids;
	size_t           n;

	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(journal_messages(&t, &f->a, &ids, &n), 0);
	state_abort(&t);
	for (size_t i = 1; i < n; i++)
		assert_false(str_eq(ids[i], ids[0]));
	return n;
}

/* Read `max`, and remove the first n of them. */
static size_t read_and_remove(struct fixture *f, size_t max, size_t n)
{
	struct journal_record *r;
	struct state_txn       t;
	size_t                 read;

	assert_int_equal(journal_read(&f->store->state, max, &f->a, &r, &read), 0);
	assert_true(read <= max);
	for (size_t i = 0; i < read; i++)
		assert_int_equal(r[i].kind, JOURNAL_TAGS);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_remove(&t, r, n < read ? n : read), 0);
	assert_int_equal(state_commit(&t), 0);
	return read;
}

static struct str first_id(struct fixture *f)
{
	struct journal_record *r;
	size_t                 n;

	assert_int_equal(journal_read(&f->store->state, 1, &f->a, &r, &n), 0);
	return n > 0 ? r->id : STR_NONE;
}

static void many(void **state)
{
	struct fixture *f = *state;

	put(f, 3, 1, "before", NULL);
	put(f, 0, MANY, "new", "old");
	put(f, 3, 1, NULL, "new");
	put(f, 5, 1, "old", NULL);
	assert_pending(f, 0, true, "new");
	assert_pending(f, MANY - 1, true, "new");
	assert_pending(f, MANY, false, "old");
	assert_pending(f, 3, true, "before");
	assert_pending(f, 5, true, "new old");
	assert_int_equal(messages(f), MANY);
	assert_int_equal(read_and_remove(f, 5 * MANY, 0), MANY + 3);
	assert_pending(f, 0, true, "new");
	assert_int_equal(read_and_remove(f, 5 * MANY, 5 * MANY), MANY + 3);
	assert_pending(f, 3, false, "old");
	assert_true(journal_empty(&f->store->state));
	assert_int_equal(messages(f), 0);
}

/* The drainer stops somewhere in its midst, and goes on there. */
static void parts(void **state)
{
	struct fixture *f = *state;
	uint64_t        last, oldest;

	put(f, 0, MANY, "new", NULL);
	assert_int_equal(read_and_remove(f, 400, 300), 400);
	assert_true(str_eq(first_id(f), id_of(f, 300)));
	assert_pending(f, 299, false, "old");
	assert_pending(f, 300, true, "old new");
	assert_int_equal(messages(f), MANY - 300);
	oldest = journal_oldest(&f->store->state, &last);
	assert_int_equal(oldest, last);
	put(f, 0, MANY, NULL, "new");
	assert_pending(f, 299, true, "old");
	assert_pending(f, 300, true, "old");
	assert_int_equal(read_and_remove(f, 5 * MANY, MANY - 300 + 1), 2 * MANY - 300);
	assert_true(str_eq(first_id(f), id_of(f, 1)));
	assert_int_equal(read_and_remove(f, MANY - 1, MANY - 1), MANY - 1);
	assert_true(journal_empty(&f->store->state));
}

/* Names of files say nothing of tags. */
static void files(void **state)
{
	const struct journal_record what = { .kind = JOURNAL_FILES };
	struct fixture        *f = *state;
	struct str            *ids = ARENA_NEW_N(&f->a, MANY, struct str);
	struct journal_record *r;
	struct state_txn       t;
	size_t                 n;

	for (unsigned i = 0; i < MANY; i++)
		ids[i] = id_of(f, i);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_put_each(&t, ids, MANY, &what), 0);
	assert_int_equal(journal_put_each(&t, ids + 1, 1, &what), 0);
	assert_int_equal(state_commit(&t), 0);
	assert_pending(f, 1, false, "old");
	put(f, 1, MANY - 1, "new", NULL);
	assert_pending(f, 0, false, "old");
	assert_pending(f, 1, true, "old new");
	assert_int_equal(messages(f), MANY);
	assert_int_equal(journal_read(&f->store->state, 5 * MANY, &f->a, &r, &n), 0);
	assert_int_equal(n, 2 * MANY);
	for (unsigned i = 0; i < n; i++) {
		assert_int_equal(r[i].kind, i <= MANY ? JOURNAL_FILES : JOURNAL_TAGS);
		assert_true(str_eq(r[i].id, id_of(f, i < MANY ? i : i == MANY ? 1 : i - MANY)));
	}
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_remove(&t, r, n), 0);
	assert_int_equal(state_commit(&t), 0);
	assert_true(journal_empty(&f->store->state));
	assert_int_equal(messages(f), 0);
}

/* More than one record holds, and one message twice. */
static void very_many(void **state)
{
	const struct str            plus = STR("new");
	const struct journal_record change = { .kind = JOURNAL_TAGS, .add = &plus, .n_add = 1 };
	enum { N = 45000 };
	struct fixture  *f = *state;
	struct str      *ids = ARENA_NEW_N(&f->a, N, struct str);
	struct state_txn t;

	for (unsigned i = 0; i < N; i++)
		ids[i] = id_of(f, i == 7 ? 6 : i);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_put_each(&t, ids, N, &change), 0);
	assert_int_equal(state_commit(&t), 0);
	assert_pending(f, 6, true, "old new");
	assert_pending(f, 7, false, "old");
	assert_pending(f, N - 1, true, "old new");
	assert_int_equal(messages(f), N - 1);
	assert_int_equal(read_and_remove(f, N, 30000), N - 1);
	assert_pending(f, 30000, false, "old");
	assert_pending(f, 30001, true, "old new");
	assert_int_equal(read_and_remove(f, N, N), N - 30001);
	assert_true(journal_empty(&f->store->state));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(many, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(parts, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(files, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(very_many, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
