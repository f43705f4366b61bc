/* STORE, EXPUNGE, COPY, MOVE and APPEND: what the state, the files and the journal hold afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "change.h"
#include "fixture.h"
#include "ids.h"
#include "journal.h"
#include "keywords.h"
#include "store_priv.h"

#define CHANGE(h, f, words, n_words) \
	(struct flag_change){ .how = h, .flags = f, .keywords = words, .n_keywords = n_words, .unchanged_since = UINT64_MAX }

static const struct flag_change none = { .how = CHANGE_SET, .unchanged_since = UINT64_MAX };

/* The journal's records as words: "tags id +x -y", "index id", "files id", "unindex id dir base"; "" past its end. */
static struct str journal_line(struct fixture *f, size_t i)
{
	static const char *const words[] = {
		[JOURNAL_TAGS] = "tags", [JOURNAL_INDEX] = "index", [JOURNAL_UNINDEX] = "unindex", [JOURNAL_FILES] = "files",
	};
	struct journal_record *r;
	struct buf             b = BUF(1000);
	struct str             line;
	size_t                 n;

	assert_int_equal(journal_read(&f->store->state, 100, &f->a, &r, &n), 0);
	if (i >= n)
		return STR("");
	buf_printf(&b, "%s ", words[r[i].kind]);
	buf_str(&b, r[i].id);
	for (size_t k = 0; k < r[i].n_add; k++)
		buf_printf(&b, " +%.*s", STR_ARG(r[i].add[k]));
	for (size_t k = 0; k < r[i].n_remove; k++)
		buf_printf(&b, " -%.*s", STR_ARG(r[i].remove[k]));
	if (r[i].kind == JOURNAL_UNINDEX)
		buf_printf(&b, " %.*s %.*s", STR_ARG(r[i].dir), STR_ARG(r[i].base));
	line = arena_str(&f->a, buf_view(&b));
	buf_free(&b);
	return line;
}

static void forget_journal(struct fixture *f)
{
	struct journal_record *r;
	struct state_txn       t;
	size_t                 n;

	assert_int_equal(journal_read(&f->store->state, 1000, &f->a, &r, &n), 0);
	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(journal_remove(&t, r, n), 0);
	assert_int_equal(state_commit(&t), 0);
}

static struct box *three(struct fixture *f)
{
	struct box *b;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "aa");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "bb");
	fixture_mail(f, "cur/1000000003.c.h:2,S", "cc");
	b = fixture_open(f, "INBOX");
	forget_journal(f);
	return b;
}

static int flags(struct fixture *f, struct box *b, uint32_t uid, const struct flag_change *c, size_t *ret_modified)
{
	struct change_flagged done = { 0 };
	int                   r = change_flags(b, &uid, 1, c, &f->a, &done);

	*ret_modified = done.n_modified;
	return r;
}

static void store_changes_and_journals(void **state)
{
	const struct str words[] = { STR("todo"), STR("Ab") };
	struct fixture  *f = *state;
	struct box      *b = three(f);
	struct box_changes c;
	size_t           n;

	assert_int_equal(flags(f, b, 2, &CHANGE(CHANGE_ADD, MAIL_FLAGGED, words, 2), &n), 0);
	assert_int_equal(fixture_row(b, 2).flags, MAIL_SEEN | MAIL_FLAGGED);
	assert_true(keywords_has(f->store, fixture_row(b, 2).kwset, STR("TODO")));
	assert_string_equal(journal_line(f, 0).p, "tags bb +Ab +flagged +todo");
	c = fixture_poll(f, b);
	assert_int_equal(c.n_changed, 1);
	assert_int_equal(c.changed[0].uid, 2);

	assert_int_equal(flags(f, b, 2, &CHANGE(CHANGE_REMOVE, MAIL_SEEN, words, 1), &n), 0);
	assert_string_equal(journal_line(f, 1).p, "tags bb +unread -todo");
	assert_int_equal(flags(f, b, 2, &none, &n), 0);
	assert_int_equal(fixture_row(b, 2).flags, 0);
	assert_string_equal(journal_line(f, 2).p, "tags bb -Ab -flagged -inbox");
	assert_string_equal(journal_line(f, 3).p, "");
	box_close(b);
}

