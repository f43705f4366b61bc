/* Changes of flags that depend on a MODSEQ, and what is told of one: RFC 7162 section 3.1.3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "change.h"
#include "fixture.h"

static struct box *two(struct fixture *f)
{
	fixture_mail(f, "cur/1000000001.a.h:2,S", "aa");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "bb");
	return fixture_open(f, "INBOX");
}

/* Does a change of message 1 pass? */
static bool passes(struct fixture *f, struct box *b, enum change_how how, uint32_t flags, size_t n_keywords, uint64_t since)
{
	static const struct str  words[] = { STR("$MDNSent"), STR("inbox") };
	const struct flag_change c = { .how = how, .flags = flags, .keywords = words, .n_keywords = n_keywords, .unchanged_since = since };
	const uint32_t           uid = 1;
	struct change_flagged    done;

	assert_int_equal(change_flags(b, &uid, 1, &c, &f->a, &done), 0);
	assert_true(done.n_modified == 0 || (done.n_modified == 1 && done.modified[0] == 1 && done.modseq == 0));
	return done.n_modified == 0;
}

static void a_later_change_holds_back(void **state)
{
	struct fixture *f = *state;
	struct box     *b = two(f);
	uint64_t        modseq = fixture_row(b, 1).modseq;

	assert_false(passes(f, b, CHANGE_ADD, MAIL_FLAGGED, 0, modseq - 1));
	assert_true(passes(f, b, CHANGE_ADD, MAIL_FLAGGED, 0, modseq));
	assert_true(fixture_row(b, 1).modseq > modseq);
	assert_false(passes(f, b, CHANGE_ADD, MAIL_DRAFT, 0, modseq));
	assert_false(passes(f, b, CHANGE_ADD, MAIL_FLAGGED, 0, modseq));        /* it would change nothing */
	assert_int_equal(fixture_row(b, 1).flags, MAIL_SEEN | MAIL_FLAGGED);
	box_close(b);
}

/* Flags are always there, keywords when the message has them. */
static void since_0_is_for_new_keywords(void **state)
{
	struct fixture *f = *state;
	struct box     *b = two(f);

	assert_false(passes(f, b, CHANGE_ADD, MAIL_FLAGGED, 0, 0));
	assert_false(passes(f, b, CHANGE_ADD, MAIL_FLAGGED, 1, 0));
	assert_false(passes(f, b, CHANGE_ADD, 0, 2, 0));
	assert_false(passes(f, b, CHANGE_SET, 0, 1, 0));
	assert_false(passes(f, b, CHANGE_SET, 0, 0, 0));
	assert_true(passes(f, b, CHANGE_REMOVE, 0, 1, 0));
	assert_true(passes(f, b, CHANGE_ADD, 0, 1, 0));
	assert_false(passes(f, b, CHANGE_ADD, 0, 1, 0));
	assert_false(passes(f, b, CHANGE_REMOVE, 0, 1, 0));
	box_close(b);
}

static void what_a_change_has_done(void **state)
{
	const struct flag_change flagged = { .how = CHANGE_ADD, .flags = MAIL_FLAGGED, .unchanged_since = UINT64_MAX };
	const struct flag_change draft = { .how = CHANGE_ADD, .flags = MAIL_DRAFT, .unchanged_since = UINT64_MAX };
	const uint32_t           uids[] = { 1, 2 };
	struct fixture          *f = *state;
	struct box              *b = two(f), *other = fixture_open(f, "INBOX");
	struct change_flagged    done;

	assert_int_equal(change_flags(b, uids, 2, &flagged, &f->a, &done), 0);
	assert_int_equal(done.modseq, fixture_row(b, 1).modseq);
	assert_int_equal(done.modseq, fixture_row(b, 2).modseq);
	assert_false(done.overtaken);
	assert_int_equal(change_flags(b, uids, 2, &flagged, &f->a, &done), 0);
	assert_int_equal(done.modseq, 0);
	/* the other session has not heard of it */
	assert_int_equal(change_flags(other, uids, 1, &draft, &f->a, &done), 0);
	assert_true(done.overtaken);
	fixture_poll(f, other);
	assert_int_equal(change_flags(other, uids + 1, 1, &draft, &f->a, &done), 0);
	assert_false(done.overtaken);
	box_close(other);
	box_close(b);
}

static void changed_since(void **state)
{
	const uint32_t  all[] = { 1, 2 }, *uids;
	struct fixture *f = *state;
	struct box     *b = two(f);
	uint64_t        modseq = box_highestmodseq(b);
	size_t          n;

	fixture_change(f, "INBOX", 2, CHANGE_ADD, MAIL_FLAGGED, NULL);
	assert_int_equal(box_changed_since(b, modseq, &f->a, all, 2, &uids, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(uids[0], 2);
	assert_int_equal(box_changed_since(b, modseq, &f->a, all, 1, &uids, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(box_changed_since(b, fixture_row(b, 2).modseq, &f->a, all, 2, &uids, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(box_changed_since(b, 1, &f->a, all, 2, &uids, &n), 0);
	assert_int_equal(n, 2);
	box_close(b);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_later_change_holds_back),
		CASE(since_0_is_for_new_keywords),
		CASE(what_a_change_has_done),
		CASE(changed_since),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
