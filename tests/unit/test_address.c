#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "address.h"

#include <stdio.h>

#include "buf.h"
#include "limits.h"

/* Written as the ENVELOPE would have it: (name adl mailbox host), NIL as "-". */
static const struct {
	const char *in, *want;
} cases[] = {
	/* RFC 5322 appendix A.1 */
	{ "John Doe <jdoe@machine.example>", "(John Doe|-|jdoe|machine.example)" },
	{ "\"Joe Q. Public\" <john.q.public@example.com>", "(Joe Q. Public|-|john.q.public|example.com)" },
	{ "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
	  "(Mary Smith|-|mary|x.test)(-|-|jdoe|example.org)(Who?|-|one|y.test)" },
	{ "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
	  "(-|-|boss|nil.test)(Giant; \"Big\" Box|-|sysservices|example.net)" },
	{ "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
	  "(-|-|A Group|-)(Ed Jones|-|c|a.test)(-|-|joe|where.test)(John|-|jdoe|one.test)(-|-|-|-)" },
	{ "Undisclosed recipients:;", "(-|-|Undisclosed recipients|-)(-|-|-|-)" },
	/* A.5: white space and comments */
	{ "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "(Pete|-|pete|silly.test)" },
	{ "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n"
	  "         joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end of the group)",
	  "(-|-|A Group|-)(Chris Jones|-|c|public.example)(-|-|joe|example.org)(John|-|jdoe|one.test)(-|-|-|-)" },
	{ "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", "(-|-|Hidden recipients|-)(-|-|-|-)" },
	/* A.6.1: obsolete addressing */
	{ "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
	  "(Mary Smith|@node.test|mary|example.net)(-|-|jdoe|test.example)" },
	{ "Joe Q. Public <john.q.public@example.com>", "(Joe Q. Public|-|john.q.public|example.com)" },
	{ "<@a.test, @b.test:c@d.test>", "(-|@a.test,@b.test|c|d.test)" },
	/* RFC 822: the name in a comment */
	{ "jdoe@example.org (John \\(the\\) Doe)", "(John (the) Doe|-|jdoe|example.org)" },
	{ "a.b @ c . d (N)", "(N|-|a.b|c.d)" },
	/* quoted local parts, literals */
	{ "\"a b\"@x.test", "(-|-|a b|x.test)" },
	{ "\"a@b\"@x.test", "(-|-|a@b|x.test)" },
	{ "x@[127.0.0.1], y@[IPv6:::1]", "(-|-|x|[127.0.0.1])(-|-|y|[IPv6:::1])" },
	/* folding, 8 bit, RFC 2047 */
	{ "\"Fold\r\n ed\" <a@b>", "(Fold ed|-|a|b)" },
	{ "Two\r\n\tWords <a@b>", "(Two Words|-|a|b)" },
	{ "=?utf-8?q?J=C3=B6rg?= <j@x.test>", "(=?utf-8?q?J=C3=B6rg?=|-|j|x.test)" },
	{ "J\xc3\xb6rg <j@x.test>", "(J\xc3\xb6rg|-|j|x.test)" },
	/* broken */
	{ "", "" },
	{ " , ,; ", "" },
	{ "root", "(-|-|root|)" },
	{ "MAILER-DAEMON <>", "(MAILER-DAEMON|-||)" },
	{ "user@a.test <user@a.test>", "(user@a.test|-|user|a.test)" },
	{ "Fred Foo fred@a.test", "(Fred Foo|-|fred|a.test)" },
	{ "a@b.test c@d.test", "(a@b.test|-|c|d.test)" },
	{ "<a@b> <c@d>", "(-|-|a|b)(-|-|c|d)" },
	{ "<a@b> junk, <c@d>", "(-|-|a|b)(-|-|c|d)" },
	{ "Unclosed <a@b, c@d", "(Unclosed|-|a|b)(-|-|c|d)" },
	{ "\"Unclosed <a@b>", "(\"Unclosed|-|a|b)" },
	{ "Unclosed (x <a@b>", "(Unclosed (x|-|a|b)" },
	{ "Open: a@b, c@d", "(-|-|Open|-)(-|-|a|b)(-|-|c|d)(-|-|-|-)" },
	{ "G: a@b; c@d", "(-|-|G|-)(-|-|a|b)(-|-|-|-)(-|-|c|d)" },
	{ "a@", "(-|-|a|)" },
	{ "@b", "(-|-||b)" },
	{ "<@b>", "(-|-||b)" },
};

static void put(struct buf *b, struct str s)
{
	if (s.p)
		buf_str(b, s);
	else
		buf_putc(b, '-');
}

static void put_list(struct buf *b, struct addresses l)
{
	for (size_t i = 0; i < l.n; i++) {
		const struct str v[4] = { l.p[i].name, l.p[i].adl, l.p[i].mailbox, l.p[i].host };

		for (int j = 0; j < 4; j++) {
			buf_putc(b, j == 0 ? '(' : '|');
			put(b, v[j]);
		}
		buf_putc(b, ')');
	}
}

static void test_lists(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(10000);

		put_list(&b, address_read(&a, str_of(cases[i].in)));
		print_message("%s\n", cases[i].in);
		assert_string_equal(buf_z(&b), cases[i].want);
		buf_free(&b);
		arena_free(&a);
	}
}

/* No more than the limit, and a group begun is ended. */
static void test_limit(void **state)
{
	struct arena     a = ARENA_INIT;
	struct buf       b = BUF(1 << 20);
	struct addresses l;

	buf_puts(&b, "g:");
	for (int i = 0; i < ADDRESSES_MAX + 10; i++)
		buf_puts(&b, "a@b,");
	l = address_read(&a, buf_view(&b));
	assert_int_equal(l.n, ADDRESSES_MAX);
	assert_null(l.p[l.n - 1].mailbox.p);
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
