#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "ini.h"
#include "limits.h"

static int note(void *ctx, const struct ini_entry *e)
{
	buf_printf(ctx, "%u:%.*s/%.*s=%.*s|", e->line, STR_ARG(e->section), STR_ARG(e->key), STR_ARG(e->value));
	return str_eq(e->key, STR("stop")) ? -ECANCELED : 0;
}

static const struct {
	const char *in;
	int         want;
	const char *seen;
	unsigned    line;
} texts[] = {
	{ "", 0, "", 0 },
	{ "[a]\nk=v\n", 0, "2:a/k=v|", 0 },
	{ "[a]\r\nk = v\r\n", 0, "2:a/k=v|", 0 },
	{ "# one\n; two\n\n  [a]  \n\tk \t= v w \nl=\n[b]\nk=a=b#c;d", 0, "5:a/k=v w|6:a/l=|8:b/k=a=b#c;d|", 0 },
	{ "[a]\nstop=1\nk=v\n", -ECANCELED, "2:a/stop=1|", 0 },
	{ "k=v\n", -EBADMSG, "", 1 },
	{ "[a]\nk=v\nword\n", -EBADMSG, "2:a/k=v|", 3 },
	{ "[a]\n= v\n", -EBADMSG, "", 2 },
	{ "[]\n", -EBADMSG, "", 1 },
	{ "[a\n", -EBADMSG, "", 1 },
	{ "[a]b\n", -EBADMSG, "", 1 },
	{ "[[a]]\n", -EBADMSG, "", 1 },
	{ "[a]\nk=\xff\n", -EBADMSG, "", 2 },
	{ "# \xc3\n", -EBADMSG, "", 1 },
	{ "[a]\nk=\x01\n", -EBADMSG, "", 2 },
	{ "[a]\nk=x\x7fy\n", -EBADMSG, "", 2 },
	{ "[a]\nk=x\ry\n", -EBADMSG, "", 2 },
};

static void parses(void **state)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct buf       seen = BUF(1000);
		struct ini_error e = { 0, NULL };

		assert_int_equal(ini_parse(str_of(texts[i].in), note, &seen, &e), texts[i].want);
		assert_string_equal(buf_z(&seen), texts[i].seen);
		assert_int_equal(e.line, texts[i].line);
		assert_true((e.why != NULL) == (texts[i].want == -EBADMSG));
		buf_free(&seen);
	}
}

static void refuses_nul(void **state)
{
	struct buf       seen = BUF(1000);
	struct ini_error e = { 0, NULL };

	assert_int_equal(ini_parse(STR("[a]\nk=a\0b\n"), note, &seen, &e), -EBADMSG);
	assert_int_equal(e.line, 2);
	buf_free(&seen);
}

static void keeps_limits(void **state)
{
	struct ini_error e = { 0, NULL };
	struct buf       text = BUF(CONF_SIZE_MAX + 1), seen = BUF(2 * CONF_LINE_MAX);

	buf_puts(&text, "[a]\nk=");
	for (int i = 2; i < CONF_LINE_MAX; i++)
		buf_putc(&text, 'x');
	assert_int_equal(ini_parse(buf_view(&text), note, &seen, &e), 0);
	buf_putc(&text, 'x');
	assert_int_equal(ini_parse(buf_view(&text), note, &seen, &e), -EBADMSG);
	assert_int_equal(e.line, 2);
	buf_reset(&text);
	while (text.n < CONF_SIZE_MAX)
		buf_putc(&text, '\n');
	assert_int_equal(ini_parse(buf_view(&text), note, &seen, &e), 0);
	buf_putc(&text, '\n');
	assert_int_equal(ini_parse(buf_view(&text), note, &seen, &e), -EBADMSG);
	buf_free(&text);
	buf_free(&seen);
}

static const struct {
	const char *in;
	const char *string;     /* NULL: no string */
	const char *list;       /* members, each with '|' behind it; NULL: no list */
} values[] = {
	{ "", "", "" },
	{ "a b", "a b", "a b|" },
	{ "\\sa\\n\\t\\r\\\\", " a\n\t\r\\", " a\n\t\r\\|" },
	{ "a;b", "a;b", "a|b|" },
	{ "a;b;", "a;b;", "a|b|" },
	{ "a; b ;c", "a; b ;c", "a|b |c|" },
	{ ";", ";", "|" },
	{ "a;;b", "a;;b", "a||b|" },
	{ "a\\;b;c", NULL, "a;b|c|" },
	{ "a\\x", NULL, NULL },
	{ "a\\", NULL, NULL },
};

static void unescapes(void **state)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct arena       a = ARENA_INIT;
		const char        *z = NULL, *all = "";
		const char *const *v = NULL;
		size_t             n = 0;

		assert_int_equal(ini_string(&a, str_of(values[i].in), &z), values[i].string ? 0 : -EBADMSG);
		if (values[i].string)
			assert_string_equal(z, values[i].string);
		assert_int_equal(ini_list(&a, str_of(values[i].in), &v, &n), values[i].list ? 0 : -EBADMSG);
		for (size_t k = 0; k < n; k++)
			all = arena_printf(&a, "%s%s|", all, v[k]);
		if (values[i].list)
			assert_string_equal(all, values[i].list);
		arena_free(&a);
	}
}

static void limits_lists(void **state)
{
	struct arena       a = ARENA_INIT;
	struct buf         b = BUF(1000);
	const char *const *v;
	size_t             n;

	for (int i = 0; i < CONF_LIST_MAX; i++)
		buf_puts(&b, "x;");
	assert_int_equal(ini_list(&a, buf_view(&b), &v, &n), 0);
	assert_int_equal(n, CONF_LIST_MAX);
	buf_puts(&b, "x");
	assert_int_equal(ini_list(&a, buf_view(&b), &v, &n), -E2BIG);
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(refuses_nul),
		cmocka_unit_test(keeps_limits),
		cmocka_unit_test(unescapes),
		cmocka_unit_test(limits_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
