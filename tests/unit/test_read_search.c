#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_search.h"

#include <errno.h>
#include <inttypes.h>

#include "command.h"
#include "limits.h"

/* The tree as text: names of keys, what they hold, children in parentheses. */
static void put_key(struct buf *b, const struct key *k)
{
	static const char *const names[] = {
		[KEY_ALL] = "all", [KEY_AND] = "and", [KEY_OR] = "or", [KEY_NOT] = "not", [KEY_UIDS] = "set", [KEY_FLAGS] = "flags",
		[KEY_RECENT] = "recent", [KEY_KEYWORD] = "keyword", [KEY_DATE] = "date", [KEY_SIZE] = "size", [KEY_SENT] = "sent",
		[KEY_FROM] = "from", [KEY_TO] = "to", [KEY_CC] = "cc", [KEY_BCC] = "bcc", [KEY_SUBJECT] = "subject", [KEY_HEADER] = "header",
		[KEY_BODY] = "body", [KEY_TEXT] = "text", [KEY_RAW] = "raw", [KEY_FILTER] = "filter", [KEY_INTHREAD] = "inthread",
		[KEY_EMAIL] = "email", [KEY_LABEL] = "label", [KEY_THREAD] = "thread", [KEY_MODSEQ] = "modseq",
	};

	if (k->fuzzy)
		buf_putc(b, '~');
	buf_puts(b, names[k->op]);
	if (k->by_algorithm)
		buf_printf(b, "=%d", (int)k->algorithm);
	if (k->op == KEY_FLAGS)
		buf_printf(b, ":%u/%u", k->mask, k->flags);
	if (k->name.p)
		buf_printf(b, ":%.*s", STR_ARG(k->name));
	if (k->text.p)
		buf_printf(b, ":%.*s", STR_ARG(k->text));
	if (k->id != 0)
		buf_printf(b, ":%" PRIu64, k->id);
	if (k->from != 0 || k->to != 0) {
		buf_putc(b, ':');
		if (k->from != KEY_FIRST)
			buf_printf(b, "%" PRId64, k->from);
		buf_putc(b, '-');
		if (k->to != KEY_LAST)
			buf_printf(b, "%" PRId64, k->to);
	}
	for (const struct key *c = k->child; c; c = c->next) {
		buf_puts(b, c == k->child ? "(" : " ");
		put_key(b, c);
	}
	buf_puts(b, k->child ? ")" : "");
}

