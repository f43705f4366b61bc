#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_esearch.h"

#include <errno.h>

#include "command.h"
#include "limits.h"

/* names: each with its level, "=" for itself alone, "*" with all below, "%" with the next level. */
static const struct {
	const char *in;
	int         want;
	unsigned    sources, options;
	const char *names;
} cases[] = {
	/* RFC 7377 section 3 */
	{ " IN (mailboxes \"folder1\" subtree \"folder2\") unseen", 0, 0, SEARCH_ALL, "=folder1 *folder2" },
	{ " IN (mailboxes \"folder1\" subtree-one \"folder2\") subject \"chad\"", 0, 0, SEARCH_ALL, "=folder1 %folder2" },
	{ " FROM \"frobozz\" 1:100", 0, SOURCE_SELECTED, SEARCH_ALL, "" },

	{ " IN (PERSONAL) ALL", 0, SOURCE_PERSONAL, SEARCH_ALL, "" },
	{ " in (selected inboxes Subscribed) RETURN (MIN COUNT) CHARSET UTF-8 ALL", 0, SOURCE_SELECTED | SOURCE_INBOXES | SOURCE_SUBSCRIBED,
	  SEARCH_MIN | SEARCH_COUNT, "" },
	{ " IN (MAILBOXES (inbox \"a b\" {1}\r\nc) selected SUBTREE (x)) RETURN () ALL", 0, SOURCE_SELECTED, SEARCH_ALL, "=INBOX =a b =c *x" },
	{ " RETURN (SAVE) ALL", 0, SOURCE_SELECTED, SEARCH_SAVE, "" },
	{ " IN (selected) RETURN (SAVE) ALL", 0, SOURCE_SELECTED, SEARCH_SAVE, "" },
	{ " IN (selected personal) RETURN (SAVE) ALL", -EBADMSG, 0, 0, "" },
	{ " IN (selected mailboxes a) RETURN (SAVE) ALL", -EBADMSG, 0, 0, "" },
	{ " IN (mailboxes a) RETURN (SAVE) ALL", -EBADMSG, 0, 0, "" },
	/* RFC 5465's, and RFC 7377's scope options, of which there are none */
	{ " IN (selected-delayed) ALL", -EBADMSG, 0, 0, "" },
	{ " IN (personal (scope)) ALL", -EBADMSG, 0, 0, "" },
	{ " IN () ALL", -EBADMSG, 0, 0, "" },
	{ " IN (mailboxes) ALL", -EBADMSG, 0, 0, "" },
	{ " IN (mailboxes ()) ALL", -EBADMSG, 0, 0, "" },
	{ " IN (personal ) ALL", -EBADMSG, 0, 0, "" },
	{ " IN personal ALL", -EBADMSG, 0, 0, "" },
	{ " IN (personal)", -EBADMSG, 0, 0, "" },
	{ " IN (personal) RETURN (RELEVANCY) ALL", -EBADMSG, 0, 0, "" },
	{ " IN (mailboxes &x) ALL", -EINVAL, 0, 0, "" },
	{ "", -EBADMSG, 0, 0, "" },
};

static void read_all(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena         a = ARENA_INIT;
		struct request       rq = { .arena = &a };
		struct buf           names = BUF(1000);
		struct esearch_args *args;
		void                *p = NULL;

		print_message("%s\n", cases[i].in);
		lex_init(&rq.lx, str_of(cases[i].in), &a);
		assert_int_equal(read_esearch(&rq, &p), cases[i].want);
		args = p;
		if (cases[i].want == 0) {
			assert_int_equal(args->sources, cases[i].sources);
			assert_int_equal(args->search.options, cases[i].options);
			assert_non_null(args->search.root);
			for (size_t k = 0; k < args->n_names; k++)
				buf_printf(&names, "%s%c%.*s", k > 0 ? " " : "", args->names[k].one ? '%' : args->names[k].subtree ? '*' : '=',
					STR_ARG(args->names[k].name));
			assert_string_equal(buf_z(&names), cases[i].names);
		}
		buf_free(&names);
		arena_free(&a);
	}
}

static int read_many(unsigned n)
{
	struct arena   a = ARENA_INIT;
	struct request rq = { .arena = &a };
	struct buf     b = BUF(COMMAND_MAX);
	void          *p;
	int            r;

	buf_puts(&b, " IN (MAILBOXES (a");
	for (unsigned i = 1; i < n; i++)
		buf_puts(&b, " a");
	buf_puts(&b, ")) ALL");
	lex_init(&rq.lx, buf_view(&b), &a);
	r = read_esearch(&rq, &p);
	buf_free(&b);
	arena_free(&a);
	return r;
}

static void limits(void **state)
{
	assert_int_equal(read_many(SEARCH_SOURCES_MAX), 0);
	assert_int_equal(read_many(SEARCH_SOURCES_MAX + 1), -EMSGSIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(read_all), cmocka_unit_test(limits) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
