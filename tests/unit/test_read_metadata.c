/* The arguments of GETMETADATA and SETMETADATA, RFC 5464. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "command.h"
#include "limits.h"
#include "read_metadata.h"

static const struct {
	const char *in;
	int         want;
	const char *box, *entries;      /* entries with a comma between them */
	unsigned    depth;
	uint64_t    maxsize;
} gets[] = {
	/* section 4.2 */
	{ " \"\" /shared/comment", 0, "", "/shared/comment", 0, UINT64_MAX },
	{ " \"INBOX\" (/shared/comment /private/comment)", 0, "INBOX", "/shared/comment,/private/comment", 0, UINT64_MAX },
	{ " \"INBOX\" (MAXSIZE 1024) (/shared/comment /private/comment)", 0, "INBOX", "/shared/comment,/private/comment", 0, 1024 },
	{ " \"INBOX\" (DEPTH 1) (/private/filters/values)", 0, "INBOX", "/private/filters/values", 1, UINT64_MAX },
	/* section 5 */
	{ " (MAXSIZE 0 DEPTH infinity) inbox /private", 0, "INBOX", "/private", METADATA_INFINITY, 0 },
	{ " (depth 0) a/b {8}\r\n/private", 0, "a/b", "/private", 0, UINT64_MAX },
	{ " a \"/shared/x y\"", 0, "a", "/shared/x y", 0, UINT64_MAX },
	{ " a (\"/shared/x\")", 0, "a", "/shared/x", 0, UINT64_MAX },
	{ " a (/shared/x /SHARED/X /shared/y)", 0, "a", "/shared/x,/shared/y", 0, UINT64_MAX },

	{ "", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a ()", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a () /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " () a /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " (DEPTH) a /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " (DEPTH 2) a /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " (DEPTH 11) a /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " (DEPTH 1 ) a /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " (MAXSIZE x) a /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " (MAXSIZE 1) a (DEPTH 1) /shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a (/shared/x", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a (/shared/x )", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a /shared/x /shared/y", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a /sharedx/y", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a shared/y", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a /shared/", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a /shared//y", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a \"/shared/*\"", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a \"/shared/%\"", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a \"/shared/\303\251\"", -EBADMSG, NULL, NULL, 0, 0 },
	{ " a \"/shared/\t\"", -EBADMSG, NULL, NULL, 0, 0 },
};

static void read_gets(void **state)
{
	for (size_t i = 0; i < sizeof(gets) / sizeof(gets[0]); i++) {
		struct arena              a = ARENA_INIT;
		struct request            rq = { .arena = &a };
		struct buf                names = BUF(1000);
		struct read_metadata_get *args;
		void                     *p;

		print_message("%s\n", gets[i].in);
		lex_init(&rq.lx, str_of(gets[i].in), &a);
		assert_int_equal(read_metadata_get(&rq, &p), gets[i].want);
		args = p;
		if (gets[i].want == 0) {
			assert_true(str_eq(args->box, str_of(gets[i].box)));
			for (size_t k = 0; k < args->wanted.n; k++)
				buf_printf(&names, "%s%.*s", k > 0 ? "," : "", STR_ARG(args->wanted.entries[k]));
			assert_string_equal(buf_z(&names), gets[i].entries);
			assert_int_equal(args->wanted.depth, gets[i].depth);
			assert_true(args->maxsize == gets[i].maxsize);
		} else {
			assert_non_null(rq.lx.why);
		}
		buf_free(&names);
		arena_free(&a);
	}
}

#define LIT(s) s, sizeof(s) - 1

static const struct {
	const char *in;
	size_t      n_in;
	int         want;
	size_t      n;
	const char *value;              /* of the last; NULL: removed */
	size_t      n_value;
} sets[] = {
	/* section 4.3 */
	{ LIT(" INBOX (/private/comment {33}\r\nMy new comment across\r\ntwo lines.)"), 0, 1, LIT("My new comment across\r\ntwo lines.") },
	{ LIT(" INBOX (/private/comment NIL)"), 0, 1, NULL, 0 },
	{ LIT(" INBOX (/private/comment \"My new comment\" /shared/comment \"This one is for you!\")"), 0, 2, LIT("This one is for you!") },
	{ LIT(" \"\" (/shared/comment ~{3}\r\na\0b)"), 0, 1, LIT("a\0b") },
	{ LIT(" \"\" (/shared/comment \"\")"), 0, 1, LIT("") },
	{ LIT(" \"\" (/shared/vendor/a/b nil)"), 0, 1, NULL, 0 },

	{ LIT(""), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a ()"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/shared/comment)"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/shared/comment x)"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/shared/comment {3}\r\na\0b)"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/shared/comment \"x\" )"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/shared/comment \"x\") "), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a /shared/comment \"x\""), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/shared \"x\")"), -EBADMSG, 0, NULL, 0 },
	{ LIT(" a (/private/vendor/a \"x\")"), -EBADMSG, 0, NULL, 0 },
};

static void read_sets(void **state)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		struct arena              a = ARENA_INIT;
		struct request            rq = { .arena = &a };
		struct read_metadata_set *args;
		void                     *p;

		print_message("%s\n", sets[i].in);
		lex_init(&rq.lx, (struct str){ sets[i].in, sets[i].n_in }, &a);
		assert_int_equal(read_metadata_set(&rq, &p), sets[i].want);
		args = p;
		if (sets[i].want == 0) {
			assert_int_equal(args->n, sets[i].n);
			assert_int_equal(args->v[args->n - 1].value.p == NULL, sets[i].value == NULL);
			assert_int_equal(args->v[args->n - 1].value.n, sets[i].n_value);
			if (sets[i].n_value > 0)
				assert_memory_equal(args->v[args->n - 1].value.p, sets[i].value, sets[i].n_value);
		}
		arena_free(&a);
	}
}

/* METADATA_NAMES_MAX entries are read, and not one more; a name has METADATA_NAME_MAX octets. */
static void limits_hold(void **state)
{
	for (int more = 0; more < 2; more++) {
		struct arena   a = ARENA_INIT;
		struct request rq = { .arena = &a };
		struct buf     get = BUF(100000), set = BUF(100000), name = BUF(1000);
		void          *p;

		for (int i = 0; i < METADATA_NAMES_MAX + more; i++) {
			buf_printf(&get, "%s/private/%d", i > 0 ? " " : " a (", i);
			buf_printf(&set, "%s/private/%d NIL", i > 0 ? " " : " a (", i);
		}
		buf_puts(&get, ")");
		buf_puts(&set, ")");
		lex_init(&rq.lx, buf_view(&get), &a);
		assert_int_equal(read_metadata_get(&rq, &p), more ? -EMSGSIZE : 0);
		lex_init(&rq.lx, buf_view(&set), &a);
		assert_int_equal(read_metadata_set(&rq, &p), more ? -EMSGSIZE : 0);
		buf_printf(&name, " a /private/%0*d", METADATA_NAME_MAX - 9 + more, 0);
		lex_init(&rq.lx, buf_view(&name), &a);
		assert_int_equal(read_metadata_get(&rq, &p), more ? -EMSGSIZE : 0);
		buf_free(&get);
		buf_free(&set);
		buf_free(&name);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_gets),
		cmocka_unit_test(read_sets),
		cmocka_unit_test(limits_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