static void nothing_changed_is_nothing_done(void **state)
{
	struct fixture *f = *state;
	struct box     *b = three(f);
	uint64_t        before = fixture_row(b, 1).modseq;
	size_t          n;

	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, MAIL_SEEN, NULL, 0), &n), 0);
	assert_int_equal(fixture_row(b, 1).modseq, before);
	assert_string_equal(journal_line(f, 0).p, "");
	box_close(b);
}

static void an_existing_tag_wins_over_case(void **state)
{
	const struct str first = STR("ToDo"), second = STR("todo");
	struct fixture  *f = *state;
	struct box      *b = three(f);
	size_t           n;

	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, 0, &first, 1), &n), 0);
	assert_int_equal(flags(f, b, 2, &CHANGE(CHANGE_ADD, 0, &second, 1), &n), 0);
	assert_string_equal(journal_line(f, 1).p, "tags bb +ToDo");
	assert_int_equal(fixture_row(b, 1).kwset, fixture_row(b, 2).kwset);
	box_close(b);
}

static void flag_tags_are_no_keywords(void **state)
{
	const struct str word = STR("unread");
	struct fixture  *f = *state;
	struct box      *b = three(f);
	size_t           n;

	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, 0, &word, 1), &n), -EINVAL);
	box_close(b);
}

/* Copies of a message share tags, not \Deleted, size or UID. */
static void copies_share_tags(void **state)
{
	struct fixture *f = *state;
	struct box     *b, *w;
	size_t          n;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "same");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "same");
	fixture_mail(f, "Work/cur/1000000003.c.h:2,S", "same");
	b = fixture_open(f, "INBOX");
	w = fixture_open(f, "Work");
	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, MAIL_FLAGGED | MAIL_DELETED, NULL, 0), &n), 0);
	assert_int_equal(fixture_row(b, 1).flags, MAIL_SEEN | MAIL_FLAGGED | MAIL_DELETED);
	assert_int_equal(fixture_row(b, 2).flags, MAIL_SEEN | MAIL_FLAGGED);
	assert_int_equal(fixture_row(w, 1).flags, MAIL_SEEN | MAIL_FLAGGED);
	assert_int_equal(fixture_poll(f, w).n_changed, 1);
	box_close(b);
	box_close(w);
}

static void expunge_takes_the_deleted_alone(void **state)
{
	const uint32_t  two_and_three[] = { 2, 3 };
	struct fixture *f = *state;
	struct box     *b = three(f);
	const uint32_t *uids;
	size_t          n;

	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, MAIL_DELETED, NULL, 0), &n), 0);
	assert_int_equal(flags(f, b, 3, &CHANGE(CHANGE_ADD, MAIL_DELETED, NULL, 0), &n), 0);
	assert_string_equal(journal_line(f, 0).p, "");
	assert_int_equal(change_expunge(b, two_and_three, 2, &f->a, &uids, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(uids[0], 3);
	assert_false(fixture_has(f, "cur/1000000003.c.h:2,S"));
	assert_true(fixture_has(f, "cur/1000000001.a.h:2,S"));
	assert_string_equal(journal_line(f, 0).p, "unindex cc  1000000003.c.h");
	/* A file may have been renamed meanwhile. */
	fixture_move(f, "cur/1000000001.a.h:2,S", "cur/1000000001.a.h:2,FS");
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &uids, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(fixture_count(f, "cur"), 1);
	assert_int_equal(fixture_poll(f, b).n_expunged, 2);
	box_close(b);
}

/* Looking for a missing file follows the folder, which finds our own unlinked ones gone. The index has to hear of them all the same. */
static void expunge_overtaken_by_a_sync(void **state)
{
	struct fixture *f = *state;
	struct box     *b = three(f);
	const uint32_t *uids;
	size_t          n;

	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, MAIL_DELETED, NULL, 0), &n), 0);
	assert_int_equal(flags(f, b, 3, &CHANGE(CHANGE_ADD, MAIL_DELETED, NULL, 0), &n), 0);
	fixture_remove(f, "cur/1000000003.c.h:2,S");
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &uids, &n), 0);
	assert_int_equal(fixture_count(f, "cur"), 1);
	assert_string_equal(journal_line(f, 0).p, "unindex aa  1000000001.a.h");
	assert_string_equal(journal_line(f, 1).p, "");
	box_close(b);
}