/* sets: those of the sequence sets among the keys, UID sets with "u" before. */
static const struct {
	const char *in;
	const char *want;
	const char *sets;
} cases[] = {
	/* RFC 9051 section 6.4.4 */
	{ "DELETED FROM \"SMITH\" SINCE 1-Feb-1994", "and(flags:32/32 from:SMITH date:8797-)", "" },
	{ "FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"", "and(flags:2/2 date:8797- not(from:Smith))", "" },
	{ "TEXT \"string not in mailbox\"", "text:string not in mailbox", "" },
	{ "TEXT {6}\r\n\xd0\xbe\xd1\x82\xd0\xbf", "text:\xd0\xbe\xd1\x82\xd0\xbf", "" },
	{ "(OR $ 1,3000:3021) TEXT {2+}\r\nab", "and(or(set set) text:ab)", "$ 1,3000:3021" },
	{ "UID $ SMALLER 4096", "and(set size:-4096)", "u$" },
	{ "1:5000", "set", "1:5000" },
	{ "*:4,5", "set", "*:4,5" },

	{ "ALL", "all", "" },
	{ "all", "all", "" },
	{ "(ALL)", "all", "" },
	{ "((ALL UNSEEN))", "and(all flags:1/0)", "" },
	{ "ANSWERED UNANSWERED", "and(flags:4/4 flags:4/0)", "" },
	{ "DRAFT UNDRAFT UNDELETED UNFLAGGED SEEN", "and(flags:8/8 flags:8/0 flags:32/0 flags:2/0 flags:1/1)", "" },
	{ "BCC a CC b TO c SUBJECT d BODY e", "and(bcc:a cc:b to:c subject:d body:e)", "" },
	{ "HEADER Message-ID <a@b>", "header:Message-ID:<a@b>", "" },
	{ "HEADER X-Foo \"\"", "header:X-Foo:", "" },
	{ "BEFORE 1-Feb-1994 ON \"01-Feb-1994\"", "and(date:-8797 date:8797-8798)", "" },
	{ "SENTBEFORE 1-Feb-1994 SENTON 1-Feb-1994 SENTSINCE 1-Feb-1994", "and(sent:-8797 sent:8797-8798 sent:8797-)", "" },
	{ "LARGER 0 SMALLER 9223372036854775807", "and(size:1- size:-)", "" },
	{ "KEYWORD $Junk UNKEYWORD $Forwarded", "and(keyword:$Junk not(flags:16/16))", "" },
	/* RFC 8474 section 6, and the numbers of Gmail's */
	{ "EMAILID M00000000000000ff THREADID T0000000000000010", "and(email:255 thread:16)", "" },
	{ "X-GM-LABELS \\Inbox NOT X-GM-LABELS \"Gr&APY-n\"", "and(label:\\Inbox not(label:Gr\xc3\xb6n))", "" },
	{ "EMAILID T0000000000000010", "email", "" },
	/* RFC 5466 section 3.1 */
	{ "UID 300:900 FILTER on-the-road SINCE \"3-Dec-2002\"", "and(set filter:on-the-road date:12024-)", "u300:900" },
	{ "not (filter a filter A=2Fb)", "not(and(filter:a filter:A=2Fb))", "" },
	{ "X-GM-MSGID 18446744073709551615 x-gm-thrid 7", "and(email:18446744073709551615 thread:7)", "" },
	/* RFC 7162 section 3.1.5 */
	{ "MODSEQ \"/flags/\\\\draft\" all 620162338", "modseq:620162338", "" },
	{ "OR NOT MODSEQ 720162338 LARGER 50000", "or(not(modseq:720162338) size:50001-)", "" },
	{ "modseq 0", "modseq", "" },
	{ "MODSEQ \"/Flags/$MDNSent\" Priv 1 MODSEQ \"/flags/a\" shared 9223372036854775807", "and(modseq:1 modseq:9223372036854775807)", "" },
	/* RFC 3501 section 6.4.4 */
	{ "NEW OLD RECENT", "and(and(recent flags:1/0) not(recent) recent)", "" },
	/* RFC 6203 */
	{ "FUZZY (SUBJECT \"IMAP break\")", "~subject:IMAP break", "" },
	{ "FUZZY SUBJECT work FROM user@example.com", "and(~subject:work from:user@example.com)", "" },
	{ "FUZZY (FROM \"Dave\" SINCE 21-Jan-2009 BEFORE 24-Jan-2009)", "~and(~from:Dave ~date:14265- ~date:-14268)", "" },
	{ "NOT FUZZY OR fuzzy TO a CC b", "not(~or(~to:a ~cc:b))", "" },
	{ "INTHREAD SUBJECT schemata", "inthread(subject:schemata)", "" },
	{ "UNSEEN INTHREAD REFS (FROM a TO b) 2:3", "and(flags:1/0 inthread=2(and(from:a to:b)) set)", "2:3" },
	{ "inthread orderedsubject not inthread references all", "inthread=0(not(inthread=1(all)))", "" },
	{ "INTHREAD", NULL, NULL },
	{ "INTHREAD REFS", NULL, NULL },
	{ "INTHREAD X ALL", NULL, NULL },
	{ "FUZZY", NULL, NULL },
	{ "FUZZY (", NULL, NULL },
	{ "FUZZY\r\n", NULL, NULL },

	{ "X-GM-RAW \"tag:inbox and date:1month..\" x-gm-raw {3}\r\n a(", "and(raw:tag:inbox and date:1month.. raw: a()", "" },
	/* OR is a list, however it is nested. */
	{ "OR SEEN OR DRAFT OR FROM a TO b", "or(flags:1/1 flags:8/8 from:a to:b)", "" },
	{ "OR OR SEEN DRAFT OR FROM a TO b ALL", "and(or(flags:1/1 flags:8/8 from:a to:b) all)", "" },
	{ "OR NOT OR SEEN DRAFT (OR FROM a TO b)", "or(not(or(flags:1/1 flags:8/8)) or(from:a to:b))", "" },
	{ "NOT NOT ALL", "not(not(all))", "" },
	{ "NOT 2:4 UID 7", "and(not(set) set)", "2:4 u7" },

	{ "", NULL, NULL },
	{ "ALL ", NULL, NULL },
	{ " ALL", NULL, NULL },
	{ "ALL  SEEN", NULL, NULL },
	{ "()", NULL, NULL },
	{ "(ALL", NULL, NULL },
	{ "ALL)", NULL, NULL },
	{ "OR ALL", NULL, NULL },
	{ "OR", NULL, NULL },
	{ "NOT", NULL, NULL },
	{ "FROM", NULL, NULL },
	{ "FROM ", NULL, NULL },
	{ "HEADER Subject", NULL, NULL },
	{ "NONSENSE", NULL, NULL },
	{ "SINCE 1994-02-01", NULL, NULL },
	{ "SINCE 30-Feb-1994", NULL, NULL },
	{ "LARGER -1", NULL, NULL },
	{ "LARGER 9223372036854775808", NULL, NULL },
	{ "KEYWORD \\Seen", NULL, NULL },
	{ "0", NULL, NULL },
	{ "EMAILID", NULL, NULL },
	{ "EMAILID (a)", NULL, NULL },
	{ "THREADID a.b", NULL, NULL },
	{ "FILTER", NULL, NULL },
	{ "FILTER a/b", NULL, NULL },
	{ "FILTER \"a\"", NULL, NULL },
	{ "FILTER a]", NULL, NULL },
	{ "X-GM-LABELS", NULL, NULL },
	{ "X-GM-LABELS (a)", NULL, NULL },
	{ "X-GM-MSGID", NULL, NULL },
	{ "X-GM-MSGID -1", NULL, NULL },
	{ "X-GM-THRID 18446744073709551616", NULL, NULL },
	{ "MODSEQ", NULL, NULL },
	{ "MODSEQ -1", NULL, NULL },
	{ "MODSEQ 9223372036854775808", NULL, NULL },
	{ "MODSEQ /flags/a all 1", NULL, NULL },
	{ "MODSEQ \"/flags/a\" 1", NULL, NULL },
	{ "MODSEQ \"/flags/a\" none 1", NULL, NULL },
	{ "MODSEQ \"/flags/a\" all", NULL, NULL },
	{ "MODSEQ \"/flags/\" all 1", NULL, NULL },
	{ "MODSEQ \"/flags/a b\" all 1", NULL, NULL },
	{ "MODSEQ \"/comment\" all 1", NULL, NULL },
	{ "MODSEQ \"\" all 1", NULL, NULL },
	{ "UID", NULL, NULL },
	{ "UID x", NULL, NULL },
};

static void read_keys(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena       a = ARENA_INIT;
		struct buf         b = BUF(1000), sets = BUF(1000);
		struct search_args got = { .options = SEARCH_ALL };
		struct lexer       lx;
		int                r;

		print_message("%s\n", cases[i].in);
		lex_init(&lx, str_of(cases[i].in), &a);
		r = read_search_keys(&lx, &got);
		assert_int_equal(r, cases[i].want ? 0 : -EBADMSG);
		if (r == 0) {
			put_key(&b, got.root);
			assert_string_equal(buf_z(&b), cases[i].want);
			for (size_t k = 0; k < got.sets.n; k++) {
				buf_printf(&sets, "%s%s", k > 0 ? " " : "", got.sets.p[k].by_uid ? "u" : "");
				seqset_put_set(&sets, &got.sets.p[k].set);
				assert_int_equal(got.sets.p[k].key->op, KEY_UIDS);
			}
			assert_string_equal(buf_z(&sets), cases[i].sets);
		}
		buf_free(&b);
		buf_free(&sets);
		arena_free(&a);
	}
}

