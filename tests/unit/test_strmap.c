#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "strmap.h"

#include "arena.h"

static void many(void **state)
{
	enum { N = 10000 };
	struct strmap m = { 0 };
	struct arena  a = ARENA_INIT;

	assert_int_equal(strmap_get(&m, STR("x")), STRMAP_NONE);
	for (int i = 0; i < N; i++)
		assert_int_equal(strmap_add(&m, str_of(arena_printf(&a, "%d@example.org", i))), i);
	for (int i = 0; i < N; i++) {
		assert_int_equal(strmap_get(&m, str_of(arena_printf(&a, "%d@example.org", i))), i);
		assert_int_equal(strmap_add(&m, str_of(arena_printf(&a, "%d@example.org", i))), i);
	}
	assert_int_equal(m.n, N);
	assert_int_equal(strmap_get(&m, STR("1@example.or")), STRMAP_NONE);
	assert_int_equal(strmap_get(&m, STR_NONE), STRMAP_NONE);
	assert_int_equal(strmap_add(&m, STR_NONE), N);
	assert_int_equal(strmap_get(&m, STR("")), N);
	arena_free(&a);
	strmap_free(&m);
	assert_int_equal(strmap_get(&m, STR("1@example.org")), STRMAP_NONE);
	strmap_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
