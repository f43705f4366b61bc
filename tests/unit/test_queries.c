/* Named queries: the journal's word is good before notmuch has it, and records may be applied twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "fixture.h"
#include "index_names.h"
#include "journal.h"
#include "metadata.h"
#include "queries.h"
#include "store_priv.h"

/* A mailbox with a message, indexed; queries are below "Q". */
static int start(void **state)
{
	struct fixture *f;
	int             r = fixture_start(state);

	f = *state;
	f->store->conf.queries = "Q";
	f->store->conf.deleted_tag = "deleted";
	fixture_mail(f, "cur/1000000001.a.h:2,S", "a@x");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "b@x");
	box_close(fixture_open(f, "INBOX"));
	fixture_drain(f);
	return r;
}

static int set(struct fixture *f, const char *box, const char *text)
{
	struct metadata_log log;

	return metadata_set(f->store, str_of(box), &(struct metadata){ .entry = STR(METADATA_QUERY), .value = str_of(text) }, 1, &log);
}

/* want NULL: there is none. */
static void expect(struct fixture *f, const char *name, const char *want)
{
	struct str text;
	int        r = queries_get(f->store, str_of(name), &f->a, &text);

	assert_int_equal(r, want ? 0 : -ENOENT);
	if (want)
		assert_true(str_eq(text, str_of(want)));
}

static void expect_indexed(struct fixture *f, const char *name, const char *want)
{
	struct str text;
	int        r = index_query(store_index(f->store), str_of(name), &f->a, &text);

	assert_int_equal(r, want ? 0 : -ENOENT);
	if (want)
		assert_true(str_eq(text, str_of(want)));
}

static void expect_list(struct fixture *f, const char *want)
{
	struct buf    got = BUF(1000);
	struct query *q;
	size_t        n;

	assert_int_equal(queries_list(f->store, &f->a, &q, &n), 0);
	for (size_t i = 0; i < n; i++)
		buf_printf(&got, "%.*s=%.*s,", STR_ARG(q[i].name), STR_ARG(q[i].text));
	assert_string_equal(buf_z(&got), want);
	buf_free(&got);
}

static void pending_ones_win(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(set(f, "Q/one", "id:a@x"), 0);
	expect(f, "one", "id:a@x");
	expect_indexed(f, "one", NULL);
	fixture_drain(f);
	expect(f, "one", "id:a@x");
	expect_indexed(f, "one", "id:a@x");
	assert_int_equal(set(f, "Q/one", "id:b@x"), 0);
	assert_int_equal(set(f, "Q/two", "id:a@x"), 0);
	expect(f, "one", "id:b@x");
	expect_indexed(f, "one", "id:a@x");
	expect_list(f, "one=id:b@x,two=id:a@x,");
	fixture_reopen(f);              /* the state has it, not the process */
	f->store->conf.queries = "Q";
	f->store->conf.deleted_tag = "deleted";
	expect(f, "one", "id:b@x");
	assert_int_equal(set(f, "Q/one", NULL), 0);
	expect(f, "one", NULL);
	expect_list(f, "two=id:a@x,");
	fixture_drain(f);
	expect(f, "one", NULL);
	expect_list(f, "two=id:a@x,");
}

/* The drainer was killed between notmuch's commit and that of the state. */
static void records_are_applied_twice(void **state)
{
	struct fixture        *f = *state;
	struct journal_record *records;
	struct state_txn       t;
	size_t                 n;

	assert_int_equal(set(f, "Q/one", "id:a@x"), 0);
	assert_int_equal(set(f, "Q/one", "id:b@x"), 0);
	assert_int_equal(set(f, "Q/gone", "id:b@x"), 0);
	assert_int_equal(set(f, "Q/gone", NULL), 0);
	assert_int_equal(journal_read(&f->store->state, 10, &f->a, &records, &n), 0);
	assert_int_equal(n, 4);
	fixture_drain(f);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(state_write(&f->store->state, &t), 0);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(journal_put(&t, &records[k]), 0);
		assert_int_equal(state_commit(&t), 0);
		expect_list(f, "one=id:b@x,");
		fixture_drain(f);
		assert_true(journal_empty(&f->store->state));
		expect_indexed(f, "one", "id:b@x");
		expect_indexed(f, "gone", NULL);
	}
}

static void a_record_that_is_done_takes_no_later_one_with_it(void **state)
{
	struct fixture        *f = *state;
	struct journal_record *records;
	struct state_txn       t;
	size_t                 n;

	assert_int_equal(set(f, "Q/one", "id:a@x"), 0);
	assert_int_equal(journal_read(&f->store->state, 10, &f->a, &records, &n), 0);
	assert_int_equal(set(f, "Q/one", "id:b@x"), 0);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_remove(&t, records, n), 0);
	assert_int_equal(state_commit(&t), 0);
	expect(f, "one", "id:b@x");
}

/* Renamed before notmuch knows of it: members keep their UIDs. */
static void renamed_and_removed(void **state)
{
	struct fixture *f = *state;
	struct box     *b;
	uint32_t        validity;

	assert_int_equal(set(f, "Q/one", "id:b@x"), 0);
	b = fixture_open(f, "Q/one");
	assert_int_equal(box_count(b), 1);
	validity = box_uidvalidity(b);
	box_close(b);
	assert_int_equal(boxes_rename(f->store, STR("Q/one"), STR("Q/two")), 0);
	b = fixture_open(f, "Q/two");
	assert_int_equal(box_count(b), 1);
	assert_int_equal(box_uidvalidity(b), validity);
	box_close(b);
	expect_list(f, "two=id:b@x,");
	fixture_drain(f);
	expect_list(f, "two=id:b@x,");
	assert_int_equal(boxes_rename(f->store, STR("Q/none"), STR("Q/x")), -ENOENT);
	assert_int_equal(set(f, "Q/x", "id:a@x"), 0);
	assert_int_equal(boxes_rename(f->store, STR("Q/two"), STR("Q/x")), -EEXIST);
	assert_int_equal(boxes_rename(f->store, STR("Q/two"), STR("Q/two/y")), -EINVAL);
	assert_int_equal(boxes_rename(f->store, STR("Q/two"), STR("Work/two")), -EINVAL);
	assert_int_equal(boxes_delete(f->store, STR("Q/two")), 0);
	assert_int_equal(boxes_delete(f->store, STR("Q/two")), -ENOENT);
	assert_int_equal(boxes_create(f->store, STR("Q/two"), SPECIAL_NONE), -EINVAL);
	assert_int_equal(boxes_create(f->store, STR("Q/x"), SPECIAL_NONE), -EEXIST);
	expect_list(f, "x=id:a@x,");
}

static void bad_ones_are_refused(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(set(f, "Q/one", "id:a@x and ("), -EINVAL);
	assert_non_null(strstr(store_why(f->store), "notmuch does not understand the query: "));
	assert_int_equal(set(f, "Q/one", ""), -EINVAL);
	assert_int_equal(set(f, "Q/one", "a\nb"), -EINVAL);
	assert_int_equal(set(f, "Q/one", "\377"), -EINVAL);
	assert_int_equal(set(f, "Q/one", NULL), -ENOENT);
	assert_int_equal(set(f, "INBOX", "id:a@x"), -EROFS);
	assert_true(journal_empty(&f->store->state));
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(pending_ones_win),
		CASE(records_are_applied_twice),
		CASE(a_record_that_is_done_takes_no_later_one_with_it),
		CASE(renamed_and_removed),
		CASE(bad_ones_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
