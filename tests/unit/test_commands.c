#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "commands.h"

#include <errno.h>
#include <string.h>

/* Find and parse, as the session does it: a command behind its tag. -ENOENT: there is no such command. */
static int parse(struct str text, bool rev2, struct arena *a)
{
	struct request rq = { .arena = a, .rev2 = rev2 };
	struct str     name;
	void          *args = NULL;
	bool           append;

	lex_init(&rq.lx, text, a);
	if (lex_word(&rq.lx, &name) < 0)
		return -ENOENT;
	rq.by_uid = str_ieq(name, STR("UID"));
	if (rq.by_uid && (lex_sp(&rq.lx) < 0 || lex_word(&rq.lx, &name) < 0))
		return -ENOENT;
	rq.command = commands_find(name, rq.by_uid);
	if (!rq.command)
		return -ENOENT;
	append = rq.command->flags & CF_STREAMS;
	rq.has_literal = append;
	return rq.command->parse ? rq.command->parse(&rq, &args) : lex_end(&rq.lx);
}

static const struct {
	const char *text;
	int         want;
} cases[] = {
	{ "NOOP", 0 },
	{ "noop\r\n", 0 },
	{ "NOOP ", -EBADMSG },
	{ "NOO", -ENOENT },
	{ "NOOPS", -ENOENT },
	{ "UID NOOP", -ENOENT },
	{ "UID", -ENOENT },
	{ "UID UID", -ENOENT },
	{ "CHECK", 0 },
	{ "UID EXPUNGE 1:*", 0 },
	{ "EXPUNGE", 0 },
	{ "EXPUNGE 1", -EBADMSG },
	{ "SELECT inbox", 0 },
	{ "SELECT \"a b\"", 0 },
	{ "SELECT a b", -EBADMSG },
	{ "SELECT &A", -EINVAL },
	{ "SELECT a (condstore)", 0 },
	{ "EXAMINE a (CONDSTORE CONDSTORE)", 0 },
	{ "SELECT a ()", -EBADMSG },
	{ "SELECT a (CONDSTORE", -EBADMSG },
	{ "SELECT a (CONDSTORE )", -EBADMSG },
	{ "SELECT a (CONDSTORES)", -EBADMSG },
	{ "SELECT a CONDSTORE", -EBADMSG },
	/* RFC 7162 section 3.2.5 */
	{ "SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))", 0 },
	{ "EXAMINE a (CONDSTORE qresync (1 1))", 0 },
	{ "SELECT a (QRESYNC (1 1 3,1:2))", 0 },
	{ "SELECT a (QRESYNC (67890007 90060115194045000 1:29997 (5000,7500,9000,9990:9999 15000,22500,27000,29970,29973,29976,29979,29982,"
		"29985,29988,29991,29994,29997)))", 0 },
	{ "SELECT a (QRESYNC (1 9223372036854775807 (1:4294967295 1:4294967295)))", 0 },
	{ "SELECT a (QRESYNC)", -EBADMSG },
	{ "SELECT a (QRESYNC (1))", -EBADMSG },
	{ "SELECT a (QRESYNC (0 1))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 0))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 9223372036854775808))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1:*))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 $))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1 (1:2 1)))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1 (2,1 1:2)))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1 (1,1 1:2)))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1 (1:* 1:*)))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1 (1)))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 ))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 1 ))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1 (1 1) 1))", -EBADMSG },
	{ "SELECT a (QRESYNC (1 1) QRESYNC (1 1))", -EBADMSG },
	{ "SELECT a (QRESYNC 1 1)", -EBADMSG },
	{ "CREATE a/b/", 0 },
	{ "CREATE /", -EINVAL },
	{ "CREATE a (USE (\\Sent))", 0 },
	{ "CREATE a (USE ())", 0 },
	{ "CREATE a (USE (Sent))", -EBADMSG },
	{ "RENAME a b", 0 },
	{ "RENAME {1}\r\na {1+}\r\nb\r\n", 0 },
	{ "RENAME a ../b/c", 0 },
	{ "RENAME a b//c", -EINVAL },
	{ "ENABLE IMAP4rev2 FOO", 0 },
	{ "ENABLE", -EBADMSG },
	{ "ENABLE a  b", -EBADMSG },
	{ "ID NIL", 0 },
	{ "ID (\"a\" \"b\" \"c\" NIL)", 0 },
	{ "ID (\"a\")", -EBADMSG },
	{ "STATUS a (MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE RECENT)", 0 },
	{ "STATUS a (HIGHESTMODSEQ)", 0 },
	{ "STATUS a (MODSEQ)", -EBADMSG },
	{ "LIST (SUBSCRIBED RECURSIVEMATCH SPECIAL-USE REMOTE) \"\" (a* \"b c\")", 0 },
	{ "LIST \"\" a RETURN (CHILDREN STATUS (SIZE UNSEEN) SUBSCRIBED SPECIAL-USE)", 0 },
	{ "LIST \"\" * RETURN ()", 0 },
	{ "LIST (RECURSIVEMATCH) \"\" *", -EBADMSG },
	{ "LSUB \"\" *", 0 },
	{ "STORE $ +FLAGS.SILENT (\\Deleted $Junk)", 0 },
	{ "STORE 1:* -flags \\Seen foo", 0 },
	{ "STORE 1 FLAGS ()", 0 },
	{ "STORE 1 FLAGSX ()", -EBADMSG },
	/* RFC 7162 section 3.1.3 */
	{ "UID STORE 6,4,8 (UNCHANGEDSINCE 12121230045) +FLAGS.SILENT (\\Deleted)", 0 },
	{ "STORE 12 (unchangedsince 0) +FLAGS.SILENT ($MDNSent)", 0 },
	{ "STORE 1 (UNCHANGEDSINCE 9223372036854775807) FLAGS ()", 0 },
	{ "STORE 1 (UNCHANGEDSINCE 9223372036854775808) FLAGS ()", -EBADMSG },
	{ "STORE 1 (UNCHANGEDSINCE -1) FLAGS ()", -EBADMSG },
	{ "STORE 1 (UNCHANGEDSINCE 1 UNCHANGEDSINCE 1) FLAGS ()", -EBADMSG },
	{ "STORE 1 (UNCHANGEDSINCE) FLAGS ()", -EBADMSG },
	{ "STORE 1 () FLAGS ()", -EBADMSG },
	{ "STORE 1 (UNCHANGEDSINCE 1)FLAGS ()", -EBADMSG },
	{ "STORE 1 (CHANGEDSINCE 1) FLAGS ()", -EBADMSG },
	{ "STORE 1 FLAGS () (UNCHANGEDSINCE 1)", -EBADMSG },
	{ "UID COPY 4827313:4828442 MEETING", 0 },
	{ "COPY 2:4 MEETING", 0 },
	{ "MOVE 42:69 foo", 0 },
	{ "APPEND saved-messages (\\Seen) ", 0 },
	{ "APPEND saved-messages (\\Seen) \" 7-Feb-1994 21:52:25 -0800\" ", 0 },
	{ "APPEND saved-messages \" 7-Feb-1994 21:52:25 -0800\" (\\Seen) ", -EBADMSG },
	{ "APPEND saved-messages", -EBADMSG },
	{ "FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])", 0 },
	{ "SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"", 0 },
};

static void arguments(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = ARENA_INIT;
		int          r = parse(str_of(cases[i].text), false, &a);

		if (r != cases[i].want)
			fail_msg("%s: %d, not %d", cases[i].text, r, cases[i].want);
		arena_free(&a);
	}
}