/* What comes before the keys. */
static const struct {
	const char *in;
	int         want;
	bool        returns, bad_charset;
	unsigned    options;
} heads[] = {
	{ " ALL", 0, false, false, SEARCH_ALL },
	{ " CHARSET UTF-8 ALL", 0, false, false, SEARCH_ALL },
	{ " charset \"us-ascii\" ALL", 0, false, false, SEARCH_ALL },
	{ " RETURN () ALL", 0, true, false, SEARCH_ALL },
	{ " RETURN (MIN max) ALL", 0, true, false, SEARCH_MIN | SEARCH_MAX },
	{ " RETURN (COUNT ALL SAVE) CHARSET UTF-8 ALL", 0, true, false, SEARCH_COUNT | SEARCH_ALL | SEARCH_SAVE },
	{ " RETURN (RELEVANCY ALL) FUZZY TEXT \"Helo\"", 0, true, false, SEARCH_RELEVANCY | SEARCH_ALL },
	{ " RETURN (RELEVANCY) TEXT \"Helo\"", -EBADMSG, true, false, 0 },
	{ " RETURN (SAVE) CHARSET KOI8-R (OR $ 1,3000:3021) TEXT {4}\r\n\xc1\xc1\xc1\xc1", 0, true, true, SEARCH_SAVE },
	/* Keys in an unknown charset are not read: they need not even be text. */
	{ " CHARSET ISO-2022-JP TEXT \"\x1b$B\xff\"", 0, false, true, SEARCH_ALL },
	{ "", -EBADMSG, false, false, 0 },
	{ " ", -EBADMSG, false, false, 0 },
	{ " RETURN ALL", -EBADMSG, false, false, 0 },
	{ " RETURN (ALL)", -EBADMSG, false, false, 0 },
	{ " RETURN (FOO) ALL", -EBADMSG, false, false, 0 },
	{ " RETURN (MINMAX) ALL", -EBADMSG, false, false, 0 },
	{ " RETURN (MIN ) ALL", -EBADMSG, false, false, 0 },
	{ " CHARSET UTF-8", -EBADMSG, false, false, 0 },
	{ " CHARSET ALL", -EBADMSG, false, false, 0 },
};

