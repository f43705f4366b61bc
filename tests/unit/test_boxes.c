/* Mailboxes: listing, making, renaming, removing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "fixture.h"

/* "NAME[attrs]" of all, a space between: n noselect, c children, s subscribed, x nonexistent, a digit for the use. */
static const char *list(struct fixture *f)
{
	struct box_info *v;
	struct buf       b = BUF(4000);
	const char      *z;
	size_t           n;

	assert_int_equal(boxes_list(f->store, &f->a, &v, &n), 0);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%.*s[", i ? " " : "", STR_ARG(v[i].name));
		buf_puts(&b, v[i].attrs & BOX_NOSELECT ? "n" : "");
		buf_puts(&b, v[i].attrs & BOX_HAS_CHILDREN ? "c" : "");
		buf_puts(&b, v[i].attrs & BOX_SUBSCRIBED ? "s" : "");
		buf_puts(&b, v[i].attrs & BOX_NONEXISTENT ? "x" : "");
		if (v[i].special != SPECIAL_NONE)
			buf_printf(&b, "%d", (int)v[i].special);
		buf_putc(&b, ']');
	}
	z = arena_z(&f->a, buf_view(&b));
	buf_free(&b);
	return z;
}

static void lists_what_is_there(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(list(f), "INBOX[s] Work[s]");
	assert_int_equal(boxes_create(f->store, STR("A/B/C"), SPECIAL_NONE), 0);
	assert_int_equal(boxes_create(f->store, STR("Sent"), SPECIAL_NONE), 0);
	assert_int_equal(boxes_create(f->store, STR("M\xc3\xbcll"), SPECIAL_TRASH), 0);
	assert_int_equal(boxes_subscribe(f->store, STR("Gone"), true), 0);
	assert_int_equal(boxes_subscribe(f->store, STR("Work"), false), 0);
	assert_string_equal(list(f), "INBOX[s] A[nc] A/B[nc] A/B/C[] Gone[sx] M\xc3\xbcll[3] Sent[1] Work[]");
}

static void refuses_what_cannot_be(void **state)
{
	static const char *const names[] = { "", "cur", "A/new", ".hidden", "A//B", "A/..", "..", "a\x01" "b" };
	struct fixture *f = *state;

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(boxes_create(f->store, str_of(names[i]), SPECIAL_NONE), -EINVAL);
		assert_true(store_why(f->store)[0] != '\0');
	}
	assert_int_equal(boxes_create(f->store, STR("INBOX"), SPECIAL_NONE), -EEXIST);
	assert_int_equal(boxes_create(f->store, STR("Work"), SPECIAL_NONE), -EEXIST);
	assert_int_equal(boxes_delete(f->store, STR("INBOX")), -EPERM);
	assert_int_equal(boxes_delete(f->store, STR("Nope")), -ENOENT);
	assert_int_equal(boxes_rename(f->store, STR("Nope"), STR("X")), -ENOENT);
	assert_int_equal(boxes_rename(f->store, STR("Work"), STR("Work/in")), -EINVAL);
}

static void delete_keeps_children(void **state)
{
	struct fixture *f = *state;

	list(f);                        /* what is there now counts as subscribed, what comes does not */
	assert_int_equal(boxes_create(f->store, STR("A"), SPECIAL_NONE), 0);
	assert_int_equal(boxes_create(f->store, STR("A/B"), SPECIAL_NONE), 0);
	fixture_mail(f, "A/cur/1000000001.a.h:2,", "a");
	assert_int_equal(boxes_delete(f->store, STR("A")), 0);
	assert_string_equal(list(f), "INBOX[s] A[nc] A/B[] Work[s]");
	assert_int_equal(boxes_delete(f->store, STR("A")), -EEXIST);
	assert_int_equal(boxes_delete(f->store, STR("A/B")), 0);
	assert_string_equal(list(f), "INBOX[s] Work[s]");
	assert_int_equal(boxes_delete(f->store, STR("A/B")), -ENOENT);
}

static void a_name_used_again_is_another_mailbox(void **state)
{
	struct fixture   *f = *state;
	struct box_status one, two;

	fixture_mail(f, "Work/cur/1000000001.a.h:2,", "a");
	assert_int_equal(boxes_status(f->store, STR("Work"), 0, &one), 0);
	assert_int_equal(boxes_delete(f->store, STR("Work")), 0);
	assert_int_equal(boxes_create(f->store, STR("Work"), SPECIAL_NONE), 0);
	assert_int_equal(boxes_status(f->store, STR("Work"), 0, &two), 0);
	assert_true(two.uidvalidity > one.uidvalidity);
	assert_int_equal(two.messages, 0);
}

