#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_fetch.h"

#include <errno.h>

#include "command.h"

/* labels: of all wants, a space between; "" for a refusal. */
static const struct {
	const char *in;
	bool        by_uid;
	int         want;
	const char *labels;
	bool        seen, size;
} cases[] = {
	{ " 1 FLAGS", false, 0, "FLAGS", false, false },
	{ " 1 (FLAGS)", false, 0, "FLAGS", false, false },
	/* RFC 9051 section 6.4.5 */
	{ " 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])", false, 0, "FLAGS BODY[HEADER.FIELDS (DATE FROM)]", true, false },
	{ " 1 ALL", false, 0, "FLAGS INTERNALDATE RFC822.SIZE ENVELOPE", false, true },
	{ " 1 FAST", false, 0, "FLAGS INTERNALDATE RFC822.SIZE", false, true },
	{ " 1 full", false, 0, "FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY", false, true },
	{ " $ BODYSTRUCTURE", false, 0, "BODYSTRUCTURE", false, false },
	{ " 1 BODY", false, 0, "BODY", false, false },
	{ " 1 BODY[]", false, 0, "BODY[]", true, false },
	{ " 1 BODY.PEEK[]<0.2048>", false, 0, "BODY[]<0>", false, false },
	{ " 1 (body.peek[1.2.mime] Binary.Peek[1]<5.6> BINARY.SIZE[2])", false, 0, "BODY[1.2.MIME] BINARY[1]<5> BINARY.SIZE[2]", false, false },
	{ " 1 BINARY[1]", false, 0, "BINARY[1]", true, false },
	/* RFC 8474 section 5.3, and Gmail's */
	{ " 1:* (emailid threadid)", false, 0, "EMAILID THREADID", false, false },
	{ " 1 x-gm-labels", false, 0, "X-GM-LABELS", false, false },
	{ " 1 (X-GM-MSGID X-GM-THRID X-GM-MSGID)", false, 0, "X-GM-MSGID X-GM-THRID", false, false },
	/* RFC 3501 section 6.4.5 */
	{ " 1 (RFC822 RFC822.HEADER RFC822.TEXT)", false, 0, "RFC822 RFC822.HEADER RFC822.TEXT", true, false },
	{ " 1 RFC822.HEADER", false, 0, "RFC822.HEADER", false, false },
	/* RFC 9051 section 6.4.9: UID FETCH answers with the UID */
	{ " 1 FLAGS", true, 0, "UID FLAGS", false, false },
	{ " 1 (FLAGS UID)", true, 0, "UID FLAGS", false, false },
	{ " 1 (UID FLAGS FLAGS UID)", false, 0, "UID FLAGS", false, false },

	/* RFC 7162 section 3.1.4: CHANGEDSINCE implies MODSEQ */
	{ " 1:3 (MODSEQ)", false, 0, "MODSEQ", false, false },
	{ " 1:* (FLAGS) (CHANGEDSINCE 12345)", true, 0, "UID FLAGS MODSEQ", false, false },
	{ " 1:* (MODSEQ FLAGS) (changedsince 9223372036854775807)", false, 0, "MODSEQ FLAGS", false, false },
	{ " 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)", true, 0, "UID FLAGS MODSEQ", false, false },
	{ " 300:500 UID (vanished changedsince 1)", true, 0, "UID MODSEQ", false, false },
	{ " 1 FAST (CHANGEDSINCE 1)", false, 0, "FLAGS INTERNALDATE RFC822.SIZE MODSEQ", false, true },

	{ "", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE 1 VANISHED)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (VANISHED)", true, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE 1 VANISHED VANISHED)", true, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE 0)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE 9223372036854775808)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE 1 CHANGEDSINCE 1)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE 1", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (CHANGEDSINCE)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS ()", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS(CHANGEDSINCE 1)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS (UNCHANGEDSINCE 1)", false, -EBADMSG, "", false, false },
	{ " 1 MODSEQ[]", false, -EBADMSG, "", false, false },
	{ " 1", false, -EBADMSG, "", false, false },
	{ " 1 ", false, -EBADMSG, "", false, false },
	{ " 1 ()", false, -EBADMSG, "", false, false },
	{ " 1 (FLAGS", false, -EBADMSG, "", false, false },
	{ " 1 (FLAGS )", false, -EBADMSG, "", false, false },
	{ " 1 (FLAGS  UID)", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS UID", false, -EBADMSG, "", false, false },
	{ " 1 (ALL)", false, -EBADMSG, "", false, false },
	{ " 1 (FLAGS FAST)", false, -EBADMSG, "", false, false },
	{ " 1 BODY.PEEK", false, -EBADMSG, "", false, false },
	{ " 1 FLAGS[]", false, -EBADMSG, "", false, false },
	{ " 1 BINARY[1.TEXT]", false, -EBADMSG, "", false, false },
	{ " 1 BINARY.SIZE[1]<0.1>", false, -EBADMSG, "", false, false },
	{ " 1 EMAILID[]", false, -EBADMSG, "", false, false },
	{ " 1 NONSENSE", false, -EBADMSG, "", false, false },
	{ " x FLAGS", false, -EBADMSG, "", false, false },
};

