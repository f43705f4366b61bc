#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "numbers.h"

enum { MANY = 200000 };

static struct str word(char *room, size_t n, unsigned i)
{
	return (struct str){ room, (size_t)snprintf(room, n, "%u.word@example.org", i) };
}

/* Each text keeps its first number, however many more there are than were thought of. */
static void texts(void **state)
{
	for (size_t expected = 0; expected <= MANY; expected += MANY / 2) {
		struct scratch work = SCRATCH("/tmp");
		struct numbers m = numbers_begin(&work, expected);
		char           room[64];

		assert_int_equal(numbers_put(&m, STR_NONE, 7), 7);
		assert_int_equal(numbers_put(&m, STR(""), 8), 7);
		for (unsigned i = 0; i < MANY; i++)
			assert_int_equal(numbers_put(&m, word(room, sizeof(room), i), i * 3), i * 3);
		for (unsigned i = 0; i < MANY; i++)
			assert_int_equal(numbers_put(&m, word(room, sizeof(room), i), 1), i * 3);
		assert_int_equal(m.n, MANY + 1);
		scratch_free(&work);
	}
}

/* Large tables are no memory of the process where a file can be made; they work without one, too. */
static void tables(void **state)
{
	static const char *const dirs[] = { "/tmp", NULL, "/nonexistent" };

	for (size_t i = 0; i < 3; i++) {
		struct scratch work = SCRATCH(dirs[i]);

		for (size_t n = 0; n < MANY; n = n * 5 + 1) {
			uint64_t *v = SCRATCH_NEW_N(&work, n, uint64_t), *w = SCRATCH_NEW_N(&work, n, uint64_t);

			for (size_t k = 0; k < n; k++) {
				assert_true(v[k] == 0 && w[k] == 0);
				v[k] = k;
				w[k] = ~k;
			}
			for (size_t k = 0; k < n; k++)
				assert_true(v[k] == k && w[k] == ~k);
		}
		assert_true((work.fd >= 0) == (i == 0));
		assert_true((work.end >= 2 * sizeof(uint64_t) * MANY / 5) == (i == 0));
		scratch_free(&work);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(texts), cmocka_unit_test(tables) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
