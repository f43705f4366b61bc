/* Annotations in the state: set together or not at all, found by level, counted, logged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "fixture.h"
#include "limits.h"
#include "metadata.h"
#include "state_metadata.h"
#include "store_priv.h"

static int set(struct fixture *f, const char *box, const char *entry, const char *value)
{
	struct metadata_log log;

	return metadata_set(f->store, str_of(box), &(struct metadata){ .entry = str_of(entry), .value = str_of(value) }, 1, &log);
}

/* "entry=value," for each that is found. */
static void expect(struct fixture *f, const char *box, const char *entry, unsigned depth, const char *want)
{
	struct str             name = str_of(entry);
	struct metadata_wanted w = { &name, 1, depth };
	struct buf             got = BUF(10000);
	struct metadata       *v;
	size_t                 n;

	assert_int_equal(metadata_get(f->store, str_of(box), &w, &f->a, &v, &n), 0);
	for (size_t i = 0; i < n; i++)
		buf_printf(&got, "%.*s=%.*s,", STR_ARG(v[i].entry), STR_ARG(v[i].value));
	assert_string_equal(buf_z(&got), want);
	buf_free(&got);
}

static void levels(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(set(f, "INBOX", "/private/A", "1"), 0);
	assert_int_equal(set(f, "INBOX", "/private/a/b", "2"), 0);
	assert_int_equal(set(f, "INBOX", "/private/a/b/c", "3"), 0);
	assert_int_equal(set(f, "INBOX", "/private/ab", "4"), 0);
	assert_int_equal(set(f, "Work", "/private/a", "5"), 0);
	assert_int_equal(set(f, "", "/private/a", "6"), 0);
	expect(f, "INBOX", "/private/a", 0, "/private/A=1,");
	expect(f, "INBOX", "/private/a", 1, "/private/A=1,/private/a/b=2,");
	expect(f, "INBOX", "/PRIVATE", METADATA_INFINITY, "/private/A=1,/private/a/b=2,/private/a/b/c=3,/private/ab=4,");
	expect(f, "", "/private", 1, "/private/a=6,");
	expect(f, "Work", "/shared", 1, "");
	assert_int_equal(set(f, "INBOX", "/private/a", "new"), 0);
	expect(f, "INBOX", "/private/a", 0, "/private/A=new,");
	assert_int_equal(set(f, "INBOX", "/private/a", NULL), 0);
	expect(f, "INBOX", "/private/a", 1, "/private/a/b=2,");
	fixture_reopen(f);
	expect(f, "Work", "/private", 1, "/private/a=5,");
	assert_int_equal(set(f, "None", "/private/a", "1"), -ENOENT);
}

static void all_or_none(void **state)
{
	struct fixture       *f = *state;
	const struct metadata v[] = {
		{ .entry = STR("/private/a"), .value = STR("1") },
		{ .entry = STR("/private/specialuse"), .value = STR("\\All") },
	};
	struct metadata_log log;

	assert_int_equal(metadata_set(f->store, STR("Work"), v, 2, &log), -EOPNOTSUPP);
	expect(f, "Work", "/private", 1, "");
}

/* Full is full, but what is there can be changed and removed. */
static void too_many(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < METADATA_COUNT_MAX; i++)
		assert_int_equal(set(f, "", arena_printf(&f->a, "/private/n%d", i), "x"), 0);
	assert_int_equal(set(f, "", "/private/more", "x"), -E2BIG);
	assert_int_equal(set(f, "", "/private/n0", "y"), 0);
	assert_int_equal(set(f, "INBOX", "/private/more", "x"), 0);
	assert_int_equal(set(f, "", "/private/n0", NULL), 0);
	assert_int_equal(set(f, "", "/private/more", "x"), 0);
}

