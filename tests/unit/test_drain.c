/* What the journal holds reaches the index, and the state learns what the index answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "change.h"
#include "fixture.h"
#include "journal.h"
#include "keywords.h"
#include "mail.h"
#include "store_priv.h"

static void set_flags(struct box *b, uint32_t uid, enum change_how how, uint32_t flags, const char *keyword)
{
	struct str         word = str_of(keyword);
	struct flag_change c = { .how = how, .flags = flags, .keywords = &word, .n_keywords = keyword ? 1 : 0, .unchanged_since = UINT64_MAX };
	struct arena       a = ARENA_INIT;
	struct change_flagged done;

	assert_int_equal(change_flags(b, &uid, 1, &c, &a, &done), 0);
	arena_free(&a);
}

static void assert_readable(struct fixture *f, struct box *b, uint32_t uid)
{
	struct mail m = { 0 };

	assert_int_equal(mail_open(f->store, fixture_row(b, uid).serial, &m), 0);
	mail_close(&m);
}

static void new_mail_and_flags(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	fixture_mail(f, "cur/1:2,S", "one@x");
	fixture_mail(f, "new/2", "two@x");
	b = fixture_open(f, "INBOX");
	assert_true(fixture_journal(f) >= 2);
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	fixture_index(f, "one@x", "known inbox");
	fixture_index(f, "two@x", "known inbox unread");

	set_flags(b, 2, CHANGE_ADD, MAIL_SEEN | MAIL_FLAGGED, "todo");
	fixture_index(f, "two@x", "known inbox unread");
	fixture_drain(f);
	fixture_index(f, "two@x", "known flagged inbox todo");
	assert_true(fixture_has(f, "cur/2:2,FS"));
	assert_readable(f, b, 2);
	fixture_poll(f, b);
	assert_int_equal(fixture_row(b, 2).flags, MAIL_SEEN | MAIL_FLAGGED);
	set_flags(b, 2, CHANGE_REMOVE, MAIL_SEEN, "todo");
	fixture_drain(f);
	fixture_index(f, "two@x", "known flagged inbox unread");
	assert_true(fixture_has(f, "cur/2:2,F"));
	assert_readable(f, b, 2);
	assert_int_equal(box_count(b), 2);
	box_close(b);
}

static void moved_and_expunged(void **state)
{
	struct fixture      *f = *state;
	struct change_copied copied;
	const uint32_t      *gone;
	uint32_t             uid = 1;
	struct box          *b, *work;
	size_t               n;

	fixture_mail(f, "cur/1:2,S", "one@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	set_flags(b, 1, CHANGE_ADD, 0, "keep");
	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &copied), 0);
	fixture_drain(f);
	fixture_index(f, "one@x", "known inbox keep");
	work = fixture_open(f, "Work");
	assert_int_equal(box_count(work), 1);
	assert_readable(f, work, 1);
	set_flags(work, 1, CHANGE_ADD, MAIL_DELETED, NULL);
	assert_int_equal(change_expunge(work, NULL, 0, &f->a, &gone, &n), 0);
	assert_int_equal(n, 1);
	fixture_drain(f);
	fixture_index(f, "one@x", "unknown");
	assert_int_equal(fixture_journal(f), 0);
	box_close(b);
	box_close(work);
}

static void count_one(void *arg, struct str id)
{
	++*(size_t *)arg;
}

static void assert_found(struct fixture *f, const char *query, size_t want)
{
	size_t n = 0;

	assert_int_equal(index_search(store_index(f->store), query, count_one, &n), 0);
	assert_int_equal(n, want);
}

/* Many messages, one of two files, of which some move on before the index has learnt of it; it has each where it is then and nowhere else. */
static void many_moved(void **state)
{
	enum { MANY = 40, BACK = 20 };
	struct fixture      *f = *state;
	struct change_copied there, back;
	struct box          *b, *work;

	for (int i = 0; i < MANY; i++)
		fixture_mail(f, arena_printf(&f->a, "cur/%d:2,S", 1000000000 + i), arena_printf(&f->a, "m%d@x", i == 1 ? 0 : i));
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	for (uint32_t uid = 1; uid <= MANY; uid++)
		set_flags(b, uid, CHANGE_ADD, 0, "keep");
	fixture_drain(f);
	assert_found(f, "folder:\"\" and tag:keep", MANY - 1);
	assert_int_equal(change_move(b, box_uids(b), box_count(b), STR("Work"), &f->a, &there), 0);
	assert_int_equal(there.n, MANY);
	work = fixture_open(f, "Work");
	assert_int_equal(change_move(work, there.to + MANY - BACK, BACK, STR("INBOX"), &f->a, &back), 0);
	assert_int_equal(fixture_journal(f), MANY - 1 + BACK);
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	assert_found(f, "folder:\"\"", BACK);
	assert_found(f, "folder:Work", MANY - BACK - 1);
	assert_found(f, "tag:keep and not tag:unread", MANY - 1);
	fixture_poll(f, work);
	assert_int_equal(box_count(work), MANY - BACK);
	assert_readable(f, work, 1);
	fixture_poll(f, b);
	assert_readable(f, b, back.to[0]);
	box_close(work);
	box_close(b);
}

