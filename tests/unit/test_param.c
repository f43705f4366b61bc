#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "param.h"

#include "buf.h"

static const struct {
	const char *in, *main, *params, *joined;
} cases[] = {
	{ "text/plain; charset=us-ascii (Plain text)", "text/plain", "charset=us-ascii;", NULL },       /* RFC 2045 5.1 */
	{ "text/plain; charset=\"us-ascii\"", "text/plain", "charset=us-ascii;", NULL },
	{ "TEXT / Plain ; a = b", "TEXT/Plain", "a=b;", NULL },
	{ "text", "text/", "", NULL },
	{ "text/plain; a=\"x\\\"y;z\"; b=c", "text/plain", "a=x\"y;z;b=c;", NULL },
	{ "m/x; boundary=----=_Part/1(2)", "m/x", "boundary=----=_Part/1(2);", NULL },
	{ "m/x; name=my file.pdf; b=c", "m/x", "name=my file.pdf;b=c;", NULL },
	{ "m/x; a=b c=d", "m/x", "a=b;c=d;", NULL },
	{ "m/x; a=\"b\" c=d;;;x;=;y=", "m/x", "a=b;c=d;y=;", NULL },
	{ "m/x; a=\"unclosed; b=c", "m/x", "a=unclosed;b=c;", NULL },
	{ "m/x;\r\n\ta=\"fol\r\n ded\"", "m/x", "a=fol ded;", NULL },
	{ "attachment; filename=x", "attachment/", "filename=x;", NULL },
	/* RFC 2231 sections 3, 4 and 4.1 */
	{ "message/external-body; access-type=URL;\r\n URL*0=\"ftp://\";\r\n URL*1=\"cs.utk.edu/pub\"", "message/external-body",
	  "access-type=URL;URL*0=ftp://;URL*1=cs.utk.edu/pub;", "access-type=URL;URL=ftp://cs.utk.edu/pub;" },
	{ "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "application/x-stuff",
	  "title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A;", NULL },
	{ "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n"
	  "  title*1*=%2A%2A%2Afun%2A%2A%2A%20;\r\n title*2=\"isn't it!\"", "application/x-stuff",
	  "title*0*=us-ascii'en'This%20is%20even%20more%20;title*1*=%2A%2A%2Afun%2A%2A%2A%20;title*2=isn't it!;",
	  "title*=us-ascii'en'This%20is%20even%20more%20%2A%2A%2Afun%2A%2A%2A%20isn%27t%20it!;" },
	{ "m/x; a*1=2; b=c; A*0=1", "m/x", "a*1=2;b=c;A*0=1;", "b=c;A=12;" },
	{ "m/x; a*1=2; a*3=4", "m/x", "a*1=2;a*3=4;", "a*1=2;a*3=4;" },
	{ "m/x; a*0=1; a*1*=%32", "m/x", "a*0=1;a*1*=%32;", "a*=''1%32;" },
};

static void put(struct buf *b, struct params p)
{
	for (size_t i = 0; i < p.n; i++)
		buf_printf(b, "%.*s=%.*s;", STR_ARG(p.p[i].name), STR_ARG(p.p[i].value));
}

static void test_read(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena  a = ARENA_INIT;
		struct buf    b = BUF(1000);
		struct str    main, sub;
		struct params p;

		print_message("%s\n", cases[i].in);
		assert_true(param_read(&a, str_of(cases[i].in), &main, &sub, &p));
		buf_printf(&b, "%.*s/%.*s", STR_ARG(main), STR_ARG(sub));
		assert_string_equal(buf_z(&b), cases[i].main);
		buf_reset(&b);
		put(&b, p);
		assert_string_equal(buf_z(&b), cases[i].params);
		buf_reset(&b);
		put(&b, param_join(&a, p));
		assert_string_equal(buf_z(&b), cases[i].joined ? cases[i].joined : cases[i].params);
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_none(void **state)
{
	static const char *const in[] = { "", "  ", "(x)", "/plain", ";a=b", "\"q\"" };
	struct arena             a = ARENA_INIT;
	struct str               main, sub;
	struct params            p;

	for (size_t i = 0; i < sizeof(in) / sizeof(*in); i++)
		assert_false(param_read(&a, str_of(in[i]), &main, &sub, &p));
	arena_free(&a);
}

static void test_find(void **state)
{
	struct arena  a = ARENA_INIT;
	struct str    main, sub, v;
	struct params p;

	assert_true(param_read(&a, STR("m/x; Boundary*0=ab; boundary*1=cd; n*=utf-8''%e2%82%ac%zz; q=r"), &main, &sub, &p));
	assert_true(param_find(&a, p, STR("boundary"), &v) && str_eq(v, STR("abcd")));
	assert_true(param_find(&a, p, STR("N"), &v) && str_eq(v, STR("\xe2\x82\xac%zz")));
	assert_true(param_find(&a, p, STR("q"), &v) && str_eq(v, STR("r")));
	assert_false(param_find(&a, p, STR("x"), &v));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