/* Between folders by another program, before the index knew of it: when the old place is looked at first, the journal
 * alone knows the tags. */
static void moved_by_others_keeps_what_is_pending(void **state)
{
	const struct str word = STR("todo"), inbox = STR("inbox");
	struct fixture  *f = *state;
	struct box      *b, *w;
	struct row       row;
	size_t           n;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "aa");
	b = fixture_open(f, "INBOX");
	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, MAIL_FLAGGED, &word, 1), &n), 0);
	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_REMOVE, MAIL_SEEN, &inbox, 1), &n), 0);
	fixture_move(f, "cur/1000000001.a.h:2,S", "Work/cur/1000000001.a.h:2,S");
	assert_int_equal(fixture_poll(f, b).n_expunged, 1);
	w = fixture_open(f, "Work");
	row = fixture_row(w, 1);
	assert_int_equal(row.flags, MAIL_FLAGGED);
	assert_true(keywords_has(f->store, row.kwset, word));
	assert_false(keywords_has(f->store, row.kwset, inbox));
	box_close(b);
	box_close(w);
}

/* The index sorts tags; what pending records and the configuration add comes as it comes. */
static void a_set_is_one_in_any_order(void **state)
{
	const struct str  sorted[] = { STR("a"), STR("b"), STR("unread") }, other[] = { STR("b"), STR("unread"), STR("a"), STR("b") };
	struct fixture   *f = *state;
	struct state_tags one, two;
	struct state_txn  t;

	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(state_tags_of(&t, sorted, 3, &one), 0);
	assert_int_equal(state_tags_of(&t, other, 4, &two), 0);
	state_abort(&t);
	assert_int_equal(one.kwset, two.kwset);
	assert_int_equal(one.flags, two.flags);
}

static void sweep(struct fixture *f)
{
	struct state_txn t;

	assert_int_equal(state_write(&f->store->state, &t), 0);
	assert_int_equal(state_kwset_sweep(&t), 0);
	assert_int_equal(state_commit(&t), 0);
}

/* The tags that FLAGS tells. */
static size_t tags_in_use(struct fixture *f)
{
	struct keyword_set all;

	assert_int_equal(keywords_all(f->store, 100, &f->a, &all), 0);
	return all.n;
}

static void tags_that_no_message_has_are_forgotten(void **state)
{
	const struct str words[] = { STR("one"), STR("two") };
	struct fixture  *f = *state;
	struct box      *b = three(f);
	size_t           before = tags_in_use(f), n;
	uint32_t         set;

	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, 0, words, 1), &n), 0);
	assert_int_equal(flags(f, b, 2, &CHANGE(CHANGE_ADD, 0, words, 2), &n), 0);
	set = fixture_row(b, 2).kwset;
	assert_int_equal(tags_in_use(f), before + 2);
	assert_int_equal(flags(f, b, 2, &CHANGE(CHANGE_REMOVE, 0, words, 2), &n), 0);
	sweep(f);
	assert_int_equal(tags_in_use(f), before + 2);           /* somebody may be about to use it */
	sweep(f);
	assert_int_equal(tags_in_use(f), before + 1);
	assert_true(keywords_has(f->store, fixture_row(b, 1).kwset, words[0]));
	assert_true(keywords_has(f->store, fixture_row(b, 2).kwset, STR("inbox")));

	/* the same tags again are another set; one that is taken up between two sweeps stays */
	assert_int_equal(flags(f, b, 2, &CHANGE(CHANGE_ADD, 0, words, 2), &n), 0);
	assert_true(fixture_row(b, 2).kwset > set);
	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_REMOVE, 0, words, 1), &n), 0);
	sweep(f);
	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, 0, words, 1), &n), 0);
	sweep(f);
	sweep(f);
	assert_int_equal(tags_in_use(f), before + 2);
	assert_true(keywords_has(f->store, fixture_row(b, 1).kwset, words[0]));
	box_close(b);
}

