#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "uidsets.h"

#include <string.h>

#include "command.h"
#include "searchres.h"

/* The view that sets are resolved against; the real box is not linked. */
static const uint32_t view[] = { 2, 5, 6, 7, 100 };
static uint32_t       view_n;

const uint32_t *box_uids(struct box *b)
{
	return view;
}

uint32_t box_count(const struct box *b)
{
	return view_n;
}

uint32_t box_uidnext(const struct box *b)
{
	return 101;
}

/* want: the UIDs as a set; "": none; NULL: BAD. n: messages in the mailbox, the first n of the view. */
static const struct {
	const char *set;
	bool        by_uid;
	uint32_t    n;
	const char *want;
} cases[] = {
	{ "1", false, 5, "2" },
	{ "1:*", false, 5, "2,5:7,100" },
	{ "*:1", false, 5, "2,5:7,100" },
	{ "*", false, 5, "100" },
	{ "2:4,3", false, 5, "5:7" },
	{ "5,1,5", false, 5, "2,100" },
	{ "6", false, 5, NULL },
	{ "1:6", false, 5, NULL },
	{ "7:*", false, 5, NULL },
	{ "4294967295", false, 5, NULL },
	/* RFC 9051, seq-number: "This includes "*" if the selected mailbox is empty." */
	{ "*", false, 0, NULL },
	{ "1:*", false, 0, NULL },
	{ "1", false, 0, NULL },
	/* RFC 9051 section 6.4.9: "A non-existent unique identifier is ignored without any error message generated." */
	{ "1", true, 5, "" },
	{ "3:4", true, 5, "" },
	{ "1:5", true, 5, "2,5" },
	{ "5:7,2", true, 5, "2,5:7" },
	{ "1:4294967295", true, 5, "2,5:7,100" },
	{ "4294967295", true, 5, "" },
	/* "a UID range of 559:* always includes the UID of the last message in the mailbox" */
	{ "559:*", true, 5, "100" },
	{ "*", true, 5, "100" },
	{ "1:*", true, 0, "" },
	{ "*", true, 0, "" },
	/* RFC 5182 section 2.1: $ is the saved result, 5 and 100 here */
	{ "$", false, 5, "5,100" },
	{ "$", true, 5, "5,100" },
	{ "1,$", false, 5, "2,5,100" },
	{ "5,$", true, 5, "5,100" },
};

static void resolve(void **state)
{
	static const uint32_t found[] = { 5, 100 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena        a = ARENA_INIT;
		struct session      s = { .searchres = searchres_new() };
		struct request      rq = { .arena = &a, .by_uid = cases[i].by_uid };
		struct buf          b = BUF(1000);
		struct seqset       set;
		struct uids         u;
		const struct reply *refusal;

		view_n = cases[i].n;
		searchres_set(s.searchres, found, 2);
		lex_init(&rq.lx, str_of(cases[i].set), &a);
		assert_int_equal(seqset_read(&rq.lx, &set), 0);
		refusal = uidsets_resolve(&s, &rq, &set, &u);
		if (!cases[i].want) {
			assert_non_null(refusal);
			assert_int_equal(refusal->kind, REPLY_BAD);
		} else {
			if (refusal)
				fail_msg("%s: %s", cases[i].set, refusal->text);
			if (u.n > 0)
				seqset_put(&b, u.v, u.n);
			assert_string_equal(buf_z(&b), cases[i].want);
		}
		buf_free(&b);
		searchres_free(s.searchres);
		arena_free(&a);
	}
}

/* RFC 7377 section 2: in a search no number is an error, and the set can be asked of another mailbox afterwards. */
static const struct {
	const char *set;
	bool        by_uid;
	uint32_t    n;
	const char *want;
} searches[] = {
	{ "2:4,3", false, 5, "5:7" },
	{ "1:100", false, 5, "2,5:7,100" },
	{ "101:200", false, 5, "" },
	{ "5:7,1", false, 5, "2,100" },
	{ "7:*", false, 5, "100" },
	{ "*", false, 0, "" },
	{ "1:*", false, 0, "" },
	{ "6,$", false, 5, "5,100" },
	{ "3:6,*", true, 5, "5:6,100" },
	{ "1:*", true, 0, "" },
};

static void search(void **state)
{
	static const uint32_t found[] = { 5, 100 };

	for (size_t i = 0; i < sizeof(searches) / sizeof(searches[0]); i++) {
		struct arena  a = ARENA_INIT;
		struct lexer  lx;
		struct seqset set;

		view_n = searches[i].n;
		lex_init(&lx, str_of(searches[i].set), &a);
		assert_int_equal(seqset_read(&lx, &set), 0);
		for (int again = 0; again < 2; again++) {
			struct buf  b = BUF(1000);
			struct uids u = uidsets_search(NULL, (struct uids){ found, 2 }, &a, &set, searches[i].by_uid);

			if (u.n > 0)
				seqset_put(&b, u.v, u.n);
			assert_string_equal(buf_z(&b), searches[i].want);
			buf_free(&b);
		}
		arena_free(&a);
	}
}

/* RFC 5182 section 2.1: messages that are expunged leave the saved result. */
static void saved_result(void **state)
{
	static const uint32_t all[] = { 1, 3, 5, 7, 9 }, gone[] = { 2, 3, 9, 10 };
	static const uint32_t left[] = { 1, 5, 7 };
	struct searchres     *r = searchres_new();
	size_t                n;

	searchres_set(r, all, 5);
	searchres_expunged(r, gone, 4);
	assert_memory_equal(searchres_uids(r, &n), left, sizeof(left));
	assert_int_equal(n, 3);
	searchres_set(r, searchres_uids(r, &n) + 1, 2);
	assert_memory_equal(searchres_uids(r, &n), left + 1, 2 * sizeof(left[0]));
	assert_int_equal(n, 2);
	searchres_clear(r);
	searchres_uids(r, &n);
	assert_int_equal(n, 0);
	searchres_free(r);
	searchres_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolve),
		cmocka_unit_test(search),
		cmocka_unit_test(saved_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
