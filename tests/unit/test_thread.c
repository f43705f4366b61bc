#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "thread_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "threadline.h"

/* A mailbox: a line for each mail, "sent arrived subject id references", a reply if the subject begins with "re:"; "-" is
 * none. Dates are numbers, ids letters, references letters in a row. The mails are 1, 2, 3 ... */
static const struct {
	const char *mails, *by_subject, *by_references, *by_refs;
} cases[] = {
	{ "", "", "", "" },
	{ "1 1 x a -\n", "(1)", "(1)", "(1)" },
	/* parent, child; who splits; the order of siblings is that of sent dates */
	{ "1 1 x a -\n2 2 re:x b a\n3 3 re:x c ab\n", "(1 (2)(3))", "(1 2 3)", "(1 2 3)" },
	{ "1 1 x a -\n5 2 re:x b a\n3 3 re:x c a\n4 4 re:x d ab\n", "(1 (3)(4)(2))", "(1 (3)(2 4))", "(1 (3)(2 4))" },
	/* RFC 5256 section 4: "(2)(3 6 (4 23)(44 7 96))", with 1 to 8 for 2 3 4 6 7 23 44 96 */
	{ "1 1 a a -\n2 2 b b -\n4 3 re:b c bd\n3 4 re:b d b\n6 5 re:b e bdg\n5 6 re:b f bdc\n5 7 re:b g bd\n8 8 re:b h bdge\n",
	  "(1)(2 (4)(3)(6)(7)(5)(8))", "(1)(2 4 (3 6)(7 5 8))", "(1)(2 4 (3 6)(7 5 8))" },
	/* "((3)(5))": siblings of a parent that is not there */
	{ "1 1 x a z\n2 2 y b z\n", "(1)(2)", "((1)(2))", "((1)(2))" },
	/* one child only: no dummy; dummies in between go */
	{ "1 1 x a z\n2 2 y b -\n", "(1)(2)", "(1)(2)", "(1)(2)" },
	{ "1 1 x a -\n2 2 y b ayz\n3 3 z c ayz\n", "(1)(2)(3)", "(1 (2)(3))", "(1 (2)(3))" },
	{ "1 1 x a wz\n2 2 y b wyz\n3 3 z c w\n", "(1)(2)(3)", "((1)(2)(3))", "((1)(2)(3))" },
	/* by subject: a reply below what it answers, whichever comes first; equals below a dummy; a dummy takes all */
	{ "2 1 re:x a -\n1 2 x b -\n", "(2 1)", "(2 1)", "(1)(2)" },
	{ "2 1 x a -\n1 2 x b -\n", "(2 1)", "((2)(1))", "(1)(2)" },
	{ "1 1 re:x a -\n2 2 re:x b -\n3 3 re:x c -\n", "(1 (2)(3))", "((1)(2)(3))", "(1)(2)(3)" },
	{ "1 1 re:x a z\n2 2 re:x b z\n3 3 x c -\n", "(1 (2)(3))", "((1)(2)(3))", "((1)(2))(3)" },
	{ "1 1 x a z\n2 2 y b z\n3 3 x c w\n4 4 u d w\n", "(1 3)(2)(4)", "((1)(2)(3)(4))", "((1)(2))((3)(4))" },
	{ "1 1 - a -\n2 2 - b -\n", "(1 2)", "(1)(2)", "(1)(2)" },
	/* an id twice counts for the first; none counts for nobody */
	{ "1 1 x a -\n2 2 y a -\n3 3 z c a\n4 4 w - a\n", "(1)(2)(3)(4)", "(1 (3)(4))(2)", "(2)(1 (3)(4))" },
	/* loops are not made: of two, of three, with oneself, through a later mail's own word */
	{ "1 1 x a b\n2 2 y b a\n", "(1)(2)", "(2 1)", "(2 1)" },
	{ "1 1 x a c\n2 2 y b a\n3 3 z c b\n", "(1)(2)(3)", "(3 1 2)", "(3 1 2)" },
	{ "1 1 x a a\n2 2 y b ab\n", "(1)(2)", "(1)(2)", "(1)(2)" },
	/* a reference that was cut short: the mail's own word for its parent counts */
	{ "1 1 x a -\n2 2 y b a\n3 3 z d ac\n4 4 w c ab\n", "(1)(2)(3)(4)", "(1 2 4 3)", "(1 2 4 3)" },
	{ "1 1 x a -\n2 2 y b -\n3 3 z c ab\n", "(1)(2)(3)", "(1 2 3)", "(1 2 3)" },
	{ "3 1 z c ab\n1 2 x a -\n2 3 y b -\n", "(2)(3)(1)", "(2)(3 1)", "(2)(3 1)" },
	/* REFS: the thread that had mail last is last; equal ones by sent date */
	{ "1 1 x a -\n2 2 y b -\n3 9 z c a\n4 3 w d -\n", "(1)(2)(3)(4)", "(1 3)(2)(4)", "(2)(4)(1 3)" },
	{ "2 5 x a -\n1 5 y b -\n", "(2)(1)", "(2)(1)", "(2)(1)" },
};

