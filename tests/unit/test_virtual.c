/* Mailboxes of tags and of all mail: they hold what has the tag, whoever gave it. */
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
#include "journal.h"
#include "vbox.h"

static int start(void **state)
{
	static const char *const hidden[] = { "inbox" };
	struct fixture *f;
	int             r = fixture_start(state);

	f = *state;
	f->store->conf.tags = "Tags";
	f->store->conf.all = "All";
	f->store->conf.flagged = "Flagged";
	f->store->conf.hidden = hidden;
	f->store->conf.n_hidden = 1;
	f->store->conf.deleted_tag = "deleted";
	fixture_mail(f, "cur/1000000001.a.h:2,S", "a");
	fixture_mail(f, "cur/1000000002.b.h:2,S", "b");
	fixture_mail(f, "Work/cur/1000000003.c.h:2,FS", "c");
	return r;
}

static uint32_t count(struct fixture *f, const char *box)
{
	struct box *b = fixture_open(f, box);
	uint32_t    n = box_count(b);

	box_close(b);
	return n;
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

static void members_come_and_go(void **state)
{
	struct fixture    *f = *state;
	struct box_changes c;
	struct box        *b;

	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");
	b = fixture_open(f, "Tags/todo");
	assert_int_equal(box_count(b), 1);
	fixture_change(f, "Work", 1, CHANGE_ADD, 0, "todo");
	c = fixture_poll(f, b);
	assert_true(c.grown);
	assert_int_equal(box_uid(b, 2), 2);
	assert_int_equal(fixture_row(b, 2).flags, MAIL_SEEN | MAIL_FLAGGED);
	fixture_change(f, "INBOX", 1, CHANGE_REMOVE, 0, "todo");
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 1);
	assert_int_equal(c.expunged_uids[0], 1);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");         /* back: a new UID */
	fixture_poll(f, b);
	assert_int_equal(box_uid(b, 2), 3);
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "other");        /* stays, changed */
	c = fixture_poll(f, b);
	assert_int_equal(c.n_changed, 1);
	box_close(b);
}

static void files_that_go_are_expunged(void **state)
{
	struct fixture *f = *state;
	struct box     *b;

	b = fixture_open(f, "All");
	assert_int_equal(box_count(b), 3);
	fixture_remove(f, "cur/1000000002.b.h:2,S");
	assert_int_equal(fixture_poll(f, b).n_expunged, 1);
	fixture_mail(f, "new/1000000004.d.h", "d");
	assert_true(fixture_poll(f, b).grown);
	box_close(b);
}

static void a_message_with_two_files_is_there_once(void **state)
{
	struct fixture    *f = *state;
	struct box_changes c;
	struct box        *b;

	fixture_mail(f, "Work/cur/1000000005.e.h:2,S", "a");
	b = fixture_open(f, "All");
	assert_int_equal(box_count(b), 3);
	fixture_remove(f, "cur/1000000001.a.h:2,S");    /* the other stands for it now */
	c = fixture_poll(f, b);
	assert_int_equal(c.n_expunged, 0);
	assert_int_equal(box_count(b), 3);
	fixture_remove(f, "Work/cur/1000000005.e.h:2,S");
	assert_int_equal(fixture_poll(f, b).n_expunged, 1);
	box_close(b);
}

static void expunge_takes_the_tag_not_the_file(void **state)
{
	const uint32_t  uid = 1;
	struct fixture *f = *state;
	const uint32_t *uids;
	struct box     *b;
	size_t          n;

	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");
	b = fixture_open(f, "Tags/todo");
	assert_int_equal(change_flags(b, &uid, 1, &(struct flag_change){ .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX },
		&f->a, &(struct change_flagged){ 0 }), 0);
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &uids, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(fixture_poll(f, b).n_expunged, 1);
	box_close(b);
	assert_int_equal(count(f, "INBOX"), 2);
	assert_int_equal(count(f, "All"), 3);
	/* From all mail nothing can be taken but by a tag. */
	b = fixture_open(f, "All");
	assert_int_equal(change_flags(b, &uid, 1, &(struct flag_change){ .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX },
		&f->a, &(struct change_flagged){ 0 }), 0);
	assert_int_equal(change_expunge(b, NULL, 0, &f->a, &uids, &n), 0);
	assert_int_equal(fixture_poll(f, b).n_expunged, 1);
	box_close(b);
	assert_int_equal(count(f, "INBOX"), 2);
	assert_int_equal(count(f, "Tags/deleted"), 1);
}

