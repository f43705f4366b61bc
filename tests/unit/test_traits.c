#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "traits.h"

#include <errno.h>
#include <string.h>

/* subject, from, to, cc, display from, display to, id, references */
static const struct {
	const char *msg;
	bool        reply;
	int64_t     sent;               /* 0: none */
	const char *want[TRAITS];
} cases[] = {
	{ "From: \"Ann Example\" <ann@Example.ORG>, x@y\nTo: =?utf-8?q?B=C3=B6b?= <bob@b>\nCc: carl@c\nSubject: Re: Hello\n"
	  "Date: Fri, 21 Nov 1997 09:55:06 -0600\nMessage-ID: <1@x>\nReferences: <a@x> <b@x>\nIn-Reply-To: <c@x>\n\nbody",
	  true, 880127706, { "HELLO", "ANN", "BOB", "CARL", "ANN EXAMPLE", "BO\xcc\x88" "B", "1@x\n", "a@x\nb@x\n" } },
	/* RFC 5957 section 3: no name, no host, a group, none */
	{ "From: ann@example.org\nTo: \"\" <bob>\n\n", false, 0, { "", "ANN", "BOB", "", "ANN@EXAMPLE.ORG", "BOB@", "", "" } },
	{ "From: friends: a@b, c@d;\nTo: (none)\n\n", false, 0, { "", "FRIENDS", "", "", "FRIENDS", "", "", "" } },
	/* RFC 5256 section 3: quoting of ids, the first valid one of In-Reply-To, case */
	{ "Message-ID: <\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>\nReferences: none <> <noat> <\"a \\\"b\"@C>\n\n", false, 0,
	  { "", "", "", "", "", "", "01KF8JCEOCBS0045PS@xxx.yyy.com\n", "a\"b@C\n" } },
	{ "References: (no ids)\nIn-Reply-To: Your mail of <yesterday> <one@x> <two@x>\n\n", false, 0, { "", "", "", "", "", "", "", "one@x\n" } },
	{ "\nno header\n", false, 0, { "", "", "", "", "", "", "", "" } },
	{ "", false, 0, { "", "", "", "", "", "", "", "" } },
};

static void round_trip(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena  a = ARENA_INIT;
		struct buf    b = BUF(100000);
		struct traits t;

		traits_kind.make(&a, str_of(cases[i].msg), &b);
		assert_true(str_starts(buf_view(&b), traits_kind.version));
		assert_int_equal(traits_read(buf_view(&b), &t), 0);
		assert_int_equal(t.reply, cases[i].reply);
		assert_int_equal(t.has_sent, cases[i].sent != 0);
		assert_int_equal(t.sent, cases[i].sent);
		for (size_t k = 0; k < TRAITS; k++) {
			print_message("%zu.%zu: %.*s\n", i, k, STR_ARG(t.text[k]));
			assert_int_equal(t.text[k].n, strlen(cases[i].want[k]));
			assert_memory_equal(t.text[k].p, cases[i].want[k], t.text[k].n);
		}
		/* Cut anywhere, or too long, it is none. */
		for (size_t n = 0; n < b.n; n++)
			assert_int_equal(traits_read(str_mid(buf_view(&b), 0, n), &t), -EBADMSG);
		buf_putc(&b, 'x');
		assert_int_equal(traits_read(buf_view(&b), &t), -EBADMSG);
		b.n--;
		b.p[0]++;
		assert_int_equal(traits_read(buf_view(&b), &t), -EBADMSG);
		buf_free(&b);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(round_trip) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
