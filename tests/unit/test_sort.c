#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sort.h"

#include <stdlib.h>
#include <string.h>

#include "mailtext.h"

/* A store of our own below the search: the real one is not linked. Message i has UID 10 + i and serial 100 + i. */
struct one {
	int64_t     date;
	uint64_t    size;
	const char *file;               /* NULL: gone */
};

static const struct one few[] = {
	{ 1000, 50, "From: Zed <ann@x>\nTo: b@x\nSubject: Re: banana\nDate: 1 Jan 2000 00:00:00 +0000\n\n" },
	{ 3000, 40, "From: bob@x\nTo: \"A\" <z@x>\nCc: d@x\nSubject: apple\nDate: 31 Dec 1999 16:01:33 -0800\n\n" },
	{ 2000, 30, "From: =?utf-8?q?=C3=84nne?= <Ann@y>\nSubject: [list] Apple\nDate: never\n\n" },
	{ 5000, 20, NULL },
	{ 4000, 50, "From: ann <carl@x>\nTo: b@y\nCc: D@y, a@z\nSubject: banana\nDate: 1 Jan 2000 01:00:00 +0100\n\n" },
	{ 4000, 10, "Subject:\n\n" },
};

enum { N = sizeof(few) / sizeof(few[0]), MANY = 17000, RECORDS = 2 };

static const char        unreadable_file[] = "";
static const struct one *mails = few;
static unsigned          put;
static char              kept[MANY][400];
static size_t            kept_n[MANY];
static char              order_texts[RECORDS][300 * 1024];
static struct str        kept_order[RECORDS];
static uint32_t          count = N;     /* of the mailbox */
static unsigned          asked, ordered;

int box_rows(struct box *b, const uint32_t *uids, size_t n, struct row *rows)
{
	for (size_t i = 0; i < n; i++) {
		size_t m = uids[i] - 10;

		rows[i] = (struct row){ .serial = 100 + m, .uid = mails[m].file ? uids[i] : 0, .date = mails[m].date, .size = ROW_SIZE_UNKNOWN };
	}
	return 0;
}

int box_sizes(struct box *b, struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rows[i].size = mails[rows[i].serial - 100].size;
	return 0;
}

uint32_t box_id(const struct box *b)
{
	return 3;
}

uint32_t box_count(const struct box *b)
{
	return count;
}

const char *store_spool(const struct store *s)
{
	return NULL;
}

int mail_cached(struct store *s, enum mail_cache kind, const uint64_t *serials, size_t n, mail_cache_fn fn, void *arg)
{
	if (kind == MAIL_CACHE_ORDER) {
		assert_int_equal(serials[0] >> 8 & UINT32_MAX, 3);
		fn(arg, 0, serials[0] >> 40 < RECORDS ? kept_order[serials[0] >> 40] : STR_NONE);
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		size_t m = serials[i] - 100;

		asked++;
		fn(arg, i, kind == MAIL_CACHE_TRAITS && kept_n[m] > 0 ? (struct str){ kept[m], kept_n[m] } : STR_NONE);
	}
	return 0;
}

int mail_cache_put(struct store *s, enum mail_cache kind, const uint64_t *serials, const struct str *texts, size_t n)
{
	if (kind == MAIL_CACHE_ORDER) {
		size_t record = serials[0] >> 40;

		assert_int_equal(n, 1);
		assert_true(record < RECORDS && texts->n <= sizeof(order_texts[0]));
		memcpy(order_texts[record], texts->p, texts->n);
		kept_order[record] = (struct str){ order_texts[record], texts->n };
		ordered++;
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		size_t m = serials[i] - 100;

		if (kind == MAIL_CACHE_HEADER)
			continue;               /* what the traits are made from: test_derived.c */
		assert_int_equal(kind, MAIL_CACHE_TRAITS);
		assert_true(texts[i].n <= sizeof(kept[m]));
		memcpy(kept[m], texts[i].p, texts[i].n);
		kept_n[m] = texts[i].n;
		put++;
	}
	return 0;
}

static const char *mailtext(uint64_t serial)
{
	const char *file = mails[serial - 100].file;

	return file == unreadable_file ? NULL : file;
}