static void read_heads(void **state)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct arena        a = ARENA_INIT;
		struct request      rq = { .arena = &a };
		struct search_args *args;
		void               *p = NULL;

		print_message("%s\n", heads[i].in);
		lex_init(&rq.lx, str_of(heads[i].in), &a);
		assert_int_equal(read_search(&rq, &p), heads[i].want);
		args = p;
		if (heads[i].want == 0) {
			assert_int_equal(args->returns, heads[i].returns);
			assert_int_equal(args->bad_charset, heads[i].bad_charset);
			assert_int_equal(args->options, heads[i].options);
			assert_int_equal(args->root == NULL, heads[i].bad_charset);
		}
		arena_free(&a);
	}
}

static int read_repeated(const char *head, const char *body, unsigned n, const char *tail)
{
	struct arena       a = ARENA_INIT;
	struct buf         b = BUF(COMMAND_MAX);
	struct search_args args = { .options = SEARCH_ALL };
	struct lexer       lx;
	int                r;

	buf_puts(&b, head);
	for (unsigned i = 0; i < n; i++)
		buf_puts(&b, body);
	buf_puts(&b, tail);
	lex_init(&lx, buf_view(&b), &a);
	r = read_search_keys(&lx, &args);
	buf_free(&b);
	arena_free(&a);
	return r;
}

static void limits(void **state)
{
	assert_int_equal(read_repeated("ALL", " ALL", SEARCH_KEYS_MAX - 1, ""), 0);
	assert_int_equal(read_repeated("ALL", " ALL", SEARCH_KEYS_MAX, ""), -EMSGSIZE);
	assert_int_equal(read_repeated("", "(", NEST_MAX + 1, ""), -EMSGSIZE);
	assert_int_equal(read_repeated("", "NOT ", NEST_MAX - 1, "ALL"), 0);
	assert_int_equal(read_repeated("", "NOT ", NEST_MAX, "ALL"), -EMSGSIZE);
	assert_int_equal(read_repeated("", "OR ALL ", 1000, "ALL"), 0);
	assert_int_equal(read_repeated("", "TEXT x ", SEARCH_TEXTS_MAX, "ALL"), 0);
	assert_int_equal(read_repeated("", "TEXT x ", SEARCH_TEXTS_MAX, "BODY y"), -EMSGSIZE);
	assert_int_equal(read_repeated("", "FUZZY TEXT x ", SEARCH_TEXTS_MAX / 6, "ALL"), 0);
	assert_int_equal(read_repeated("", "FUZZY TEXT x ", SEARCH_TEXTS_MAX / 6, "FUZZY BODY y"), -EMSGSIZE);
	assert_int_equal(read_repeated("", "FUZZY ", NEST_MAX, "ALL"), -EMSGSIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(read_keys), cmocka_unit_test(read_heads), cmocka_unit_test(limits) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
