/* Which mails have one content, and notmuch's threads: the cache of them follows the index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "change.h"
#include "fixture.h"
#include "ids.h"
#include "mail.h"
#include "store_priv.h"
#include "threads.h"

static uint64_t email_of(struct fixture *f, struct row row)
{
	uint64_t email;

	assert_int_equal(ids_emails(f->store, &row.serial, 1, &email), 0);
	return email;
}

static void copies_have_one_content(void **state)
{
	struct fixture      *f = *state;
	struct box          *b, *w;
	struct change_copied copied;
	struct serial_set    set;
	uint32_t             uid = 1;
	uint64_t             one, two;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "id-a");
	fixture_mail(f, "cur/1000000002.a.h:2,S", "id-a");
	b = fixture_open(f, "INBOX");
	one = email_of(f, fixture_row(b, 1));
	two = email_of(f, fixture_row(b, 2));
	assert_true(one == fixture_row(b, 1).serial && one != two && one > 1000000000);

	assert_int_equal(change_copy(b, &uid, 1, STR("Work"), &f->a, &copied), 0);
	w = fixture_open(f, "Work");
	assert_true(email_of(f, fixture_row(w, 1)) == one && fixture_row(w, 1).serial != one);
	assert_int_equal(ids_of_email(f->store, one, &f->a, &set), 0);
	assert_int_equal(set.n, 2);
	assert_true(set.v[0] == one && set.v[1] == fixture_row(w, 1).serial);

	/* the copy is moved back, the original goes */
	assert_int_equal(change_move(w, &uid, 1, STR("INBOX"), &f->a, &copied), 0);
	assert_int_equal(copied.to[0], 3);
	fixture_remove(f, "cur/1000000001.a.h:2,S");
	fixture_poll(f, b);
	assert_true(email_of(f, fixture_row(b, 3)) == one);
	assert_int_equal(ids_of_email(f->store, one, &f->a, &set), 0);
	assert_int_equal(set.n, 1);
	assert_true(set.v[0] == fixture_row(b, 3).serial);

	/* and nothing is left when all have gone */
	fixture_reopen(f);
	box_close(b);
	box_close(w);
	b = fixture_open(f, "INBOX");
	uid = 3;
	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &copied), 0);
	w = fixture_open(f, "Work");
	assert_true(email_of(f, fixture_row(w, 2)) == one);
	box_close(b);
	box_close(w);
}

/* A file that another program moves or links is the same content, whether it keeps its name or not; a message delivered twice is two. */
static void moved_by_others(void **state)
{
	struct fixture *f = *state;
	struct box     *b, *w;
	char            from[200], to[200];
	uint64_t        one, two;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "id-a");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "id-b");
	b = fixture_open(f, "INBOX");
	one = email_of(f, fixture_row(b, 1));
	two = email_of(f, fixture_row(b, 2));
	fixture_move(f, "cur/1000000001.a.h:2,S", "Work/cur/1000000001.a.h:2,FS");
	fixture_move(f, "cur/1000000002.b.h:2,S", "Work/cur/1000000009.other:2,S");
	w = fixture_open(f, "Work");
	assert_true(email_of(f, fixture_row(w, 1)) == one && fixture_row(w, 1).serial != one);
	assert_true(email_of(f, fixture_row(w, 2)) == two);
	assert_int_equal(fixture_poll(f, b).n_expunged, 2);

	snprintf(from, sizeof(from), "%s/Work/cur/1000000001.a.h:2,FS", f->mail);
	snprintf(to, sizeof(to), "%s/cur/1000000001.a.h:2,S", f->mail);
	assert_int_equal(link(from, to), 0);
	fixture_mail(f, "cur/1000000002.b.h:2,S", "id-b");
	fixture_poll(f, b);
	assert_true(email_of(f, fixture_row(b, 3)) == one);
	assert_true(email_of(f, fixture_row(b, 4)) != two);
	box_close(b);
	box_close(w);
}

/* ---- threads ---- */

static uint64_t thread_of(struct fixture *f, struct box *b, uint32_t uid)
{
	struct row row = fixture_row(b, uid);
	uint64_t   thread;

	assert_int_equal(threads_of(f->store, &row.serial, 1, &thread), 0);
	return thread;
}