/* want: the UIDs, in order. */
static const struct {
	struct sort_key keys[3];
	size_t          n_keys;
	uint32_t        want[N];
} cases[] = {
	{ { { SORT_ARRIVAL, false } }, 1, { 10, 12, 11, 14, 15 } },
	/* Only the criterion turns round, not the mailbox's order (RFC 5256 section 3). */
	{ { { SORT_ARRIVAL, true } }, 1, { 14, 15, 11, 12, 10 } },
	{ { { SORT_SIZE, false } }, 1, { 15, 12, 11, 10, 14 } },
	{ { { SORT_SIZE, true }, { SORT_ARRIVAL, true } }, 2, { 14, 10, 11, 12, 15 } },
	/* RFC 5256 section 2.2: in UTC; without a date that can be read the internal one */
	{ { { SORT_DATE, false } }, 1, { 12, 15, 10, 14, 11 } },
	{ { { SORT_DATE, true } }, 1, { 11, 10, 14, 15, 12 } },
	/* Base subjects, any case; the empty one first */
	{ { { SORT_SUBJECT, false } }, 1, { 15, 11, 12, 10, 14 } },
	{ { { SORT_SUBJECT, false }, { SORT_ARRIVAL, false } }, 2, { 15, 12, 11, 10, 14 } },
	{ { { SORT_SUBJECT, true }, { SORT_ARRIVAL, true } }, 2, { 14, 10, 11, 12, 15 } },
	{ { { SORT_FROM, false } }, 1, { 15, 10, 12, 11, 14 } },
	{ { { SORT_TO, false } }, 1, { 12, 15, 10, 14, 11 } },
	{ { { SORT_CC, false } }, 1, { 10, 12, 15, 11, 14 } },
	/* RFC 5957: "", ANNE with its dots taken apart, ANN, BOB@X, ZED */
	{ { { SORT_DISPLAYFROM, false } }, 1, { 15, 14, 12, 11, 10 } },
	{ { { SORT_DISPLAYTO, false } }, 1, { 12, 15, 11, 10, 14 } },
};

/* A message that has gone is somewhere, and the others are where they would be without it. */
static void order(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t uids[N] = { 10, 11, 12, 13, 14, 15 };
		size_t   there = 0;

		assert_int_equal(sort_run(NULL, NULL, cases[i].keys, cases[i].n_keys, uids, NULL, N), 0);
		for (size_t k = 0; k < N; k++) {
			print_message("%zu.%zu: %u\n", i, k, uids[k]);
			if (uids[k] != 13)
				assert_int_equal(uids[k], cases[i].want[there++]);
		}
		assert_int_equal(there, N - 1);
	}
}

/* Numbers that are more than 32 bits apart. */
static void far_apart(void **state)
{
	static const struct one some[] = {
		{ INT64_MAX, 1, "\n" }, { 7, UINT64_C(1) << 40, "\n" }, { -5, 2, "\n" }, { INT64_MIN, (UINT64_C(1) << 40) + 1, "\n" },
		{ UINT32_MAX, UINT32_MAX, "\n" }, { INT64_C(1) << 33, UINT64_C(1) << 32, "\n" }, { 7, 0, "\n" },
	};
	static const struct {
		struct sort_key keys[2];
		size_t          n_keys;
		uint32_t        want[7];
	} far[] = {
		{ { { SORT_ARRIVAL, false } }, 1, { 13, 12, 11, 16, 14, 15, 10 } },
		{ { { SORT_ARRIVAL, true } }, 1, { 10, 15, 14, 11, 16, 12, 13 } },
		{ { { SORT_ARRIVAL, false }, { SORT_SIZE, false } }, 2, { 13, 12, 16, 11, 14, 15, 10 } },
		{ { { SORT_SIZE, false } }, 1, { 16, 10, 12, 14, 15, 11, 13 } },
	};

	mails = some;
	for (size_t i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
		uint32_t uids[] = { 10, 11, 12, 13, 14, 15, 16 };

		assert_int_equal(sort_run(NULL, NULL, far[i].keys, far[i].n_keys, uids, NULL, 7), 0);
		assert_memory_equal(uids, far[i].want, sizeof(uids));
	}
	mails = few;
	memset(kept_n, 0, sizeof(kept_n));
}

