#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "item_envelope.h"

static const struct {
	const char *header;
	const char *want;
} cases[] = {
	/* RFC 9051 section 8; by the grammar no space parts addresses */
	{ "Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\n"
	  "From: Terry Gray <gray@cac.washington.edu>\r\n"
	  "Subject: IMAP4rev2 WG mtg summary and minutes\r\n"
	  "To: imap@cac.washington.edu\r\n"
	  "cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\n"
	  "Message-Id: <B27397-0100000@cac.washington.edu>\r\n"
	  "MIME-Version: 1.0\r\n"
	  "Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n",
	  "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev2 WG mtg summary and minutes\" "
	  "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
	  "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((NIL NIL \"imap\" \"cac.washington.edu\")) "
	  "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL "
	  "\"<B27397-0100000@cac.washington.edu>\")" },
	{ "\r\n", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)" },
	/* "if these header fields are present but empty, the corresponding member of the envelope is the empty string" */
	{ "Date:\nSubject: \nTo:\nIn-Reply-To:\n\n", "(\"\" \"\" NIL NIL NIL NIL NIL NIL \"\" NIL)" },
	{ "From: a@b\nSender: c@d\nReply-To:\n\n",
	  "(NIL NIL ((NIL NIL \"a\" \"b\")) ((NIL NIL \"c\" \"d\")) ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL)" },
	/* RFC 5322 appendix A.1.3: a group */
	{ "To: A Group:Ed Jones <c@a.test>;\n\n",
	  "(NIL NIL NIL NIL NIL ((NIL NIL \"A Group\" NIL)(\"Ed Jones\" NIL \"c\" \"a.test\")(NIL NIL NIL NIL)) NIL NIL NIL NIL)" },
	/* What no quoted string of IMAP4rev1 may hold is a literal; quotes are escaped. */
	{ "Subject: caf\xc3\xa9\n\n", "(NIL {5}\r\ncaf\xc3\xa9 NIL NIL NIL NIL NIL NIL NIL NIL)" },
	{ "Subject: say \"a\\b\"\n\n", "(NIL \"say \\\"a\\\\b\\\"\" NIL NIL NIL NIL NIL NIL NIL NIL)" },
	{ "Subject: a\n\tb\n\n", "(NIL {3}\r\na\tb NIL NIL NIL NIL NIL NIL NIL NIL)" },
};

static void put(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(10000), kept = BUF(10000);
		struct envelope e = envelope_read(&a, str_of(cases[i].header));

		item_envelope_put(&b, &e);
		assert_string_equal(buf_z(&b), cases[i].want);
		item_envelope_kind.make(&a, str_of(cases[i].header), &kept);
		assert_true(str_starts(buf_view(&kept), item_envelope_kind.version));
		assert_string_equal(buf_z(&kept) + item_envelope_kind.version.n, cases[i].want);
		buf_free(&b);
		buf_free(&kept);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(put) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
