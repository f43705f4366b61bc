/* Texts as notmuch queries, and what they find. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "store_priv.h"
#include "textsearch.h"

static const struct {
	const char *text, *body, *any;          /* NULL: -ENOTSUP */
} cases[] = {
	{ "invoice", "body:invoice*", "invoice*" },
	{ "Invoice", "body:Invoice*", "Invoice*" },
	{ " invoice!", "body:invoice*", "invoice*" },
	{ "ab", "body:\"ab\"", "\"ab\"" },
	{ "two words", "body:\"two words\"", "\"two words\"" },
	{ "a@b.example", "body:\"a b.example\"", "\"a b.example\"" },
	/* what Xapian keeps in a word */
	{ "don't", "body:\"don't\"", "\"don't\"" },
	{ "3.14", "body:\"3.14\"", "\"3.14\"" },
	{ "AT&T", "body:\"AT&T\"", "\"AT&T\"" },
	{ "C++ code", "body:\"C++ code\"", "\"C++ code\"" },
	{ "x_y", "body:x_y*", "x_y*" },
	/* and nothing that is syntax */
	{ "a\" or tag:inbox \"b", "body:\"a or tag inbox b\"", "\"a or tag inbox b\"" },
	{ "1..5", "body:\"1 5\"", "\"1 5\"" },
	{ "(one) or not \xe2\x80\x9ctwo\xe2\x80\x9d*", "body:\"one or not two\"", "\"one or not two\"" },
	{ "not", "body:\"not\"", "\"not\"" },
	{ "NEAR", "body:\"NEAR\"", "\"NEAR\"" },
	{ "-+x.", "body:\"x\"", "\"x\"" },
	{ "gr\xc3\xbc\xc3\x9f""e", "body:gr\xc3\xbc\xc3\x9f""e*", "gr\xc3\xbc\xc3\x9f""e*" },
	/* no words; words no index holds; no text */
	{ "", NULL, NULL },
	{ " -- ", NULL, NULL },
	{ "\xe6\x97\xa5\xe6\x9c\xac", NULL, NULL },
	{ "mixed \xe3\x83\xa1", NULL, NULL },
	{ "\xe0\xb8\x81", NULL, NULL },
	{ "\xed\x95\x9c", NULL, NULL },
	{ "\xff\xfe", NULL, NULL },
	{ "abc \xff", NULL, NULL },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL, NULL },
};

static void queries(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (int any = 0; any < 2; any++) {
			struct buf  b = BUF(1000);
			const char *want = any ? cases[i].any : cases[i].body;
			int r = textsearch_query(any ? TEXTSEARCH_TEXT : TEXTSEARCH_BODY, str_of(cases[i].text), &b);

			assert_int_equal(r, want ? 0 : -ENOTSUP);
			if (want)
				assert_string_equal(buf_z(&b), want);
			buf_free(&b);
		}
	}
}

static void assert_finds(struct fixture *f, enum textsearch_where where, const char *text, size_t hits, size_t unknown)
{
	struct serial_set h, u;

	assert_int_equal(textsearch(f->store, where, str_of(text), &f->a, &h, &u), 0);
	assert_int_equal(h.n, hits);
	assert_int_equal(u.n, unknown);
	for (size_t i = 1; i < h.n; i++)
		assert_true(h.v[i - 1] < h.v[i]);
}

static void finds(void **state)
{
	struct fixture   *f = *state;
	struct serial_set h, u;
	struct box       *b;

	fixture_write(f, "cur/1:2,S", "From: Ann <a@example.org>\nSubject: Tax\nMessage-ID: <1@x>\n\nThe invoices are here\n");
	fixture_write(f, "cur/2:2,S", "From: Bob <b@example.org>\nSubject: Invoice\nMessage-ID: <2@x>\n\nNothing\n");
	fixture_write(f, "cur/3:2,S", "From: Bob <b@example.org>\nSubject: Copy\nMessage-ID: <1@x>\n\nThe invoices are here\n");
	fixture_write(f, "Work/cur/4:2,S", "From: Bob <b@example.org>\nSubject: x\nMessage-ID: <4@x>\n\nThe invoices are here\n");
	b = fixture_open(f, "INBOX");
	assert_int_equal(textsearch(f->store, TEXTSEARCH_BODY, STR("invoice"), &f->a, &h, &u), -ENOTSUP);
	box_close(fixture_open(f, "Work"));
	fixture_drain(f);
	assert_finds(f, TEXTSEARCH_BODY, "invoice", 3, 0);
	assert_finds(f, TEXTSEARCH_BODY, "ARE here", 3, 0);
	assert_finds(f, TEXTSEARCH_BODY, "here are", 0, 0);
	assert_finds(f, TEXTSEARCH_TEXT, "invoice", 4, 0);
	assert_finds(f, TEXTSEARCH_TEXT, "bob", 4, 0);       /* 1 and 3 are one message to notmuch */
	fixture_mail(f, "cur/5:2,S", "5@x");
	fixture_poll(f, b);
	assert_finds(f, TEXTSEARCH_BODY, "hello", 0, 1);
	fixture_drain(f);
	assert_finds(f, TEXTSEARCH_BODY, "hello", 1, 0);
	box_close(b);
}