/* notmuch tag sets what is pending already, and more: the record will not change the message, so the poll between has to take the rest. */
static void tagged_while_pending(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	fixture_mail(f, "cur/1:2,S", "one@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	set_flags(b, 1, CHANGE_ADD, MAIL_ANSWERED, NULL);
	set_flags(b, 1, CHANGE_REMOVE, 0, "inbox");
	fixture_tag(f, "one@x", "more", NULL);
	fixture_tag(f, "one@x", "replied", NULL);
	for (int i = 0; i < 2; i++) {
		fixture_poll(f, b);
		assert_int_equal(fixture_row(b, 1).flags, MAIL_SEEN | MAIL_ANSWERED);
		assert_true(keywords_has(f->store, fixture_row(b, 1).kwset, STR("more")));
		assert_false(keywords_has(f->store, fixture_row(b, 1).kwset, STR("inbox")));
		fixture_drain(f);
	}
	fixture_index(f, "one@x", "known more replied");
	box_close(b);
}

/* All that the index has of a message is a name that is to go, and of its files in the state the second is there: it keeps its tags. */
static void keeps_the_last_name(void **state)
{
	struct journal_record rec = { .kind = JOURNAL_UNINDEX, .id = STR("same@x"), .dir = STR(""), .base = STR("1") };
	struct fixture       *f = *state;
	struct index_writer  *w;
	struct state_txn      t;

	fixture_mail(f, "cur/1:2,S", "same@x");
	fixture_mail(f, "cur/2:2,S", "same@x");
	box_close(fixture_open(f, "INBOX"));
	fixture_drain(f);
	w = fixture_index_begin(f);
	assert_int_equal(index_writer_remove(w, rec.id, STR(""), STR("2"), false), 0);
	fixture_index_end(w);
	fixture_remove(f, "cur/1:2,S");
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_put(&t, &rec), 0);
	assert_int_equal(state_commit(&t), 0);
	fixture_drain(f);
	fixture_index(f, "same@x", "known inbox");
}

/* Killed in the middle, a MOVE leaves a file that the index knows by its old name; before it has learnt of that, the message is expunged. */
static void forgets_the_name_before(void **state)
{
	const struct flag_change deleted = { .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX };
	struct fixture          *f = *state;
	const uint32_t           uid = 1, *list;
	struct box              *b;
	size_t                   n;

	fixture_mail(f, "Work/cur/1:2,S", "one@x");
	box_close(fixture_open(f, "Work"));
	fixture_drain(f);
	fixture_move(f, "Work/cur/1:2,S", "cur/2:2,S");
	b = fixture_open(f, "INBOX");
	box_close(fixture_open(f, "Work"));
	assert_int_equal(change_flags(b, &uid, 1, &deleted, &f->a, &(struct change_flagged){ 0 }), 0);
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &list, &n), 0);
	assert_int_equal(n, 1);
	fixture_drain(f);
	fixture_index(f, "one@x", "unknown");
	box_close(b);
}

static void forget_records(struct fixture *f, const struct journal_record *r, size_t n)
{
	struct state_txn t;

	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_remove(&t, r, n), 0);
	assert_int_equal(state_commit(&t), 0);
}

/* The file of that row, with tags of notmuch's own choice. */
static void index_as_notmuch_does(struct fixture *f, struct box *b, uint32_t uid)
{
	const struct str     tags[] = { STR("inbox"), STR("replied") };
	struct buf           path = BUF(4096);
	struct index_writer *w;
	struct state_txn     t;
	struct str           id;

	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(state_mail_path(f->store, &t, fixture_row(b, uid).serial, &path), 0);
	state_abort(&t);
	w = fixture_index_begin(f);
	assert_int_equal(index_writer_add(w, STR_NONE, buf_z(&path), tags, 2, &f->a, &id), 0);
	fixture_index_end(w);
	buf_free(&path);
}

