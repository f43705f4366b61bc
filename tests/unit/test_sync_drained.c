/* The state knows by itself what its own drainer did to the index, and that alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "index_stamp.h"
#include "keywords.h"
#include "store_priv.h"
#include "sync.h"

#define ATTACHED \
	"From: a@example.org\nSubject: s\nMessage-ID: <three@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n" \
	"--B\n\nHello\n--B\nContent-Disposition: attachment; filename=x\n\nx\n--B--\n"

static uint64_t revision_of_index(struct fixture *f)
{
	struct index_version v;
	struct index        *x = store_index(f->store);

	assert_non_null(x);
	index_version(x, &v);
	return v.revision;
}

static uint64_t revision_known(struct fixture *f)
{
	struct state_txn t;
	uint64_t         revision;

	assert_int_equal(state_read(&f->store->state, &t), 0);
	revision = state_counter(&t, "index-revision");
	state_abort(&t);
	return revision;
}

static bool stamp_known(struct fixture *f)
{
	struct index_stamp stamp;
	struct state_txn   t;
	struct str         v;
	bool               known;

	assert_int_equal(index_stamp(f->store->index_conf, &stamp), 0);
	assert_int_equal(state_read(&f->store->state, &t), 0);
	known = db_get(t.db, STATE_META, STR("index-stamp"), &v) == 0 && str_eq(v, (struct str){ (const char *)&stamp, sizeof(stamp) });
	state_abort(&t);
	return known;
}

/* What the drainer commits: a tag that the state knows already. */
static struct index_section commit_ours(struct fixture *f)
{
	const struct str     tag = STR("ours");
	struct index_writer *w = fixture_index_begin(f);

	assert_int_equal(index_writer_tags(w, STR("one@x"), &tag, 1, NULL, 0), 0);
	return fixture_index_end(w);
}

static bool has_keyword(struct fixture *f, struct box *b, uint32_t uid, const char *keyword)
{
	return keywords_has(f->store, fixture_row(b, uid).kwset, str_of(keyword));
}

/* One mail, in the index and in the state, which has seen all of the index. */
static struct box *begin(struct fixture *f)
{
	struct box *b;

	fixture_mail(f, "cur/1:2,S", "one@x");
	b = fixture_open(f, "INBOX");
	fixture_drain(f);
	fixture_poll(f, b);
	assert_int_equal(revision_known(f), revision_of_index(f));
	return b;
}

static void own_commits(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	uint64_t        before = revision_of_index(f);

	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_FLAGGED, "todo");
	fixture_mail(f, "new/2", "two@x");
	fixture_poll(f, b);
	fixture_drain(f);
	assert_true(revision_of_index(f) > before);
	assert_int_equal(revision_known(f), revision_of_index(f));
	assert_true(stamp_known(f));
	fixture_tag(f, "one@x", "other", NULL);
	assert_false(stamp_known(f));
	fixture_poll(f, b);
	assert_true(has_keyword(f, b, 1, "other"));
	box_close(b);
}

static void tags_that_notmuch_gives(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);

	fixture_write(f, "cur/3:2,S", ATTACHED);
	fixture_poll(f, b);
	assert_false(has_keyword(f, b, 2, "attachment"));
	fixture_drain(f);
	assert_true(stamp_known(f));
	fixture_poll(f, b);
	assert_true(has_keyword(f, b, 2, "attachment"));
	box_close(b);
}

static void others_before(void **state)
{
	struct fixture *f = *state;
	struct box     *b = begin(f);
	uint64_t        before = revision_known(f);

	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_FLAGGED, NULL);
	fixture_tag(f, "one@x", "other", NULL);
	fixture_drain(f);
	assert_int_equal(revision_known(f), before);
	assert_false(stamp_known(f));
	fixture_poll(f, b);
	assert_true(has_keyword(f, b, 1, "other"));
	assert_int_equal(fixture_row(b, 1).flags, MAIL_SEEN | MAIL_FLAGGED);
	box_close(b);
}

static int note(struct fixture *f, struct sync_drained *d)
{
	struct state_txn t;
	int              r = state_write(&f->store->state, &t);

	if (r == 0)
		r = sync_drained_put(d, &t);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

static struct sync_drained *look(struct fixture *f, const struct index_section *done, const struct str *ids, size_t n)
{
	struct sync_drained *d;

	assert_int_equal(sync_drained_look(f->store, done, ids, n, &d), 0);
	return d;
}

/* After our commit, before we look. */
static void others_at_once(void **state)
{
	struct fixture      *f = *state;
	struct box          *b = begin(f);
	struct index_section done = commit_ours(f);
	struct sync_drained *d;

	assert_int_equal(done.before.revision, revision_known(f));
	assert_int_equal(done.after, revision_known(f) + 1);
	fixture_tag(f, "one@x", "other", NULL);
	d = look(f, &done, NULL, 0);
	assert_int_equal(note(f, d), 0);
	sync_drained_free(d);
	assert_int_equal(revision_known(f), done.after);
	assert_false(stamp_known(f));
	fixture_poll(f, b);
	assert_true(has_keyword(f, b, 1, "other"));
	assert_true(stamp_known(f));
	box_close(b);
}

/* A session has followed the index while the drainer looked: what the drainer saw may be old. */
static void a_session_was_faster(void **state)
{
	const struct str     id = STR("one@x");
	struct fixture      *f = *state;
	struct box          *b = begin(f);
	struct index_section done = commit_ours(f);
	struct sync_drained *d;

	d = look(f, &done, &id, 1);
	fixture_tag(f, "one@x", "other", NULL);
	fixture_poll(f, b);
	assert_true(has_keyword(f, b, 1, "other"));
	assert_int_equal(note(f, d), 0);
	sync_drained_free(d);
	fixture_poll(f, b);
	assert_true(has_keyword(f, b, 1, "other"));
	assert_int_equal(revision_known(f), revision_of_index(f));
	box_close(b);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(own_commits), T(tags_that_notmuch_gives), T(others_before), T(others_at_once), T(a_session_was_faster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