/* Files are opened once, and not at all for what the rows tell. */
static void files(void **state)
{
	uint32_t uids[] = { 10, 11, 12, 14, 15 };
	size_t   n = sizeof(uids) / sizeof(uids[0]);

	memset(kept_n, 0, sizeof(kept_n));
	opened = put = 0;
	sort_run(NULL, NULL, cases[1].keys, 1, uids, NULL, n);
	sort_run(NULL, NULL, cases[2].keys, 1, uids, NULL, n);
	assert_int_equal(opened, 0);
	sort_run(NULL, NULL, cases[6].keys, 1, uids, NULL, n);
	assert_int_equal(opened, 5);
	assert_int_equal(put, 5);
	sort_run(NULL, NULL, cases[4].keys, 1, uids, NULL, n);
	sort_run(NULL, NULL, cases[9].keys, 1, uids, NULL, n);
	assert_int_equal(opened, 5);
	kept[0][0]++;                   /* of another version */
	sort_run(NULL, NULL, cases[4].keys, 1, uids, NULL, n);
	assert_int_equal(opened, 6);
	assert_int_equal(sort_run(NULL, NULL, cases[4].keys, 1, uids, NULL, 0), 0);
}

/* RFC 6203 section 6: the highest score first; scores move with their messages, and cost no file. */
static void relevancy(void **state)
{
	static const struct sort_key keys[] = { { SORT_RELEVANCY, false }, { SORT_ARRIVAL, true } }, back = { SORT_RELEVANCY, true };
	static const uint32_t        want[] = { 11, 14, 12, 10, 15 }, want_back[] = { 15, 10, 12, 14, 11 };
	static const uint8_t         want_scores[] = { 99, 50, 50, 4, 1 };
	uint32_t                     uids[] = { 10, 11, 12, 14, 15 };
	uint8_t                      scores[] = { 4, 99, 50, 50, 1 };
	size_t                       n = sizeof(scores);

	opened = 0;
	assert_int_equal(sort_run(NULL, NULL, keys, 2, uids, scores, n), 0);
	assert_memory_equal(uids, want, sizeof(want));
	assert_memory_equal(scores, want_scores, sizeof(want_scores));
	assert_int_equal(opened, 0);
	assert_int_equal(sort_run(NULL, NULL, &back, 1, uids, scores, n), 0);
	assert_int_equal(uids[0], want_back[0]);
	assert_int_equal(uids[4], want_back[4]);
}

/* Message i of many: its subject is one of a thousand, which begin alike. */
static unsigned subject_of(uint32_t uid)
{
	return (uid - 10) * 7919 % 1000;
}

static int by_subject(const void *p, const void *q)
{
	uint32_t x = *(const uint32_t *)p, y = *(const uint32_t *)q;

	return subject_of(x) != subject_of(y) ? (subject_of(x) > subject_of(y)) - (subject_of(x) < subject_of(y)) : (x > y) - (x < y);
}

/* The first n, sorted by subject and size. */
static void assert_many(size_t n, bool from_order)
{
	static const struct sort_key keys[] = { { SORT_SUBJECT, false }, { SORT_SIZE, false } };
	struct arena                 a = ARENA_INIT;
	uint32_t                    *uids = ARENA_NEW_N(&a, n, uint32_t), *want = ARENA_NEW_N(&a, n, uint32_t);

	for (uint32_t i = 0; i < n; i++)
		uids[i] = want[i] = 10 + i;
	qsort(want, n, sizeof(*want), by_subject);
	asked = 0;
	assert_int_equal(sort_run(NULL, NULL, keys, 2, uids, NULL, n), 0);
	assert_memory_equal(uids, want, n * sizeof(*want));
	assert_true((asked == 0) == from_order);
	arena_free(&a);
}

