/* Files that are seen for the first time, between a reading of their directory and the moment they are looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fixture.h"
#include "newcomers.h"
#include "sync.h"

static struct state_box inbox(struct fixture *f)
{
	struct state_box b;

	assert_int_equal(sync_box(f->store, STR("INBOX"), NULL, NULL, &b), 0);
	return b;
}

static struct newcomers_done add(struct fixture *f, struct state_box *b, const struct maildir_list *l)
{
	struct maildir_entry *files = ARENA_NEW_N(&f->a, l->n, struct maildir_entry);
	struct newcomers_done done;
	struct newcomers     *nc;
	struct state_txn      t;

	for (size_t i = 0; i < l->n; i++)
		files[i] = maildir_list_at(l, l->v[i]);
	nc = newcomers_look(f->store, STR(""), files, l->n);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(state_box_get(&t, b->id, b, NULL), 0);
	assert_int_equal(newcomers_put(nc, &t, b, &done), 0);
	assert_int_equal(state_commit(&t), 0);
	state_abort(&t);
	newcomers_free(nc);
	return done;
}

static void renamed_meanwhile(void **state)
{
	struct fixture       *f = *state;
	struct state_box      b = inbox(f);
	struct newcomers_done done;
	struct maildir_list   l;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	fixture_mail(f, "new/1000000002.b.h", "b");
	assert_int_equal(maildir_scan(f->store->root, "", NULL, &l), 0);
	fixture_move(f, "new/1000000002.b.h", "cur/1000000002.b.h:2,S");
	done = add(f, &b, &l);
	assert_true(done.missed);
	assert_true(done.journal);
	assert_int_equal(b.messages, 1);
	maildir_list_free(&l);

	assert_int_equal(maildir_scan(f->store->root, "", NULL, &l), 0);
	done = add(f, &b, &l);
	assert_false(done.missed);
	assert_int_equal(b.messages, 2);
	maildir_list_free(&l);
}

/* All are known: nothing is missed, nothing to be told. */
static void known(void **state)
{
	struct fixture       *f = *state;
	struct newcomers_done done;
	struct maildir_list   l;
	struct state_box      b;

	fixture_mail(f, "cur/1000000001.a.h:2,", "a");
	b = inbox(f);
	assert_int_equal(maildir_scan(f->store->root, "", NULL, &l), 0);
	done = add(f, &b, &l);
	assert_false(done.missed);
	assert_false(done.journal);
	assert_int_equal(b.messages, 1);
	maildir_list_free(&l);
}

/* More than one transaction takes: each has its UID, in order. */
static void many(void **state)
{
	enum { N = 4100 };
	struct fixture  *f = *state;
	struct state_box b;
	struct state_txn t;
	struct row       row;
	char             name[64], id[16];

	for (int i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "cur/%d.m.h:2,", 1000000000 + i);
		snprintf(id, sizeof(id), "m%d", i);
		fixture_mail(f, name, id);
	}
	b = inbox(f);
	assert_int_equal(b.messages, N);
	assert_int_equal(b.uidnext, N + 1);
	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(state_row_get(&t, b.id, N, &row), 0);
	assert_int_equal(row.uid, N);
	state_abort(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(renamed_meanwhile, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(known, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(many, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