static size_t kept(struct fixture *f, struct box *b, uint32_t uid, uint64_t *ret)
{
	struct row     row = fixture_row(b, uid);
	struct db_key  k = { .n = 0 };
	struct db_txn *t;
	struct str     v = STR_NONE;

	db_key_u64(&k, row.serial);
	assert_int_equal(db_read(f->store->cache, &t), 0);
	if (db_get(t, MAIL_CACHE_THREAD, db_key_view(&k), &v) == 0)
		*ret = db_be64(v.p);
	db_abort(t);
	return v.n;
}

static void threads_follow_the_index(void **state)
{
	static const char joins[] = "From: a@example.org\nSubject: x\nMessage-ID: <id-c>\nReferences: <id-a> <id-b>\n\nHello\n";
	struct fixture *f = *state;
	struct box     *b;
	uint64_t        a_thread, got = 0;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "id-a");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "id-b");
	b = fixture_open(f, "INBOX");
	assert_true(thread_of(f, b, 1) == 0);                   /* there is no database */
	fixture_new(f, "cur/1000000001.a.h:2,S");
	a_thread = thread_of(f, b, 1);
	assert_true(a_thread != 0);
	assert_true(thread_of(f, b, 2) == 0);                   /* the index knows but one */
	assert_int_equal(kept(f, b, 1, &got), 8);
	assert_true(got == a_thread);
	assert_int_equal(kept(f, b, 2, &got), 8);
	assert_true(got == 0);

	fixture_new(f, "cur/1000000002.b.h:2,S");
	assert_true(thread_of(f, b, 2) != 0 && thread_of(f, b, 2) != a_thread);
	fixture_write(f, "cur/1000000003.c.h:2,S", joins);
	fixture_new(f, "cur/1000000003.c.h:2,S");
	fixture_poll(f, b);
	assert_true(thread_of(f, b, 1) == thread_of(f, b, 2));
	assert_true(thread_of(f, b, 3) == thread_of(f, b, 1));
	assert_int_equal(kept(f, b, 2, &got), 8);
	assert_true(got == thread_of(f, b, 1));
	box_close(b);
}

/* What is in the cache of another database, or of nothing, is not believed. */
static void a_strange_cache_is_dropped(void **state)
{
	struct fixture *f = *state;
	struct box     *b;
	struct db_key   k = { .n = 0 }, wrong = { .n = 0 };
	struct db_txn  *t;
	struct index_version v = { 1, "another" };
	uint64_t        thread, got = 0;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "id-a");
	b = fixture_open(f, "INBOX");
	fixture_new(f, "cur/1000000001.a.h:2,S");
	thread = thread_of(f, b, 1);
	db_key_u64(&k, fixture_row(b, 1).serial);
	db_key_u64(&wrong, thread + 100);
	assert_int_equal(db_write(f->store->cache, &t), 0);
	assert_int_equal(db_put(t, MAIL_CACHE_THREAD, db_key_view(&k), db_key_view(&wrong)), 0);
	assert_int_equal(db_put(t, MAIL_CACHE_THREAD, STR("revision"), (struct str){ (char *)&v, sizeof(v) }), 0);
	assert_int_equal(db_commit(t), 0);
	assert_true(thread_of(f, b, 1) == thread);
	assert_int_equal(kept(f, b, 1, &got), 8);
	assert_true(got == thread);
	box_close(b);
}

/* Many at a time are found by one walk over the index, which finds those that nobody asked for, too. */
static void many_at_once(void **state)
{
	enum { N = 60 };
	struct fixture *f = *state;
	struct box     *b;
	uint64_t        serials[N], threads[N], got = 0;
	char            path[64], id[16];

	for (int i = 0; i < N; i++) {
		snprintf(path, sizeof(path), "cur/%d.x:2,S", i);
		snprintf(id, sizeof(id), "m%d", i);
		fixture_mail(f, path, id);
		if (i > 0)
			fixture_new(f, path);
	}
	b = fixture_open(f, "INBOX");
	for (uint32_t i = 0; i < N; i++)
		serials[i] = fixture_row(b, i + 1).serial;
	assert_int_equal(threads_of(f->store, serials, N / 2, threads), 0);
	for (int i = 0; i < N / 2; i++)
		for (int k = 0; k < i; k++)
			assert_true(threads[i] != threads[k]);
	assert_int_equal(kept(f, b, N, &got), 8);
	assert_true(got != 0);
	box_close(b);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)
	const struct CMUnitTest tests[] = {
		T(copies_have_one_content), T(moved_by_others), T(threads_follow_the_index), T(a_strange_cache_is_dropped), T(many_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