/* The drainer meets a new mail while it is being moved, so neither file nor message are there; and then notmuch new comes between. */
static void moved_before_indexed(void **state)
{
	struct fixture        *f = *state;
	struct journal_record *r;
	struct change_copied   copied;
	uint32_t               uid = 1;
	struct box            *b, *work;
	size_t                 n;

	fixture_mail(f, "cur/1:2,S", "one@x");
	b = fixture_open(f, "INBOX");
	set_flags(b, 1, CHANGE_ADD, MAIL_ANSWERED, "keep");
	assert_int_equal(journal_read(&f->store->state, 1000, &f->a, &r, &n), 0);
	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &copied), 0);
	forget_records(f, r, n);
	work = fixture_open(f, "Work");
	index_as_notmuch_does(f, work, 1);
	fixture_poll(f, work);
	assert_true(keywords_has(f->store, fixture_row(work, 1).kwset, STR("keep")));
	fixture_drain(f);
	fixture_index(f, "one@x", "known inbox keep replied");
	fixture_poll(f, work);
	assert_true(keywords_has(f->store, fixture_row(work, 1).kwset, STR("keep")));
	assert_int_equal(fixture_row(work, 1).flags, MAIL_SEEN | MAIL_ANSWERED);
	box_close(b);
	box_close(work);
}

/* One of two files went without a record, as an EXPUNGE that was cut off leaves it. */
static void forgets_lost_files(void **state)
{
	struct fixture *f = *state;
	const uint32_t *gone;
	struct box     *b;
	size_t          n;

	fixture_mail(f, "cur/1:2,S", "same@x");
	fixture_mail(f, "cur/2:2,S", "same@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	fixture_remove(f, "cur/1:2,S");
	fixture_poll(f, b);
	set_flags(b, 2, CHANGE_ADD, MAIL_FLAGGED | MAIL_DELETED, NULL);
	fixture_drain(f);
	fixture_index(f, "same@x", "known flagged inbox");
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &gone, &n), 0);
	fixture_drain(f);
	fixture_index(f, "same@x", "unknown");
	box_close(b);
}

/* Killed after the index's commit and before the state's: the batch is applied twice. */
static void twice(void **state)
{
	struct fixture        *f = *state;
	struct journal_record *r;
	struct state_txn       t;
	struct box            *b;
	size_t                 n;

	fixture_mail(f, "new/1", "one@x");
	b = fixture_open(f, "INBOX");
	set_flags(b, 1, CHANGE_ADD, MAIL_SEEN, "todo");
	assert_int_equal(journal_read(&f->store->state, 1000, &f->a, &r, &n), 0);
	fixture_drain(f);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(journal_put(&t, &r[i]), 0);
	assert_int_equal(state_commit(&t), 0);
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	fixture_index(f, "one@x", "known inbox todo");
	assert_true(fixture_has(f, "cur/1:2,S"));
	assert_int_equal(fixture_count(f, "cur") + fixture_count(f, "new"), 1);
	assert_readable(f, b, 1);
	box_close(b);
}

/* Records that cannot be applied do not stop those behind them. */
static void not_to_be_applied(void **state)
{
	struct fixture       *f = *state;
	struct journal_record lost = { .kind = JOURNAL_INDEX, .serial = 1, .id = STR("none@x") };
	struct journal_record odd = { .kind = (enum journal_kind)99, .id = STR("odd@x") };
	struct state_txn      t;
	struct box           *b;

	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_put(&t, &lost), 0);
	assert_int_equal(journal_put(&t, &odd), 0);
	assert_int_equal(state_commit(&t), 0);
	fixture_write(f, "cur/1:2,S", "no mail at all\n\n");
	fixture_mail(f, "cur/2:2,S", "two@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	assert_int_equal(fixture_journal(f), 0);
	fixture_index(f, "two@x", "known inbox");
	box_close(b);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(new_mail_and_flags), T(moved_and_expunged), T(many_moved), T(forgets_lost_files), T(tagged_while_pending), T(moved_before_indexed), T(keeps_the_last_name),
		T(forgets_the_name_before), T(twice), T(not_to_be_applied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