static void rename_keeps_uids_below_too(void **state)
{
	struct fixture   *f = *state;
	struct box_status before, after;

	list(f);
	assert_int_equal(boxes_create(f->store, STR("Work/Deep"), SPECIAL_NONE), 0);
	fixture_mail(f, "Work/Deep/cur/1000000001.a.h:2,S", "a");
	fixture_mail(f, "Work/cur/1000000002.b.h:2,S", "b");
	assert_int_equal(boxes_status(f->store, STR("Work"), 0, &before), 0);
	assert_int_equal(boxes_status(f->store, STR("Work/Deep"), 0, &before), 0);
	assert_int_equal(boxes_rename(f->store, STR("Work"), STR("New/Work")), 0);
	assert_string_equal(list(f), "INBOX[s] New[nc] New/Work[c] New/Work/Deep[] Work[sx]");
	assert_int_equal(boxes_status(f->store, STR("New/Work/Deep"), STATUS_SIZE, &after), 0);
	assert_int_equal(after.uidvalidity, before.uidvalidity);
	assert_int_equal(after.uidnext, before.uidnext);
	assert_int_equal(after.messages, 1);
	assert_true(after.size > 0);
}

static void inbox_is_renamed_by_moving(void **state)
{
	struct fixture   *f = *state;
	struct box_status st;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "a");
	fixture_mail(f, "new/1000000002.b.h", "b");
	assert_int_equal(boxes_rename(f->store, STR("INBOX"), STR("Old")), 0);
	assert_int_equal(boxes_status(f->store, STR("INBOX"), 0, &st), 0);
	assert_int_equal(st.messages, 0);
	assert_int_equal(boxes_status(f->store, STR("Old"), 0, &st), 0);
	assert_int_equal(st.messages, 2);
	assert_int_equal(boxes_rename(f->store, STR("INBOX"), STR("Old")), -EEXIST);
}

static void status_counts(void **state)
{
	struct fixture   *f = *state;
	struct box_status st;

	fixture_mail(f, "cur/1000000001.a.h:2,S", "a");
	fixture_mail(f, "new/1000000002.b.h", "b");
	assert_int_equal(boxes_status(f->store, STR("INBOX"), STATUS_SIZE, &st), 0);
	assert_int_equal(st.messages, 2);
	assert_int_equal(st.unseen, 1);
	assert_int_equal(st.recent, 2);
	assert_int_equal(st.uidnext, 3);
	/* "From: a@example.org" and so on, each line with CRLF: two messages. */
	assert_int_equal(st.size, 2 * (21 + 19 + 12 + 17 + 2 + 7));
	assert_int_equal(boxes_status(f->store, STR("Nope"), 0, &st), -ENOENT);
}

static void names_are_composed(void **state)
{
	struct fixture   *f = *state;
	struct box_status st;

	assert_int_equal(boxes_create(f->store, STR("Mu\xcc\x88ll"), SPECIAL_NONE), 0);
	assert_string_equal(list(f), "INBOX[s] M\xc3\xbcll[s] Work[s]");
	assert_int_equal(boxes_status(f->store, STR("Mu\xcc\x88ll"), 0, &st), 0);
	assert_int_equal(boxes_create(f->store, STR("M\xc3\xbcll"), SPECIAL_NONE), -EEXIST);
}

static void symbolic_links_do_not_loop(void **state)
{
	struct fixture *f = *state;
	char            path[160];

	snprintf(path, sizeof(path), "%s/Work/self", f->mail);
	assert_int_equal(symlink("..", path), 0);
	assert_string_equal(list(f), "INBOX[s] Work[s]");
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(lists_what_is_there),
		CASE(refuses_what_cannot_be),
		CASE(delete_keeps_children),
		CASE(a_name_used_again_is_another_mailbox),
		CASE(rename_keeps_uids_below_too),
		CASE(inbox_is_renamed_by_moving),
		CASE(status_counts),
		CASE(names_are_composed),
		CASE(symbolic_links_do_not_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
