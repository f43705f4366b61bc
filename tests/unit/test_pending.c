/* Counts and names of tags that nobody opened are right however far the drainer has got: with nothing of the journal in the index, with the
 * records still there and the index written already, and after both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "boxes.h"
#include "change.h"
#include "fixture.h"
#include "journal.h"
#include "store_priv.h"

static int start(void **state)
{
	struct fixture *f;
	int             r = fixture_start(state);

	f = *state;
	f->store->conf.tags = "Tags";
	f->store->conf.all = "All";
	f->store->conf.deleted_tag = "deleted";
	fixture_mail(f, "cur/1000000001.a.h:2,S", "a@x");
	fixture_mail(f, "cur/1000000002.b.h:2,", "b@x");
	box_close(fixture_open(f, "INBOX"));
	fixture_drain(f);
	return r;
}

static bool is_listed(struct fixture *f, const char *name)
{
	struct box_info *v;
	size_t           n;

	assert_int_equal(boxes_list(f->store, &f->a, &v, &n), 0);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, str_of(name)))
			return true;
	return false;
}

static void assert_counts(struct fixture *f, const char *name, uint32_t messages, uint32_t unseen)
{
	struct box_status st;

	assert_int_equal(boxes_status(f->store, str_of(name), STATUS_COUNTS, &st), 0);
	assert_int_equal(st.messages, messages);
	assert_int_equal(st.unseen, unseen);
	assert_int_equal(is_listed(f, name), messages > 0);
}

static void a_tag_is_given(void **state)
{
	struct fixture *f = *state;

	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");
	assert_counts(f, "Tags/todo", 1, 0);
	fixture_tag(f, "a@x", "todo", NULL);
	assert_counts(f, "Tags/todo", 1, 0);
	fixture_change(f, "INBOX", 2, CHANGE_ADD, 0, "todo");
	assert_counts(f, "Tags/todo", 2, 1);
	fixture_tag(f, "b@x", "todo", NULL);
	assert_counts(f, "Tags/todo", 2, 1);
	assert_false(journal_empty(&f->store->state));
	fixture_drain(f);
	assert_counts(f, "Tags/todo", 2, 1);
}

static void a_tag_is_taken(void **state)
{
	struct fixture *f = *state;

	fixture_tag(f, "a@x", "todo", NULL);
	fixture_tag(f, "b@x", "todo", NULL);
	assert_counts(f, "Tags/todo", 2, 1);
	fixture_change(f, "INBOX", 1, CHANGE_REMOVE, 0, "todo");
	assert_counts(f, "Tags/todo", 1, 1);
	fixture_tag(f, "a@x", NULL, "todo");
	assert_counts(f, "Tags/todo", 1, 1);
	fixture_change(f, "INBOX", 2, CHANGE_REMOVE, 0, "todo");
	assert_false(is_listed(f, "Tags/todo"));
	fixture_tag(f, "b@x", NULL, "todo");
	assert_false(is_listed(f, "Tags/todo"));
	fixture_drain(f);
	assert_false(is_listed(f, "Tags/todo"));
}

static void a_message_is_read(void **state)
{
	struct fixture *f = *state;

	fixture_tag(f, "a@x", "todo", NULL);
	fixture_tag(f, "b@x", "todo", NULL);
	fixture_change(f, "INBOX", 2, CHANGE_ADD, MAIL_SEEN, NULL);
	assert_counts(f, "Tags/todo", 2, 0);
	assert_counts(f, "All", 2, 0);
	fixture_tag(f, "b@x", NULL, "unread");
	assert_counts(f, "Tags/todo", 2, 0);
	fixture_drain(f);
	assert_counts(f, "Tags/todo", 2, 0);
	assert_counts(f, "All", 2, 0);
}

/* Neither hides the other. */
static void others_tag_it_meanwhile(void **state)
{
	struct fixture *f = *state;

	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "mine");
	fixture_tag(f, "a@x", "theirs", NULL);
	assert_counts(f, "Tags/mine", 1, 0);
	assert_counts(f, "Tags/theirs", 1, 0);
	fixture_tag(f, "a@x", "mine", "theirs");
	assert_counts(f, "Tags/mine", 1, 0);
	assert_false(is_listed(f, "Tags/theirs"));
	fixture_drain(f);
	assert_counts(f, "Tags/mine", 1, 0);
	assert_false(is_listed(f, "Tags/theirs"));
}

static void a_mail_that_is_not_indexed_counts(void **state)
{
	struct fixture *f = *state;

	fixture_mail(f, "new/1000000003.c.h", "c@x");
	box_close(fixture_open(f, "INBOX"));
	assert_counts(f, "All", 3, 2);
	fixture_change(f, "INBOX", 3, CHANGE_ADD, 0, "todo");
	assert_counts(f, "Tags/todo", 1, 1);
	fixture_drain(f);
	assert_counts(f, "All", 3, 2);
	assert_counts(f, "Tags/todo", 1, 1);
}

static void an_expunged_mail_does_not(void **state)
{
	const uint32_t  uid = 1;
	struct fixture *f = *state;
	const uint32_t *uids;
	struct box     *b;
	size_t          n;

	fixture_tag(f, "a@x", "todo", NULL);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, MAIL_DELETED, NULL);
	b = fixture_open(f, "INBOX");
	assert_int_equal(change_expunge(b, &uid, 1, &f->a, &uids, &n), 0);
	assert_int_equal(n, 1);
	box_close(b);
	assert_false(is_listed(f, "Tags/todo"));
	assert_counts(f, "All", 1, 1);
	fixture_drain(f);
	assert_false(is_listed(f, "Tags/todo"));
	assert_counts(f, "All", 1, 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_tag_is_given), T(a_tag_is_taken), T(a_message_is_read), T(others_tag_it_meanwhile), T(a_mail_that_is_not_indexed_counts),
		T(an_expunged_mail_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
