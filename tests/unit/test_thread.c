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

enum { IDS = 26, LINES = 16 };

/* A mailbox as it is read. */
struct mailbox {
	struct scratch work;
	size_t         n, n_subjects;
	uint32_t       uids[LINES], subjects[LINES], id[LINES];
	int64_t        sent[LINES], arrived[LINES];
	bool           replies[LINES];
	char           refs[LINES][LINES], names[LINES][LINES];
};

static uint32_t id_of(char c)
{
	return c == '-' ? THREAD_NONE : (uint32_t)(c - 'a');
}

static uint32_t subject_of(struct mailbox *b, const char *name)
{
	uint32_t i = 0;

	while (i < b->n_subjects && strcmp(b->names[i], name) != 0)
		i++;
	if (i == b->n_subjects)
		strcpy(b->names[b->n_subjects++], name);
	return i;
}

static void read_mails(struct mailbox *b, const char *text)
{
	*b = (struct mailbox){ .work = SCRATCH(NULL), .n_subjects = 1 };
	for (; *text; text = strchr(text, '\n') + 1) {
		size_t m = b->n++;
		char   subject[LINES], id;
		long   sent, arrived;

		assert_int_equal(sscanf(text, "%ld %ld %15s %c %15s", &sent, &arrived, subject, &id, b->refs[m]), 5);
		b->uids[m] = (uint32_t)b->n;
		b->sent[m] = sent;
		b->arrived[m] = arrived;
		b->id[m] = id_of(id);
		b->replies[m] = strncmp(subject, "re:", 3) == 0;
		b->subjects[m] = subject_of(b, *subject == '-' ? "" : b->replies[m] ? subject + 3 : subject);
	}
}

/* As thread_run() has them. */
static struct thread_mails mails_of(struct mailbox *b, bool linked)
{
	struct thread_mails mails = {
		.n = b->n, .uids = b->uids, .order = thread_order(&b->work, b->sent, b->n), .subjects = b->subjects, .n_subjects = b->n_subjects,
		.replies = b->replies, .arrived = b->arrived, .work = &b->work,
	};
	struct thread_links l = thread_links_begin(&b->work, b->n, IDS);
	uint32_t            node[IDS];

	if (!linked)
		return mails;
	memset(node, 0xff, sizeof(node));
	for (uint32_t m = 0; m < b->n; m++)
		if (b->id[m] != THREAD_NONE && node[b->id[m]] == THREAD_NONE)
			node[b->id[m]] = m;
	for (uint32_t m = 0; m < b->n; m++) {
		uint32_t before = THREAD_NONE;

		for (const char *c = b->refs[m]; *c && *c != '-'; c++) {
			uint32_t *ref = &node[id_of(*c)];

			if (*ref == THREAD_NONE) {
				*ref = (uint32_t)l.n_nodes;
				thread_links_add(&l);
			}
			thread_link_reference(&l, before, *ref);
			before = *ref;
		}
		thread_link_mail(&l, before, m);
	}
	thread_links_end(&l, &mails);
	return mails;
}

static void check(const char *text, struct thread_forest (*algorithm)(struct thread_mails *), const char *want)
{
	struct buf           b = BUF(1000), line = BUF(1000);
	struct mailbox       box;
	struct thread_mails  mails;
	struct thread_forest f;

	read_mails(&box, text);
	mails = mails_of(&box, algorithm != thread_by_subject);
	f = algorithm(&mails);
	buf_printf(&line, "* THREAD%s%s\r\n", *want ? " " : "", want);
	threadline_put(&b, &f);
	assert_string_equal(buf_z(&b), buf_z(&line));
	buf_free(&b);
	buf_free(&line);
	scratch_free(&box.work);
}

static void threads(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].mails);
		check(cases[i].mails, thread_by_subject, cases[i].by_subject);
		check(cases[i].mails, thread_by_references, cases[i].by_references);
		check(cases[i].mails, thread_by_refs, cases[i].by_refs);
	}
}

/* Whatever references say, each mail is in one thread, once; deep chains take neither stack nor long. */
static void each_once(void **state)
{
	enum { N = 20000, REFS = 8 };
	static uint32_t uids[N], subjects[N];
	static int64_t  dates[N];
	static bool     seen[N], replies[N];

	for (int seed = 0; seed < 12; seed++) {
		struct scratch       work = SCRATCH(seed % 3 ? "/tmp" : NULL);
		struct thread_mails  mails = {
			.n = N, .uids = uids, .subjects = subjects, .n_subjects = 501, .replies = replies, .arrived = dates, .work = &work,
		};
		struct thread_links  l = thread_links_begin(&work, N, N);
		struct thread_forest f;
		size_t               n = 0;

		srandom((unsigned)seed);
		memset(seen, 0, sizeof(seen));
		for (uint32_t i = 0; i < N; i++) {
			uids[i] = i + 1;
			dates[i] = random() % 1000;
			subjects[i] = seed > 9 ? (uint32_t)(random() % 501) : 0;
			replies[i] = random() % 2;
			thread_links_add(&l);
		}
		mails.order = thread_order(&work, dates, N);
		for (uint32_t i = 0; i < N; i++) {
			uint32_t before = THREAD_NONE;

			for (int k = 0; k < seed % REFS; k++) {
				uint32_t ref = seed == 1 ? (i + 1) % N : seed == 9 ? i > 0 ? i - 1 : 0 : (uint32_t)(random() % (seed < 6 ? 2 * N : 50));

				thread_link_reference(&l, before, ref);
				before = ref;
			}
			thread_link_mail(&l, before, i);
		}
		thread_links_end(&l, &mails);
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
		scratch_free(&work);
	}
}

/* Dates of any year, and equal ones, which stay as they are. */
static void dates(void **state)
{
	static const int64_t  some[] = { 5, INT64_MAX, -1, INT64_MIN, 5, INT64_C(1) << 32, 0, (INT64_C(1) << 32) + 5, -1 };
	static const uint32_t want[] = { 3, 2, 8, 6, 0, 4, 5, 7, 1 }, want_near[] = { 2, 3, 1, 0 };
	struct scratch        work = SCRATCH(NULL);

	assert_memory_equal(thread_order(&work, some, 9), want, sizeof(want));
	assert_memory_equal(thread_order(&work, (const int64_t[]){ 9, 8, -7, -7 }, 4), want_near, sizeof(want_near));
	thread_order(&work, some, 0);
	scratch_free(&work);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(threads), cmocka_unit_test(each_once), cmocka_unit_test(dates) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