/* What was expunged begins anew when it comes again. */
static void expunged_and_appended_again(void **state)
{
	const char       text[] = "Message-ID: <a@x>\r\n\r\nbody\r\n";
	struct fixture  *f = *state;
	struct append   *ap;
	struct box      *b;
	const uint32_t  *uids;
	uint32_t         validity, uid;
	size_t           n;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(append_begin(f->store, STR("INBOX"), &ap), 0);
		assert_int_equal(append_write(ap, text, sizeof(text) - 1), 0);
		assert_int_equal(append_commit(ap, &none, 1234567890, &validity, &uid), 0);
		b = fixture_open(f, "INBOX");
		assert_int_equal(fixture_row(b, uid).flags, 0);
		assert_int_equal(flags(f, b, uid, &CHANGE(CHANGE_ADD, MAIL_FLAGGED | MAIL_DELETED, NULL, 0), &n), 0);
		assert_int_equal(change_expunge(b, NULL, 0, &f->a, &uids, &n), 0);
		assert_int_equal(n, 1);
		box_close(b);
	}
}

static void copy_links_and_keeps(void **state)
{
	const uint32_t       uids[] = { 1, 3, 9 };
	struct change_copied c;
	struct fixture      *f = *state;
	struct box          *b = three(f), *w;
	size_t               n;

	assert_int_equal(flags(f, b, 3, &CHANGE(CHANGE_ADD, MAIL_FLAGGED, NULL, 0), &n), 0);
	assert_int_equal(change_copy(b, uids, 3, STR("Work"), &f->a, &c), 0);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.from[1], 3);
	assert_int_equal(c.to[1], 2);
	w = fixture_open(f, "Work");
	assert_int_equal(c.uidvalidity, box_uidvalidity(w));
	assert_int_equal(box_count(w), 2);
	assert_int_equal(fixture_row(w, 2).flags, MAIL_SEEN | MAIL_FLAGGED);
	assert_int_equal(fixture_row(w, 2).date, fixture_row(b, 3).date);
	assert_string_equal(journal_line(f, 1).p, "index aa +inbox");
	assert_int_equal(change_copy(b, uids, 1, STR("Nowhere"), &f->a, &c), -ENOENT);
	box_close(b);
	box_close(w);
}

static void move_renames(void **state)
{
	const uint32_t       uid = 2;
	struct change_copied c;
	struct fixture      *f = *state;
	struct box          *b = three(f), *w;
	uint64_t             serial = fixture_row(b, uid).serial;
	struct box_changes   ch;

	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &c), 0);
	assert_int_equal(c.n, 1);
	assert_int_equal(fixture_count(f, "cur"), 2);
	assert_int_equal(fixture_count(f, "Work/cur"), 1);
	ch = fixture_poll(f, b);
	assert_int_equal(ch.n_expunged, 1);
	assert_int_equal(ch.expunged_uids[0], 2);
	w = fixture_open(f, "Work");
	assert_int_equal(box_uid(w, 1), c.to[0]);
	assert_int_equal(fixture_row(w, 1).serial, serial);
	assert_string_equal(journal_line(f, 0).p, "index bb +inbox");
	assert_string_equal(journal_line(f, 1).p, "");
	/* Into the mailbox it is in: a new UID. */
	assert_int_equal(change_move(w, &c.to[0], 1, STR("Work"), &f->a, &c), 0);
	assert_int_equal(c.to[0], 2);
	assert_int_equal(fixture_count(f, "Work/cur"), 1);
	box_close(b);
	box_close(w);
}

