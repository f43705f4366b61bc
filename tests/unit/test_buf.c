#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"

#include <string.h>

struct taker {
	struct buf all;
	size_t     pieces, longest;
};

static void take(void *arg, struct str s)
{
	struct taker *t = arg;

	assert_true(s.n > 0);
	buf_str(&t->all, s);
	t->pieces++;
	t->longest = s.n > t->longest ? s.n : t->longest;
}

/* Whatever is put, and however, all of it is passed on, in order, and little is held meanwhile. */
static void passing(void **state)
{
	enum { MAX = 300, MANY = 1000 };
	struct taker t = { .all = BUF(SIZE_MAX) };
	struct buf   want = BUF(SIZE_MAX), b = BUF_PASSING(MAX, take, &t);
	char         text[MAX];

	memset(text, 'x', sizeof(text));
	for (int i = 0; i < MANY; i++) {
		buf_printf(&b, "%d ", i);
		buf_printf(&want, "%d ", i);
		buf_putc(&b, '(');
		buf_putc(&want, '(');
		buf_put(&b, text, (size_t)i % MAX);
		buf_put(&want, text, (size_t)i % MAX);
		assert_true(b.n <= MAX && b.cap <= MAX);
	}
	assert_true(t.all.n + MAX >= want.n && t.all.n < want.n);
	buf_end(&b);
	assert_true(str_eq(buf_view(&t.all), buf_view(&want)));
	assert_true(t.pieces > MANY / 4 && t.longest <= MAX);
	buf_free(&t.all);
	buf_free(&want);
}

/* What is longer than a piece is passed on as it is, behind what went before. */
static void long_one(void **state)
{
	struct taker t = { .all = BUF(SIZE_MAX) };
	struct buf   b = BUF_PASSING(4, take, &t);

	buf_puts(&b, "abc");
	buf_puts(&b, "0123456789");
	buf_puts(&b, "d");
	assert_false(b.failed);
	buf_end(&b);
	assert_string_equal(buf_z(&t.all), "abc0123456789d");
	assert_int_equal(t.longest, 10);
	buf_free(&t.all);
}

static void nothing(void **state)
{
	struct buf b = BUF_PASSING(4, take, NULL);

	buf_end(&b);
	assert_null(b.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(passing), cmocka_unit_test(long_one), cmocka_unit_test(nothing) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