static unsigned points(const struct scored_set *set, struct fixture *f, struct box *b, uint32_t uid)
{
	uint64_t serial = fixture_row(b, uid).serial;

	for (size_t i = 0; i < set->n; i++) {
		if (i > 0)
			assert_true(set->v[i - 1].serial < set->v[i].serial);
		if (set->v[i].serial == serial)
			return set->v[i].points;
	}
	return 0;
}

static void finds_fuzzily(void **state)
{
	struct fixture   *f = *state;
	struct scored_set h;
	struct serial_set u;
	struct box       *b;

	fixture_write(f, "cur/1:2,S", "From: a@example.org\nSubject: Dancing lessons\nMessage-ID: <1@x>\n\nNothing\n");
	fixture_write(f, "cur/2:2,S", "From: a@example.org\nSubject: Lessons\nMessage-ID: <2@x>\n\nShe danced: lesson one\n");
	fixture_write(f, "cur/3:2,S", "From: Dancing Queen <q@lessons.example>\nSubject: x\nMessage-ID: <3@x>\n\nNothing\n");
	fixture_write(f, "cur/4:2,S", "From: a@example.org\nSubject: x\nMessage-ID: <4@x>\n\nNo dancing, lessons or not\n");
	fixture_write(f, "cur/5:2,S", "From: a@example.org\nSubject: x\nMessage-ID: <5@x>\n\nLessons before dancing\n");
	fixture_write(f, "cur/6:2,S", "From: a@example.org\nSubject: x\nMessage-ID: <6@x>\n\nDancing alone\n");
	b = fixture_open(f, "INBOX");
	assert_int_equal(textsearch_fuzzy(f->store, TEXTSEARCH_TEXT, STR("x"), &f->a, &h, &u), -ENOTSUP);
	fixture_drain(f);
	assert_int_equal(textsearch_fuzzy(f->store, TEXTSEARCH_TEXT, STR("Dancing Lessons"), &f->a, &h, &u), 0);
	assert_int_equal(h.n, 5);
	assert_int_equal(points(&h, f, b, 1), 100);
	assert_int_equal(points(&h, f, b, 2), 20);
	assert_int_equal(points(&h, f, b, 3), 75);
	assert_int_equal(points(&h, f, b, 4), 60);
	assert_int_equal(points(&h, f, b, 5), 40);
	assert_int_equal(textsearch_fuzzy(f->store, TEXTSEARCH_BODY, STR("dancing lessons"), &f->a, &h, &u), 0);
	assert_int_equal(h.n, 3);
	assert_int_equal(points(&h, f, b, 2), 30);
	assert_int_equal(points(&h, f, b, 4), 100);
	assert_int_equal(points(&h, f, b, 5), 60);
	/* beginnings; operators are words */
	assert_int_equal(textsearch_fuzzy(f->store, TEXTSEARCH_BODY, STR("danc or NOT"), &f->a, &h, &u), 0);
	assert_int_equal(h.n, 1);
	assert_int_equal(points(&h, f, b, 4), 30);
	assert_int_equal(textsearch_fuzzy(f->store, TEXTSEARCH_BODY, STR("\xe6\x97\xa5"), &f->a, &h, &u), -ENOTSUP);
	fixture_mail(f, "cur/7:2,S", "7@x");
	fixture_poll(f, b);
	assert_int_equal(textsearch_fuzzy(f->store, TEXTSEARCH_BODY, STR("hello"), &f->a, &h, &u), 0);
	assert_int_equal(h.n, 0);
	assert_int_equal(u.n, 1);
	box_close(b);
}

/* What notmuch says of queries that are none. */
static const struct {
	const char *query, *why;
} bad[] = {
	{ "a and", "notmuch does not understand the query: Syntax: <expression> AND <expression>" },
	{ "from:/(/", "notmuch does not understand the query: Regexp error: Unmatched ( or \\(" },
	{ "date:foo..bar", "notmuch does not understand the query: Didn't understand date specification 'foo'" },
	{ "thread:{a and}", "notmuch does not understand the query: missing } in '{a'" },
};

static void queries_of_the_client(void **state)
{
	struct fixture   *f = *state;
	struct serial_set h;
	struct box       *b;

	fixture_mail(f, "cur/1:2,S", "1@x");
	fixture_mail(f, "Work/cur/2:2,F", "2@x");
	b = fixture_open(f, "INBOX");
	box_close(fixture_open(f, "Work"));
	assert_int_equal(textsearch_raw(f->store, STR("*"), &f->a, &h), -EIO);         /* there is no index */
	fixture_drain(f);
	assert_int_equal(textsearch_raw(f->store, STR("id:1@x or tag:flagged"), &f->a, &h), 0);
	assert_int_equal(h.n, 2);
	assert_int_equal(textsearch_raw(f->store, STR("not tag:flagged"), &f->a, &h), 0);
	assert_int_equal(h.n, 1);
	assert_int_equal(textsearch_raw(f->store, STR("nothing.at.all"), &f->a, &h), 0);
	assert_int_equal(h.n, 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(textsearch_raw(f->store, str_of(bad[i].query), &f->a, &h), -EINVAL);
		assert_string_equal(store_why(f->store), bad[i].why);
	}
	box_close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries),
		cmocka_unit_test_setup_teardown(finds, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(finds_fuzzily, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(queries_of_the_client, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
