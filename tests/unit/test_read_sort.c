#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_sort.h"

#include <errno.h>

#include "command.h"

static const struct {
	const char     *in;
	int             want;
	size_t          n_keys;
	struct sort_key keys[SORT_FIELDS];
	unsigned        options;        /* 0: no RETURN */
	bool            bad_charset;
} sorts[] = {
	/* RFC 5256 section 3 */
	{ " (SUBJECT) UTF-8 SINCE 1-Feb-1994", 0, 1, { { SORT_SUBJECT, false } }, 0, false },
	{ " (SUBJECT REVERSE DATE) UTF-8 ALL", 0, 2, { { SORT_SUBJECT, false }, { SORT_DATE, true } }, 0, false },
	{ " (SUBJECT) US-ASCII TEXT \"not in mailbox\"", 0, 1, { { SORT_SUBJECT, false } }, 0, false },
	/* RFC 6203 section 6 */
	{ " (RELEVANCY) UTF-8 FUZZY SUBJECT \"Helo\"", 0, 1, { { SORT_RELEVANCY, false } }, 0, false },
	{ " RETURN (RELEVANCY ALL) (RELEVANCY) UTF-8 FUZZY TEXT\"x\"", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " RETURN (RELEVANCY ALL) (REVERSE RELEVANCY DATE) UTF-8 FUZZY TEXT \"Helo\"", 0, 2,
	  { { SORT_RELEVANCY, true }, { SORT_DATE, false } }, SEARCH_RELEVANCY | SEARCH_ALL, false },
	{ " (RELEVANCY) UTF-8 SUBJECT \"Helo\"", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " RETURN (RELEVANCY) (DATE) UTF-8 SUBJECT \"Helo\"", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (RELEVANCY) KOI8-R SUBJECT \"Helo\"", 0, 1, { { SORT_RELEVANCY, false } }, 0, true },
	/* RFC 5267 section 3.3, RFC 5957 */
	{ " RETURN () (REVERSE DATE) UTF-8 UNDELETED UNKEYWORD $Junk", 0, 1, { { SORT_DATE, true } }, SEARCH_ALL, false },
	{ " return (Count Min) (displayFrom reverse displayto) \"utf-8\" ALL", 0, 2,
	  { { SORT_DISPLAYFROM, false }, { SORT_DISPLAYTO, true } }, SEARCH_COUNT | SEARCH_MIN, false },
	{ " (ARRIVAL CC DATE FROM SIZE SUBJECT TO) UTF-8 1:*", 0, 7,
	  { { SORT_ARRIVAL, false }, { SORT_CC, false }, { SORT_DATE, false },
	    { SORT_FROM, false }, { SORT_SIZE, false }, { SORT_SUBJECT, false }, { SORT_TO, false } }, 0, false },
	/* A field's second time says nothing. */
	{ " (DATE SUBJECT REVERSE DATE DATE) UTF-8 ALL", 0, 2, { { SORT_DATE, false }, { SORT_SUBJECT, false } }, 0, false },
	/* Keys in a charset we do not know are not read. */
	{ " (DATE) KOI8-R TEXT {2}\r\n\xf0\xf1", 0, 1, { { SORT_DATE, false } }, 0, true },

	{ "", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " ", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " ()", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " () UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE ) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE  SIZE) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (REVERSE) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (REVERSE REVERSE DATE) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (REVERSEDATE) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (UID) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " DATE UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE) UTF-8", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE) ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE) UTF-8 NONSENSE", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE) UTF-8 ALL ", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " (DATE) CHARSET UTF-8 ALL", 0, 1, { { SORT_DATE, false } }, 0, true },       /* one of that name */
	{ " RETURN (PART) (DATE) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
	{ " RETURN (MIN)(DATE) UTF-8 ALL", -EBADMSG, 0, { { 0 } }, 0, false },
};

static void read_sorts(void **state)
{
	for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
		struct arena      a = ARENA_INIT;
		struct request    rq = { .arena = &a };
		struct sort_args *args;
		void             *p;

		print_message("%s\n", sorts[i].in);
		lex_init(&rq.lx, str_of(sorts[i].in), &a);
		assert_int_equal(read_sort(&rq, &p), sorts[i].want);
		args = p;
		if (sorts[i].want == 0) {
			assert_int_equal(args->n_keys, sorts[i].n_keys);
			for (size_t k = 0; k < args->n_keys; k++) {
				assert_int_equal(args->keys[k].field, sorts[i].keys[k].field);
				assert_int_equal(args->keys[k].reverse, sorts[i].keys[k].reverse);
			}
			assert_int_equal(args->search.returns, sorts[i].options != 0);
			assert_int_equal(args->search.options, sorts[i].options ? sorts[i].options : SEARCH_ALL);
			assert_int_equal(args->search.bad_charset, sorts[i].bad_charset);
			assert_int_equal(args->search.root == NULL, sorts[i].bad_charset);
		} else {
			assert_non_null(rq.lx.why);
		}
		arena_free(&a);
	}
}

static const struct {
	const char           *in;
	int                   want;
	enum thread_algorithm algorithm;
} threads[] = {
	{ " ORDEREDSUBJECT UTF-8 SINCE 5-MAR-2000", 0, THREAD_ORDEREDSUBJECT },
	{ " references US-ASCII TEXT \"gewp\"", 0, THREAD_REFERENCES },
	{ " REFS UTF-8 ALL", 0, THREAD_REFS },
	{ " REFS", -EBADMSG, 0 },
	{ " REFS UTF-8", -EBADMSG, 0 },
	{ " REFERENCE UTF-8 ALL", -EBADMSG, 0 },
	{ " (REFS) UTF-8 ALL", -EBADMSG, 0 },
	{ " REFS ALL", -EBADMSG, 0 },
	{ "", -EBADMSG, 0 },
};

static void read_threads(void **state)
{
	for (size_t i = 0; i < sizeof(threads) / sizeof(threads[0]); i++) {
		struct arena        a = ARENA_INIT;
		struct request      rq = { .arena = &a };
		struct thread_args *args;
		void               *p;

		print_message("%s\n", threads[i].in);
		lex_init(&rq.lx, str_of(threads[i].in), &a);
		assert_int_equal(read_sort_thread(&rq, &p), threads[i].want);
		args = p;
		if (threads[i].want == 0)
			assert_int_equal(args->algorithm, threads[i].algorithm);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(read_sorts), cmocka_unit_test(read_threads) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