/* Byte by byte: every beginning of a command, in memory of just that size. */
static void beginnings(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (size_t n = 0; n < strlen(cases[i].text); n++) {
			struct arena a = ARENA_INIT;
			char        *exact = test_malloc(n + 1);

			memcpy(exact, cases[i].text, n);
			parse((struct str){ exact, n }, true, &a);
			test_free(exact);
			arena_free(&a);
		}
	}
}

static const struct {
	const char     *name;
	bool            by_uid, selected;
	enum reply_kind want;           /* REPLY_OK: admitted */
} states[] = {
	{ "NOOP", false, false, REPLY_OK },
	{ "NOOP", false, true, REPLY_OK },
	{ "LOGIN", false, false, REPLY_BAD },
	{ "AUTHENTICATE", false, true, REPLY_BAD },
	{ "STARTTLS", false, false, REPLY_BAD },
	{ "ENABLE", false, false, REPLY_OK },
	{ "ENABLE", false, true, REPLY_BAD },
	{ "SELECT", false, true, REPLY_OK },
	{ "FETCH", false, false, REPLY_BAD },
	{ "FETCH", true, true, REPLY_OK },
	{ "COPY", true, true, REPLY_OK },
	{ "CLOSE", false, true, REPLY_OK },
};

/* Commands that write ask the mailbox itself: 122-examine.t. */
static void admission(void **state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct session        s = { .box = states[i].selected ? (struct box *)&s : NULL };
		const struct command *c = commands_find(str_of(states[i].name), states[i].by_uid);
		const struct reply   *refusal;

		assert_non_null(c);
		refusal = commands_admit(&s, c);
		if ((refusal ? refusal->kind : REPLY_OK) != states[i].want)
			fail_msg("%s %d", states[i].name, states[i].selected);
	}
}