/* The longest value, and the longest name with the longest mailbox name that a key has room for. */
static void sizes(void **state)
{
	struct fixture  *f = *state;
	char            *value = arena_alloc(&f->a, METADATA_VALUE_MAX + 1);
	struct str       entry = STR("/private/v");
	struct metadata *v;
	size_t           n;

	memset(value, 'v', METADATA_VALUE_MAX);
	assert_int_equal(set(f, "", "/private/v", value), 0);
	assert_int_equal(metadata_get(f->store, STR(""), &(struct metadata_wanted){ &entry, 1, 0 }, &f->a, &v, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(v[0].value.n, METADATA_VALUE_MAX);
	for (int more = 0; more < 2; more++) {
		const char *half = arena_printf(&f->a, "%0*d", DB_KEY_MAX - METADATA_NAME_MAX - 1 - 200 - 1 + more, 0);
		const char *box = arena_printf(&f->a, "%0200d/%s", 0, half);
		const char *name = arena_printf(&f->a, "/private/%0*d", METADATA_NAME_MAX - 9, 0);

		assert_int_equal(boxes_create(f->store, str_of(box), SPECIAL_NONE), 0);
		assert_int_equal(set(f, box, name, "x"), more ? -ENAMETOOLONG : 0);
	}
}

struct seen {
	struct buf b;
};

static void take(void *arg, struct str box, struct str entry)
{
	struct seen *s = arg;

	buf_printf(&s->b, "%.*s:%.*s,", STR_ARG(box), STR_ARG(entry));
}

static void changes_are_logged(void **state)
{
	struct fixture     *f = *state;
	struct seen         seen = { BUF(1000000) };
	struct metadata_log log = { .before = 0 };

	assert_int_equal(set(f, "", "/private/a", "1"), 0);
	assert_int_equal(set(f, "Work", "/Private/b", "1"), 0);
	assert_int_equal(set(f, "Work", "/private/b", "1"), 0);        /* no change */
	assert_int_equal(set(f, "Work", "/private/b", NULL), 0);
	assert_int_equal(set(f, "Work", "/private/none", NULL), 0);    /* nor that */
	assert_int_equal(metadata_changes(f->store, &log, take, &seen), 0);
	assert_int_equal(log.after, 3);
	assert_string_equal(buf_z(&seen.b), ":/private/a,Work:/Private/b,Work:/Private/b,");
	buf_reset(&seen.b);
	log = (struct metadata_log){ .before = 1, .after = 2 };
	assert_int_equal(metadata_changes(f->store, &log, take, &seen), 0);
	assert_string_equal(buf_z(&seen.b), "Work:/Private/b,");
	buf_free(&seen.b);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, fixture_start, fixture_stop)

static void note(struct fixture *f, unsigned n)
{
	struct state_txn t;

	assert_int_equal(state_write(&f->store->state, &t), 0);
	for (unsigned i = 0; i < n; i++)
		assert_int_equal(state_metadata_note(&t, STR(""), STR("/shared/a")), 0);
	assert_int_equal(state_commit(&t), 0);
}

static void count_one(void *arg, struct str box, struct str entry)
{
	++*(unsigned *)arg;
}

/* Whoever is too far behind learns that, and not of the last ones alone. */
static void log_ends(void **state)
{
	struct fixture     *f = *state;
	struct metadata_log log = { .before = 10 };
	unsigned            n = 0;

	note(f, 10 + METADATA_LOG_MAX);
	assert_int_equal(metadata_changes(f->store, &log, count_one, &n), 0);
	assert_int_equal(n, METADATA_LOG_MAX);
	assert_int_equal(log.after, 10 + METADATA_LOG_MAX);
	note(f, 1);
	log.after = 0;
	assert_int_equal(metadata_changes(f->store, &log, count_one, &n), -ESTALE);
	log = (struct metadata_log){ .before = 10, .after = 11 };
	assert_int_equal(metadata_changes(f->store, &log, count_one, &n), -ESTALE);
	log = (struct metadata_log){ .before = 11 };
	n = 0;
	assert_int_equal(metadata_changes(f->store, &log, count_one, &n), 0);
	assert_int_equal(n, METADATA_LOG_MAX);
	log = (struct metadata_log){ .before = log.after };
	assert_int_equal(metadata_changes(f->store, &log, count_one, &n), 0);
	assert_int_equal(n, METADATA_LOG_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = { CASE(levels), CASE(all_or_none), CASE(too_many), CASE(sizes), CASE(changes_are_logged), CASE(log_ends) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
