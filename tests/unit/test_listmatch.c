#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "listmatch.h"

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "limits.h"

/* Arguments as they stand behind the command's name; names that match, in this order. */
static const char *const names[] = { "INBOX", "Fruit", "Fruit/Apple", "Fruit/Banana", "Tofu", "\303\204pfel" };

static const struct {
	const char *args;
	bool        rev2;
	const char *want;               /* names, a space after each; NULL: BAD */
} matches[] = {
	{ " \"\" *", false, "INBOX Fruit Fruit/Apple Fruit/Banana Tofu \303\204pfel " },
	{ " \"\" \"%\"", false, "INBOX Fruit Tofu \303\204pfel " },
	{ " \"\" inbox", false, "INBOX " },
	{ " \"\" Fruit/%", false, "Fruit/Apple Fruit/Banana " },
	{ " Fruit/ %", false, "Fruit/Apple Fruit/Banana " },
	{ " Fruit /A%", false, "Fruit/Apple " },
	{ " {5}\r\nFruit {2+}\r\n/*", false, "Fruit/Apple Fruit/Banana " },
	{ " \"\" (Tofu \"Fr%\")", false, "Fruit Tofu " },
	{ " \"\" (Tofu Tofu)", false, "Tofu " },
	{ " \"\" &AMQ-pfel", false, "\303\204pfel " },
	{ " \"\" \"\303\204*\"", true, "\303\204pfel " },
	{ " \"\" &AMQ-pfel", true, "" },
	/* no valid name, so nothing matches; no error (RFC 9051 section 6.3.9) */
	{ " \"\" &A", false, "" },
	{ " &A Tofu", false, "" },
	{ " \"\" (&A Tofu)", false, "Tofu " },
	{ " \"\" \"\"", false, "" },
	{ " \"\" ()", false, NULL },
	{ " \"\" (Tofu", false, NULL },
	{ " \"\" (Tofu  Tofu)", false, NULL },
	{ " \"\"", false, NULL },
	{ "", false, NULL },
	{ " * \"\"", false, NULL },
};

static int read_args(struct request *rq, struct arena *a, struct str text, bool rev2, struct listmatch *m)
{
	*rq = (struct request){ .arena = a, .rev2 = rev2 };
	lex_init(&rq->lx, text, a);
	return listmatch_read(rq, m);
}

static void match(void **state)
{
	for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		struct arena     a = ARENA_INIT;
		struct buf       b = BUF(1000);
		struct request   rq;
		struct listmatch m;
		int              r = read_args(&rq, &a, str_of(matches[i].args), matches[i].rev2, &m);

		if ((r == 0) != (matches[i].want != NULL))
			fail_msg("%s: %d", matches[i].args, r);
		for (size_t n = 0; r == 0 && n < sizeof(names) / sizeof(names[0]); n++)
			if (listmatch_name(&m, str_of(names[n])))
				buf_printf(&b, "%s ", names[n]);
		if (r == 0)
			assert_string_equal(buf_z(&b), matches[i].want);
		buf_free(&b);
		arena_free(&a);
	}
}

/* Cut off at each octet: never more than the octets that are there, and no crash. */
static void cut(void **state)
{
	for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		for (size_t n = 0; n < strlen(matches[i].args); n++) {
			struct arena     a = ARENA_INIT;
			char            *exact = test_malloc(n + 1);
			struct request   rq;
			struct listmatch m;

			memcpy(exact, matches[i].args, n);
			read_args(&rq, &a, (struct str){ exact, n }, false, &m);
			assert_true(rq.lx.at <= n);
			test_free(exact);
			arena_free(&a);
		}
	}
}

static void too_many(void **state)
{
	struct arena     a = ARENA_INIT;
	struct buf       b = BUF(10000);
	struct request   rq;
	struct listmatch m;

	buf_puts(&b, " \"\" (x");
	for (int i = 1; i < PATTERNS_MAX; i++)
		buf_puts(&b, " x");
	buf_puts(&b, ")");
	assert_int_equal(read_args(&rq, &a, buf_view(&b), false, &m), 0);
	assert_int_equal(m.n, PATTERNS_MAX);
	b.n--;
	buf_puts(&b, " x)");
	assert_int_equal(read_args(&rq, &a, buf_view(&b), false, &m), -EMSGSIZE);
	buf_free(&b);
	arena_free(&a);
}

/* RFC 3501 section 6.3.9: with "foo/bar" subscribed, LSUB "%" tells of "foo". What is wanted has attrs set. */
static const struct box_info list[] = {
	{ .name = { "INBOX", 5 } },
	{ .name = { "a", 1 } },
	{ .name = { "a-b", 3 }, .attrs = 1 },
	{ .name = { "a/b", 3 }, .attrs = 1 },
	{ .name = { "a/c/d", 5 }, .attrs = 1 },
	{ .name = { "b/c", 3 } },
	{ .name = { "c/d/e", 5 }, .attrs = 1 },
};

static bool wanted(void *arg, const struct box_info *box)
{
	return box->attrs;
}

static void add(void *arg, struct str name)
{
	buf_printf(arg, "%.*s ", STR_ARG(name));
}

static const struct {
	const char *pattern, *want;
} ways[] = {
	{ " \"\" %", "a c " },
	{ " \"\" %/%", "a/c c/d " },
	{ " \"\" *", "" },
	{ " \"\" a", "a " },
	{ " \"\" a/c", "a/c " },
	{ " \"\" b", "" },
	{ " \"\" *d", "c/d " },
};

static void parents(void **state)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct arena     a = ARENA_INIT;
		struct buf       b = BUF(1000);
		struct request   rq;
		struct listmatch m;

		assert_int_equal(read_args(&rq, &a, str_of(ways[i].pattern), false, &m), 0);
		listmatch_parents(&m, list, sizeof(list) / sizeof(list[0]), wanted, add, &b);
		assert_string_equal(buf_z(&b), ways[i].want);
		buf_free(&b);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(match),
		cmocka_unit_test(cut),
		cmocka_unit_test(too_many),
		cmocka_unit_test(parents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