static void read_cases(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena       a = ARENA_INIT;
		struct request     rq = { .arena = &a, .by_uid = cases[i].by_uid };
		struct buf         labels = BUF(1000);
		struct fetch_args *args;
		void              *p = NULL;

		print_message("%s\n", cases[i].in);
		lex_init(&rq.lx, str_of(cases[i].in), &a);
		assert_int_equal(read_fetch(&rq, &p), cases[i].want);
		args = p;
		if (cases[i].want == 0) {
			for (size_t w = 0; w < args->n_wants; w++) {
				buf_puts(&labels, w > 0 ? " " : "");
				buf_str(&labels, args->wants[w].label);
			}
			assert_string_equal(buf_z(&labels), cases[i].labels);
			assert_int_equal(args->seen, cases[i].seen);
			assert_int_equal(args->size, cases[i].size);
		}
		buf_free(&labels);
		arena_free(&a);
	}
}

/* Fields that are kept are not read from the file; one that is not spoils it. */
static void kept_fields(void **state)
{
	static const struct {
		const char *in;
		bool        kept;
	} rows[] = {
		{ " 1 BODY.PEEK[HEADER.FIELDS (date FROM Message-Id)]", true },
		{ " 1 BODY.PEEK[HEADER.FIELDS (Date Received)]", false },
		{ " 1 BODY.PEEK[HEADER.FIELDS.NOT (Date)]", false },
		{ " 1 BODY.PEEK[1.HEADER.FIELDS (Date)]", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena       a = ARENA_INIT;
		struct request     rq = { .arena = &a };
		struct fetch_args *args;
		void              *p = NULL;

		lex_init(&rq.lx, str_of(rows[i].in), &a);
		assert_int_equal(read_fetch(&rq, &p), 0);
		args = p;
		assert_int_equal(args->wants[0].derived != NULL, rows[i].kept);
		assert_int_equal(args->content, !rows[i].kept);
		arena_free(&a);
	}
}

static void too_many(void **state)
{
	struct arena   a = ARENA_INIT;
	struct request rq = { .arena = &a };
	struct buf     b = BUF(100000);
	void          *p = NULL;

	buf_puts(&b, " 1 (BODY[]");
	for (int i = 0; i < 256; i++)
		buf_puts(&b, " BODY[]");
	buf_puts(&b, ")");
	lex_init(&rq.lx, buf_view(&b), &a);
	assert_int_equal(read_fetch(&rq, &p), -EMSGSIZE);
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(read_cases), cmocka_unit_test(kept_fields), cmocka_unit_test(too_many) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