static uint32_t id_of(char c)
{
	return c == '-' ? THREAD_NONE : (uint32_t)(c - 'a');
}

static struct thread_mails read_mails(struct arena *a, const char *text)
{
	struct thread_mails mails = { .p = ARENA_NEW_N(a, 16, struct thread_mail), .n_ids = 26, .a = a };

	for (; *text; text = strchr(text, '\n') + 1) {
		struct thread_mail *m = &mails.p[mails.n++];
		char                subject[16], id, refs[16];
		long                sent, arrived;
		uint32_t           *r = ARENA_NEW_N(a, 16, uint32_t);

		assert_int_equal(sscanf(text, "%ld %ld %15s %c %15s", &sent, &arrived, subject, &id, refs), 5);
		*m = (struct thread_mail){ .uid = (uint32_t)mails.n, .sent = sent, .arrived = arrived, .id = id_of(id), .refs = r };
		m->reply = strncmp(subject, "re:", 3) == 0;
		m->subject = arena_str(a, str_of(*subject == '-' ? "" : m->reply ? subject + 3 : subject));
		for (const char *c = refs; *c && *c != '-'; c++)
			r[m->n_refs++] = id_of(*c);
		for (size_t i = 0; i + 1 < mails.n; i++)
			if (mails.p[i].id == m->id)
				m->id = THREAD_NONE;
	}
	return mails;
}

static void check(const struct thread_forest f, const char *want)
{
	struct buf b = BUF(1000), line = BUF(1000);

	buf_printf(&line, "* THREAD%s%s\r\n", *want ? " " : "", want);
	threadline_put(&b, &f);
	assert_string_equal(buf_z(&b), buf_z(&line));
	buf_free(&b);
	buf_free(&line);
}

static void threads(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena        a = ARENA_INIT;
		struct thread_mails mails = read_mails(&a, cases[i].mails);

		print_message("%s\n", cases[i].mails);
		check(thread_by_subject(&mails), cases[i].by_subject);
		check(thread_by_references(&mails), cases[i].by_references);
		check(thread_by_refs(&mails), cases[i].by_refs);
		arena_free(&a);
	}
}

/* Whatever references say, each mail is in one thread, once; deep chains take neither stack nor long. */
static void each_once(void **state)
{
	enum { N = 20000, REFS = 8 };
	static uint32_t refs[N][REFS];
	static bool     seen[N];

	for (int seed = 0; seed < 12; seed++) {
		struct arena         a = ARENA_INIT;
		struct thread_mails  mails = { .p = ARENA_NEW_N(&a, N, struct thread_mail), .n = N, .n_ids = 2 * N, .a = &a };
		struct thread_forest f;
		size_t               n = 0;

		srandom((unsigned)seed);
		memset(seen, 0, sizeof(seen));
		for (uint32_t i = 0; i < N; i++) {
			mails.p[i] = (struct thread_mail){ .uid = i + 1, .sent = random() % 1000, .id = i, .refs = refs[i], .n_refs = (size_t)(seed % REFS) };
			for (size_t k = 0; k < REFS; k++)
				refs[i][k] = seed == 1 ? (i + 1) % N : seed == 9 ? i > 0 ? i - 1 : 0 : (uint32_t)(random() % (seed < 6 ? 2 * N : 50));
		}
		f = seed % 2 ? thread_by_references(&mails) : thread_by_refs(&mails);
		for (uint32_t top = f.first; top != THREAD_NONE; top = f.nodes[top].next)
			for (uint32_t at = top; at != THREAD_NONE; at = thread_next(&f, at))
				if (f.nodes[at].uid != 0) {
					assert_false(seen[f.nodes[at].uid - 1]);
					seen[f.nodes[at].uid - 1] = true;
					n++;
				} else {
					assert_true(at == top && f.nodes[f.nodes[at].child].next != THREAD_NONE);
				}
		assert_int_equal(n, N);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(threads), cmocka_unit_test(each_once) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