/* How many records the journal has ever had. */
static uint64_t journalled(struct fixture *f)
{
	uint64_t last;

	journal_oldest(&f->store->state, &last);
	return last;
}

static void copy_and_move_are_tags(void **state)
{
	const uint32_t       both[] = { 1, 2 };
	struct change_copied c;
	struct fixture      *f = *state;
	struct box          *b = fixture_open(f, "INBOX"), *t;
	uint64_t             before;

	assert_int_equal(change_copy(b, both, 2, STR("Tags/x"), &f->a, &c), -ENOENT);
	assert_int_equal(boxes_create(f->store, STR("Tags/x"), SPECIAL_NONE), 0);
	assert_int_equal(boxes_create(f->store, STR("Tags/y"), SPECIAL_NONE), 0);
	assert_int_equal(change_copy(b, both, 2, STR("Tags/x"), &f->a, &c), 0);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.to[0], 1);
	assert_int_equal(c.to[1], 2);
	assert_int_equal(change_move(b, both, 2, STR("Tags/x"), &f->a, &c), -EINVAL);
	assert_int_equal(change_copy(b, both, 2, STR("All"), &f->a, &c), -EINVAL);
	t = fixture_open(f, "Tags/x");
	before = journalled(f);
	assert_int_equal(change_move(t, both, 1, STR("Tags/y"), &f->a, &c), 0);
	assert_int_equal(journalled(f), before + 1);    /* the index writes it once */
	assert_int_equal(fixture_poll(f, t).n_expunged, 1);
	assert_int_equal(count(f, "Tags/y"), 1);
	assert_int_equal(change_move(t, &both[1], 1, STR("Work"), &f->a, &c), 0);
	assert_int_equal(fixture_poll(f, t).n_expunged, 1);
	assert_int_equal(count(f, "Work"), 2);
	assert_int_equal(count(f, "INBOX"), 2);         /* a copy, then out of the tag */
	box_close(b);
	box_close(t);
}

static void a_move_to_the_trash_takes_the_files(void **state)
{
	const uint32_t       uid = 1;
	struct change_copied c;
	struct fixture      *f = *state;
	struct box          *t;

	assert_int_equal(boxes_create(f->store, STR("Trash"), SPECIAL_TRASH), 0);
	fixture_mail(f, "Work/cur/1000000005.e.h:2,S", "a");
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "todo");
	t = fixture_open(f, "Tags/todo");
	assert_int_equal(change_move(t, &uid, 1, STR("Trash"), &f->a, &c), 0);
	assert_int_equal(c.n, 1);
	box_close(t);
	assert_int_equal(count(f, "Trash"), 2);
	assert_int_equal(count(f, "INBOX"), 1);
	assert_int_equal(count(f, "Work"), 1);
	assert_int_equal(count(f, "Tags/todo"), 0);
}

static void append_to_a_tag_adds_it(void **state)
{
	const char      text[] = "Message-ID: <new@x>\nSubject: x\n\nbody\n";
	struct fixture *f = *state;
	struct append  *ap;
	uint32_t        validity, uid;

	assert_int_equal(append_begin(f->store, STR("Tags/x"), &ap), -ENOENT);
	assert_int_equal(boxes_create(f->store, STR("Tags/x"), SPECIAL_NONE), 0);
	assert_int_equal(append_begin(f->store, STR("Tags/x"), &ap), 0);
	assert_int_equal(append_write(ap, text, sizeof(text) - 1), 0);
	assert_int_equal(append_commit(ap, &(struct flag_change){ .how = CHANGE_SET, .flags = MAIL_SEEN, .unchanged_since = 0 }, 1234567890, &validity, &uid), 0);
	assert_int_equal(uid, 1);
	assert_int_equal(count(f, "Tags/x"), 1);
	assert_int_equal(count(f, "INBOX"), 3);
	assert_int_equal(append_begin(f->store, STR("All"), &ap), -EINVAL);
}