static const struct {
	const char *begun;
	bool        want;
} streams[] = {
	{ "a APPEND ", false },
	{ "a APPEND x ", true },
	{ "a append {5}\r\nINBOX ", true },
	{ "a APPEND", false },
	{ "a SELECT x ", false },
	{ "a UID APPEND x ", false },
	{ "a ", false },
	{ "", false },
};

static void streaming(void **state)
{
	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++)
		if (commands_streams(str_of(streams[i].begun)) != streams[i].want)
			fail_msg("%s", streams[i].begun);
}

/* RFC 9051 section 7.2.2: IMAP4rev2 must be among them; RFC 7888: not both LITERAL+ and LITERAL-. */
static void capabilities(void **state)
{
	static const char *const wanted[] = {
		"IMAP4rev2", "IMAP4rev1", "ENABLE", "IDLE", "NAMESPACE", "UNSELECT", "UIDPLUS", "ESEARCH", "SEARCHRES",
		"SASL-IR", "LITERAL+", "LIST-EXTENDED", "LIST-STATUS", "CHILDREN", "MOVE", "BINARY", "SPECIAL-USE",
		"CREATE-SPECIAL-USE", "STATUS=SIZE", "CONDSTORE", "QRESYNC", "ID", "SORT", "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT",
		"THREAD=REFERENCES", "THREAD=REFS", "I18NLEVEL=1", "SEARCH=FUZZY", "MULTISEARCH", "METADATA", "LIST-METADATA", "FILTERS", "OBJECTID",
	};
	struct buf b = BUF(1000);
	struct str rest, word;
	size_t     n = 0, found = 0;

	commands_capabilities(&b, false);
	for (rest = buf_view(&b); rest.p; n++) {
		str_cut(rest, ' ', &word, &rest);
		for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
			found += str_eq(word, str_of(wanted[i]));
	}
	assert_int_equal(n, sizeof(wanted) / sizeof(wanted[0]));
	assert_int_equal(found, n);
	buf_reset(&b);
	commands_capabilities(&b, true);
	assert_true(str_ends(buf_view(&b), STR(" X-GM-EXT-1")));
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments),
		cmocka_unit_test(beginnings),
		cmocka_unit_test(admission),
		cmocka_unit_test(streaming),
		cmocka_unit_test(capabilities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
