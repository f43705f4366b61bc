/* Files that are seen for the first time, between a reading of their directory and the moment they are looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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
	nc = newcomers_look(f->store, STR(""), files, l->n, NULL);
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

static struct row row_of(struct fixture *f, const struct state_box *b, uint32_t uid, const char *base)
{
	struct state_txn  t;
	struct state_mail m;
	struct row        row;

	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(state_row_get(&t, b->id, uid, &row), 0);
	assert_int_equal(state_mail_get(&t, row.serial, &m), 0);
	assert_true(str_eq(m.base, str_of(base)));
	state_abort(&t);
	return row;
}

/* A state begins anew beside an index that knows the mail: tags are the index's, and a file that it has under its very name is not read. */
static void known_to_the_index(void **state)
{
	enum { N = 500 };
	struct fixture  *f = *state;
	struct state_box b;
	struct box      *box;
	struct row       row, rows[N + 1];
	char             name[64], id[16], command[128];
	uint32_t         kwset;

	for (int i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "%s/%d.m.h%s", i % 2 ? "cur" : "new", 1000000000 + i, i % 2 ? ":2,S" : "");
		snprintf(id, sizeof(id), "m%d", i);
		fixture_mail(f, name, id);
	}
	box = fixture_open(f, "INBOX");
	fixture_change(f, "INBOX", 2, CHANGE_ADD, MAIL_FLAGGED, "later");
	fixture_drain(f);
	box_close(box);
	snprintf(command, sizeof(command), "rm %s/state.mdb*", f->state);
	assert_int_equal(system(command), 0);
	fixture_move(f, "cur/1000000003.m.h:2,S", "cur/1000000003.m.h:2,FS");
	fixture_mail(f, "cur/999999999.x.h:2,R", "x");
	fixture_reopen(f);

	b = inbox(f);
	assert_int_equal(b.messages, N + 1);
	assert_int_equal(b.uidnext, N + 2);
	row = row_of(f, &b, 1, "999999999.x.h");
	assert_int_equal(row.flags, MAIL_ANSWERED);
	assert_true(row.size != ROW_SIZE_UNKNOWN);
	kwset = row.kwset;
	row = row_of(f, &b, 2, "1000000000.m.h");
	assert_int_equal(row.flags, 0);
	assert_true(row.size == ROW_SIZE_UNKNOWN);
	assert_true(row.date > 0);
	row = row_of(f, &b, 3, "1000000001.m.h");
	assert_int_equal(row.flags, MAIL_SEEN | MAIL_FLAGGED);
	assert_true(row.kwset != kwset);
	row = row_of(f, &b, 5, "1000000003.m.h");
	assert_int_equal(row.flags, MAIL_SEEN);
	row = row_of(f, &b, N + 1, "1000000499.m.h");
	assert_int_equal(row.flags, MAIL_SEEN);
	assert_int_equal(fixture_journal(f), 1);         /* that x is to be indexed */

	/* More than are asked for at once; one of them is gone. */
	box = fixture_open(f, "INBOX");
	for (uint32_t uid = 1; uid <= N + 1; uid++)
		rows[uid - 1] = fixture_row(box, uid);
	fixture_remove(f, "cur/1000000099.m.h:2,S");
	assert_int_equal(box_sizes(box, rows, N + 1), 0);
	for (uint32_t uid = 1; uid <= N + 1; uid++)
		if (uid != 101)
			assert_int_equal(rows[uid - 1].size, fixture_row(box, uid).size);
	assert_int_equal(rows[100].uid, 0);
	assert_int_equal(rows[1].size, rows[0].size + 2);       /* the id stands there twice: m0, x */
	assert_int_equal(rows[N].size, rows[1].size + 4);       /* m499 */
	box_close(box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(renamed_meanwhile, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(known, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(known_to_the_index, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(many, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