static void create_rename_delete(void **state)
{
	struct fixture   *f = *state;
	struct box_status before, after;
	uint64_t          records;

	assert_int_equal(boxes_create(f->store, STR("Tags/empty"), SPECIAL_NONE), 0);
	assert_true(is_listed(f, "Tags/empty"));
	assert_int_equal(boxes_create(f->store, STR("Tags/empty"), SPECIAL_NONE), -EEXIST);
	assert_int_equal(boxes_create(f->store, STR("Tags/inbox"), SPECIAL_NONE), -EINVAL);     /* hidden */
	fixture_change(f, "INBOX", 1, CHANGE_ADD, 0, "one");
	fixture_change(f, "INBOX", 2, CHANGE_ADD, 0, "one/two");
	assert_int_equal(boxes_status(f->store, STR("Tags/one"), 0, &before), 0);
	assert_int_equal(boxes_status(f->store, STR("Tags/one/two"), 0, &before), 0);
	records = journalled(f);
	assert_int_equal(boxes_rename(f->store, STR("Tags/one"), STR("Tags/new")), 0);
	assert_int_equal(journalled(f), records + 2);
	assert_int_equal(boxes_status(f->store, STR("Tags/new/two"), 0, &after), 0);
	assert_int_equal(after.uidvalidity, before.uidvalidity);
	assert_int_equal(after.uidnext, before.uidnext);
	assert_int_equal(count(f, "Tags/new"), 1);
	assert_false(is_listed(f, "Tags/one"));
	assert_int_equal(boxes_rename(f->store, STR("Tags/new"), STR("Folder")), -EINVAL);
	assert_int_equal(boxes_delete(f->store, STR("Tags/new")), 0);
	assert_int_equal(count(f, "INBOX"), 2);
	assert_int_equal(boxes_delete(f->store, STR("All")), -EINVAL);
}

static void names_map_back(void **state)
{
	static const struct { const char *tag, *name; } cases[] = {
		{ "todo", "Tags/todo" }, { "a=b", "Tags/a=3db" }, { "a/b", "Tags/a/b" }, { "/a", "Tags/=2fa" }, { "a//b", "Tags/a=2f/b" },
		{ "a/", "Tags/a=2f" }, { "\xff", "Tags/=ff" }, { "M\xc3\xbcll", "Tags/M\xc3\xbcll" }, { "two words", "Tags/two words" },
	};
	struct fixture *f = *state;
	char            longest[200];           /* octets; three for each in the mailbox's name */

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct vbox v;
		struct str  name = vbox_tag_name(f->store, &f->a, str_of(cases[i].tag));

		assert_string_equal(name.p, cases[i].name);
		assert_int_equal(vbox_find(f->store, &f->a, name, &v), 0);
		assert_int_equal(v.kind, VBOX_TAG);
		assert_true(str_eq(v.arg, str_of(cases[i].tag)));
	}
	memset(longest, '=', sizeof(longest));
	assert_int_equal(vbox_tag_name(f->store, &f->a, (struct str){ longest, sizeof(longest) }).n, 0);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(members_come_and_go),
		CASE(files_that_go_are_expunged),
		CASE(a_message_with_two_files_is_there_once),
		CASE(expunge_takes_the_tag_not_the_file),
		CASE(copy_and_move_are_tags),
		CASE(a_move_to_the_trash_takes_the_files),
		CASE(append_to_a_tag_adds_it),
		CASE(create_rename_delete),
		CASE(names_map_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
