/* Stored searches in notmuch's words, and what has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"
#include "command.h"
#include "filter.h"
#include "keywords.h"
#include "limits.h"

static const struct {
	const char *criteria;
	const char *query;              /* NULL: notmuch cannot say it */
} cases[] = {
	{ "X-GM-RAW \"from:boss and date:1month..\"", "from:boss and date:1month.." },
	{ "(X-GM-RAW {3+}\r\na\"b)", "a\"b" },
	{ "X-GM-RAW \"a or b\" UNSEEN", "(a or b) and (tag:unread)" },
	{ "SEEN", "not tag:unread" },
	{ "UNSEEN", "tag:unread" },
	{ "FLAGGED ANSWERED DRAFT KEYWORD $Forwarded", "(tag:flagged) and (tag:replied) and (tag:draft) and (tag:passed)" },
	{ "UNFLAGGED UNANSWERED UNDRAFT", "(not tag:flagged) and (not tag:replied) and (not tag:draft)" },
	{ "KEYWORD todo", "tag:\"todo\"" },
	{ "KEYWORD my=20\"tag", NULL },
	{ "KEYWORD my=20=22tag", "tag:\"my \"\"tag\"" },
	{ "UNKEYWORD todo", "not tag:\"todo\"" },
	{ "FROM boss@example.com", "from:\"boss example.com\"" },
	{ "FROM boss", "from:boss*" },
	{ "TO \"Smith and Co\"", "to:\"Smith and Co\"" },
	{ "SUBJECT \"a) or tag:(\"", "subject:\"a or tag\"" },
	{ "BODY hello", "body:hello*" },
	{ "TEXT \"hello world\"", "\"hello world\"" },
	{ "SINCE 1-Feb-1994", "date:1994-02-01.." },
	{ "BEFORE 1-Mar-2000", "date:..2000-02-29" },
	{ "ON 1-Mar-2000", "date:2000-03-01..2000-03-01" },
	{ "SENTSINCE 1-Feb-1994", "date:1994-02-01.." },
	{ "SENTBEFORE 1-Jan-2001", "date:..2000-12-31" },
	{ "SENTON 29-Feb-2024", "date:2024-02-29..2024-02-29" },
	{ "NOT SEEN", "not (not tag:unread)" },
	{ "NOT (SEEN FROM boss)", "not ((not tag:unread) and from:boss*)" },
	{ "OR FROM boss OR SUBJECT cake UNSEEN", "from:boss* or subject:cake* or (tag:unread)" },
	{ "FLAGGED OR UNSEEN FROM boss", "(tag:flagged) and ((tag:unread) or from:boss*)" },
	{ "UNSEEN UNDELETED", "(tag:unread) and (not tag:\"deleted\")" },
	{ "NOT DELETED", "not (tag:\"deleted\")" },
	{ "X-GM-LABELS lists/x X-GM-LABELS \\Starred", "tag:\"lists/x\" and tag:\"flagged\"" },
	{ "NOT X-GM-LABELS \"my \\\"label\"", "not tag:\"my \"\"label\"" },
	{ "THREADID T00000000000000a1", "thread:00000000000000a1" },
	{ "X-GM-THRID 161", "thread:00000000000000a1" },
	{ "INTHREAD FROM boss", "thread:\"{from:boss*}\"" },
	{ "UNSEEN INTHREAD (KEYWORD todo UNSEEN)", "(tag:unread) and thread:\"{tag:\"\"todo\"\" and (tag:unread)}\"" },
	{ "INTHREAD INTHREAD KEYWORD x", "thread:\"{thread:\"\"{tag:\"\"\"\"x\"\"\"\"}\"\"}\"" },
	{ "INTHREAD ALL", "thread:\"{*}\"" },
	{ "ALL", "*" },
	{ "ALL UNSEEN", "(tag:unread)" },

	{ "NOT ALL", NULL },
	{ "ALL ALL", NULL },
	{ "OR ALL SEEN", NULL },
	{ "1:*", NULL },
	{ "UID 7", NULL },
	{ "LARGER 10", NULL },
	{ "FROM boss SMALLER 10", NULL },
	{ "RECENT", NULL },
	{ "NEW", NULL },
	{ "CC boss", NULL },
	{ "BCC boss", NULL },
	{ "INTHREAD REFS FROM boss", NULL },
	{ "INTHREAD LARGER 10", NULL },
	{ "X-GM-LABELS \\None", NULL },
	{ "X-GM-LABELS unread", NULL },
	{ "THREADID Tother", NULL },
	{ "EMAILID M00000000000000a1", NULL },
	{ "HEADER List-Id x", NULL },
	{ "FILTER x", NULL },
	{ "FUZZY SUBJECT x", NULL },
	{ "NOT FUZZY (SUBJECT x SEEN)", NULL },
	{ "FROM \"\"", NULL },
	{ "FROM @", NULL },
	{ "SUBJECT \"\346\227\245\346\234\254\"", NULL },
	{ "BEFORE 1-Jan-1970", NULL },
	{ "SINCE 31-Dec-1969", NULL },
	{ "X-GM-RAW \"\"", NULL },
	{ "SEEN X-GM-RAW \"a) or (b\"", NULL },
	{ "SEEN X-GM-RAW \"a (b\"", NULL },
	{ "SEEN X-GM-RAW {2+}\r\na\"", NULL },
	{ "SEEN X-GM-RAW {6+}\r\na \"(\" b", NULL },
};

static bool tag(void *arg, enum key_op what, struct str word, struct buf *b)
{
	if (what == KEY_KEYWORD)
		return keyword_unescape(b, word) == 0;
	if (word.p[0] == '\\' && !str_eq(word, STR("\\Trash")) && !str_eq(word, STR("\\Starred")))
		return false;
	buf_str(b, str_eq(word, STR("\\Trash")) ? STR("deleted") : str_eq(word, STR("\\Starred")) ? STR("flagged") : word);
	return !str_eq(word, STR("unread"));
}

static void criteria_become_queries(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena       a = ARENA_INIT;
		struct buf         b = BUF(QUERY_MAX);
		struct search_args args = { .options = SEARCH_ALL };
		struct lexer       lx;

		lex_init(&lx, str_of(cases[i].criteria), &a);
		if (read_search_keys(&lx, &args) < 0) {
			if (cases[i].query)
				fail_msg("%s is not read: %s", cases[i].criteria, lex_why(&lx));
		} else if (filter_query(&b, args.root, tag, NULL) != (cases[i].query != NULL)) {
			fail_msg("%s: %s", cases[i].criteria, buf_z(&b));
		} else if (cases[i].query) {
			assert_string_equal(buf_z(&b), cases[i].query);
		}
		buf_free(&b);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(criteria_become_queries) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
