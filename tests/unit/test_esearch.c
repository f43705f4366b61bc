#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "esearch.h"

#include "read_search.h"

static const struct {
	const char *tag;
	bool        by_uid;
	unsigned    options;
	uint32_t    v[8];
	size_t      n;
	const char *want;
} cases[] = {
	/* RFC 9051 section 6.4.4 */
	{ "A282", false, SEARCH_MIN | SEARCH_COUNT, { 2, 10, 11 }, 3, "* ESEARCH (TAG \"A282\") MIN 2 COUNT 3\r\n" },
	{ "A283", false, SEARCH_ALL, { 2, 10, 11 }, 3, "* ESEARCH (TAG \"A283\") ALL 2,10:11\r\n" },
	{ "A284", false, SEARCH_ALL, { 0 }, 0, "* ESEARCH (TAG \"A284\")\r\n" },
	{ "A285", true, SEARCH_MIN | SEARCH_MAX, { 7, 3800 }, 2, "* ESEARCH (TAG \"A285\") UID MIN 7 MAX 3800\r\n" },
	{ "A286", false, SEARCH_COUNT, { 1, 2 }, 2, "* ESEARCH (TAG \"A286\") COUNT 2\r\n" },
	/* MIN, MAX and ALL of nothing are left out, COUNT is not */
	{ "x", false, SEARCH_MIN | SEARCH_MAX | SEARCH_ALL | SEARCH_COUNT, { 0 }, 0, "* ESEARCH (TAG \"x\") COUNT 0\r\n" },
	{ "x", false, SEARCH_MAX | SEARCH_ALL | SEARCH_SAVE, { 4294967295 }, 1, "* ESEARCH (TAG \"x\") MAX 4294967295 ALL 4294967295\r\n" },
};

static void put(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF(1000);

		esearch_put(&b, &(struct esearch){ .tag = str_of(cases[i].tag), .by_uid = cases[i].by_uid, .options = cases[i].options,
			.v = cases[i].v, .n = cases[i].n });
		assert_string_equal(buf_z(&b), cases[i].want);
		buf_free(&b);
	}
}

/* RFC 6203 sections 4 and 6, RFC 7377 section 3 */
static void put_more(void **state)
{
	static const uint32_t v[] = { 1, 5, 10 }, sorted[] = { 5, 10, 1 }, uids[] = { 4001, 4003, 4005 };
	static const uint8_t  scores[] = { 4, 99, 42 }, sorted_scores[] = { 99, 42, 4 };
	struct buf            b = BUF(1000);

	esearch_put(&b, &(struct esearch){ .tag = STR("B1"), .options = SEARCH_ALL | SEARCH_RELEVANCY, .v = v, .scores = scores, .n = 3 });
	esearch_put(&b, &(struct esearch){ .tag = STR("C2"), .options = SEARCH_ALL | SEARCH_RELEVANCY, .v = sorted, .scores = sorted_scores, .n = 3 });
	esearch_put(&b, &(struct esearch){ .tag = STR("C3"), .options = SEARCH_COUNT | SEARCH_RELEVANCY });
	esearch_put(&b, &(struct esearch){ .tag = STR("C4"), .options = SEARCH_RELEVANCY, .v = v, .n = 2 });
	esearch_put(&b, &(struct esearch){ .tag = STR("tag1"), .mailbox = STR("folder1"), .uidvalidity = 1, .by_uid = true, .options = SEARCH_ALL,
		.v = uids, .n = 3 });
	esearch_put(&b, &(struct esearch){ .tag = STR("t"), .mailbox = STR("Gr\xc3\xbc n"), .uidvalidity = 2, .by_uid = true, .options = SEARCH_MIN,
		.v = uids, .n = 3 });
	assert_string_equal(buf_z(&b),
		"* ESEARCH (TAG \"B1\") ALL 1,5,10 RELEVANCY (4 99 42)\r\n"
		"* ESEARCH (TAG \"C2\") ALL 5,10,1 RELEVANCY (99 42 4)\r\n"
		"* ESEARCH (TAG \"C3\") COUNT 0 RELEVANCY ()\r\n"
		"* ESEARCH (TAG \"C4\") RELEVANCY (100 100)\r\n"
		"* ESEARCH (TAG \"tag1\" MAILBOX folder1 UIDVALIDITY 1) UID ALL 4001,4003,4005\r\n"
		"* ESEARCH (TAG \"t\" MAILBOX \"Gr&APw- n\" UIDVALIDITY 2) UID MIN 4001\r\n");
	buf_free(&b);
}

/* RFC 3501 section 7.2.5 */
static void put_search(void **state)
{
	static const uint32_t v[] = { 2, 3, 6 };
	struct buf            b = BUF(1000);

	esearch_put_search(&b, "SEARCH", &(struct esearch){ .v = v, .n = 3 });
	esearch_put_search(&b, "SEARCH", &(struct esearch){ .n = 0 });
	esearch_put_search(&b, "SORT", &(struct esearch){ .v = v, .n = 2 });
	assert_string_equal(buf_z(&b), "* SEARCH 2 3 6\r\n* SEARCH\r\n* SORT 2 3\r\n");
	buf_free(&b);
}

/* RFC 7162 section 3.1: examples 15, 16, 19 and 20, RFC 4731 section 3.2 */
static void put_modseq(void **state)
{
	static const uint32_t v[] = { 2, 5, 23 }, w[] = { 1, 2, 3, 5 }, sorted[] = { 5, 3, 2, 1 };
	struct buf            b = BUF(1000);

	esearch_put_search(&b, "SEARCH", &(struct esearch){ .v = v, .n = 3, .modseq = 917162500 });
	esearch_put(&b, &(struct esearch){ .tag = STR("a"), .options = SEARCH_ALL, .v = w, .n = 4, .modseq = 1236 });
	esearch_put(&b, &(struct esearch){ .tag = STR("a"), .options = SEARCH_ALL, .v = sorted, .n = 4, .modseq = INT64_MAX });
	esearch_put(&b, &(struct esearch){ .tag = STR("a1"), .options = SEARCH_MIN, .v = v, .n = 3, .modseq = 917162488 });
	assert_string_equal(buf_z(&b),
		"* SEARCH 2 5 23 (MODSEQ 917162500)\r\n"
		"* ESEARCH (TAG \"a\") ALL 1:3,5 MODSEQ 1236\r\n"
		"* ESEARCH (TAG \"a\") ALL 5,3,2,1 MODSEQ 9223372036854775807\r\n"
		"* ESEARCH (TAG \"a1\") MIN 2 MODSEQ 917162488\r\n");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(put), cmocka_unit_test(put_more), cmocka_unit_test(put_search),
		cmocka_unit_test(put_modseq) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