/* As with EXPUNGE above; and the folder they went to is followed first, where a moved one is taken for new. */
static void move_overtaken_by_a_sync(void **state)
{
	const uint32_t       uids[] = { 1, 3 };
	const struct str     word = STR("todo");
	struct change_copied c;
	struct fixture      *f = *state;
	struct box          *b = three(f), *w;
	uint64_t             before = fixture_row(b, 1).serial, after, emails[2];
	size_t               n;

	box_close(fixture_open(f, "Work"));
	assert_int_equal(flags(f, b, 1, &CHANGE(CHANGE_ADD, MAIL_FLAGGED | MAIL_DELETED, &word, 1), &n), 0);
	assert_int_equal(ids_emails(f->store, &before, 1, &emails[0]), 0);
	fixture_remove(f, "cur/1000000003.c.h:2,S");
	assert_int_equal(change_move(b, uids, 2, STR("Work"), &f->a, &c), 0);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.from[0], 1);
	w = fixture_open(f, "Work");
	assert_int_equal(box_count(w), 1);
	assert_int_equal(box_uid(w, 1), c.to[0]);
	assert_int_equal(fixture_row(w, c.to[0]).flags, MAIL_SEEN | MAIL_FLAGGED | MAIL_DELETED);
	assert_true(keywords_has(f->store, fixture_row(w, c.to[0]).kwset, word));
	after = fixture_row(w, c.to[0]).serial;
	assert_int_not_equal(after, before);
	assert_int_equal(ids_emails(f->store, &after, 1, &emails[1]), 0);
	assert_int_equal(emails[0], emails[1]);
	fixture_poll(f, b);
	assert_int_equal(box_count(b), 1);
	box_close(b);
	box_close(w);
}

static void append_stores(void **state)
{
	const char       text[] = "Message-ID: <new@x>\r\nSubject: x\r\n\r\nbody\r\n";
	const struct str word = STR("todo");
	struct fixture  *f = *state;
	struct append   *ap;
	struct box      *w;
	uint32_t         validity, uid;

	assert_int_equal(append_begin(f->store, STR("Work"), &ap), 0);
	assert_int_equal(append_write(ap, text, 10), 0);
	assert_int_equal(append_write(ap, text + 10, sizeof(text) - 1 - 10), 0);
	assert_int_equal(append_commit(ap, &CHANGE(CHANGE_SET, MAIL_SEEN | MAIL_DELETED, &word, 1), 1234567890,
		&validity, &uid), 0);
	w = fixture_open(f, "Work");
	assert_int_equal(box_uidvalidity(w), validity);
	assert_int_equal(box_uid(w, 1), uid);
	assert_int_equal(fixture_row(w, uid).flags, MAIL_SEEN | MAIL_DELETED);
	assert_int_equal(fixture_row(w, uid).date, 1234567890);
	assert_int_equal(fixture_row(w, uid).size, sizeof(text) - 1);
	assert_true(keywords_has(f->store, fixture_row(w, uid).kwset, word));
	assert_int_equal(fixture_count(f, "Work/tmp"), 0);
	box_close(w);
	assert_int_equal(append_begin(f->store, STR("Work"), &ap), 0);
	append_abort(ap);
	assert_int_equal(fixture_count(f, "Work/tmp"), 0);
	assert_int_equal(append_begin(f->store, STR("Nowhere"), &ap), -ENOENT);
}

static void readonly_changes_nothing(void **state)
{
	const uint32_t       uid = 1;
	struct change_copied c;
	struct fixture      *f = *state;
	const uint32_t      *uids;
	struct box          *b;
	size_t               n;

	box_close(three(f));
	assert_int_equal(box_open(f->store, STR("INBOX"), true, NULL, NULL, &b), 0);
	assert_int_equal(flags(f, b, 1, &none, &n), -EROFS);
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &uids, &n), -EROFS);
	assert_int_equal(change_move(b, &uid, 1, STR("Work"), &f->a, &c), -EROFS);
	assert_int_equal(change_copy(b, &uid, 1, STR("Work"), &f->a, &c), 0);
	assert_int_equal(change_seen(b, &uid, 1), 0);
	box_close(b);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(store_changes_and_journals),
		CASE(nothing_changed_is_nothing_done),
		CASE(an_existing_tag_wins_over_case),
		CASE(flag_tags_are_no_keywords),
		CASE(copies_share_tags),
		CASE(expunge_takes_the_deleted_alone),
		CASE(expunge_overtaken_by_a_sync),
		CASE(moved_by_others_keeps_what_is_pending),
		CASE(tags_that_no_message_has_are_forgotten),
		CASE(a_set_is_one_in_any_order),
		CASE(expunged_and_appended_again),
		CASE(copy_links_and_keeps),
		CASE(move_renames),
		CASE(move_overtaken_by_a_sync),
		CASE(append_stores),
		CASE(readonly_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