/* The order of a whole mailbox is kept, is of use for parts of it, and no longer when a message has come. */
static void many(void **state)
{
	struct arena a = ARENA_INIT;
	struct one  *made = ARENA_NEW_N(&a, MANY, struct one);

	for (uint32_t i = 0; i < MANY; i++)
		made[i] = (struct one){ .size = i, .file = arena_printf(&a, "Subject: Report of week %03u\n\n", subject_of(10 + i)) };
	memset(kept_n, 0, sizeof(kept_n));
	mails = made;
	count = MANY - 1;
	ordered = 0;
	assert_many(MANY / 2, false);
	assert_int_equal(ordered, 0);
	kept_n[MANY / 4] = 0;
	assert_many(MANY - 1, false);
	assert_int_equal(ordered, RECORDS);
	assert_many(MANY - 1, true);
	assert_many(MANY / 2, true);
	count = MANY;
	assert_many(MANY, false);
	assert_int_equal(ordered, 2 * RECORDS);
	assert_many(MANY, true);
	order_texts[0][1]++;            /* of other traits */
	assert_many(MANY, false);
	order_texts[1][8]++;            /* of another writing */
	assert_many(MANY / 2, true);
	assert_many(MANY, false);
	kept_order[1] = STR_NONE;
	assert_many(MANY / 2, true);
	assert_many(MANY, false);
	for (kept_order[0].n = 0; kept_order[0].n < 2000; kept_order[0].n += 7)
		assert_many(200, false);
	memset(kept_order, 0, sizeof(kept_order));
	mails = few;
	count = N;
	memset(kept_n, 0, sizeof(kept_n));
	arena_free(&a);
}

/* What cannot be read today may be read tomorrow. */
static void unreadable(void **state)
{
	static const struct sort_key key = { SORT_SUBJECT, false };
	struct arena                 a = ARENA_INIT;
	struct one                  *made = ARENA_NEW_N(&a, MANY, struct one);
	uint32_t                    *uids = ARENA_NEW_N(&a, MANY, uint32_t);
	size_t                       n = MANY;

	for (uint32_t i = 0; i < MANY; i++) {
		uids[i] = 10 + i;
		made[i].file = i == 5 ? unreadable_file : "Subject: x\n\n";
	}
	mails = made;
	count = MANY;
	ordered = 0;
	assert_int_equal(sort_run(NULL, NULL, &key, 1, uids, NULL, n), 0);
	assert_int_equal(uids[0], 15);
	assert_int_equal(ordered, 0);
	mails = few;
	count = N;
	memset(kept_n, 0, sizeof(kept_n));
	arena_free(&a);
}

/* Texts that begin alike: an end comes first. */
static void beginnings(void **state)
{
	static const struct one alike[] = {
		{ 1, 1, "Subject: abcdefghi\n\n" }, { 2, 1, "Subject: abcdefgh\n\n" }, { 3, 1, "Subject: abcdefg\n\n" },
		{ 4, 1, "Subject: abcdefgh\n\n" }, { 5, 1, "Subject: ABCDEFGHa\n\n" },
	};
	static const struct sort_key keys[] = { { SORT_SUBJECT, false } }, back[] = { { SORT_SUBJECT, true }, { SORT_ARRIVAL, true } };
	static const uint32_t        want[] = { 12, 11, 13, 14, 10 }, want_back[] = { 10, 14, 13, 11, 12 };
	uint32_t                     uids[] = { 10, 11, 12, 13, 14 }, again[] = { 10, 11, 12, 13, 14 };
	size_t                       n = 5;

	memset(kept_n, 0, sizeof(kept_n));
	mails = alike;
	assert_int_equal(sort_run(NULL, NULL, keys, 1, uids, NULL, n), 0);
	assert_memory_equal(uids, want, sizeof(want));
	assert_int_equal(sort_run(NULL, NULL, back, 2, again, NULL, n), 0);
	assert_memory_equal(again, want_back, sizeof(want_back));
	mails = few;
	memset(kept_n, 0, sizeof(kept_n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relevancy), cmocka_unit_test(order), cmocka_unit_test(far_apart), cmocka_unit_test(files), cmocka_unit_test(many), cmocka_unit_test(unreadable),
		cmocka_unit_test(beginnings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
