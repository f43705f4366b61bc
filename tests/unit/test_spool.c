#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "spool.h"

enum { MANY = 100000 };

static struct str word(char *room, size_t n, int i)
{
	return (struct str){ room, (size_t)snprintf(room, n, "word %d of %d", i, i * 7) };
}

static void fill_and_read(const char *dir, bool want_file, bool want_rest)
{
	enum { LITTLE = 1024 * 1024 };
	struct spool s = SPOOL(dir);
	size_t      *at = calloc(MANY, sizeof(*at));
	char         room[64];

	assert_non_null(at);
	for (int i = 0; i < MANY; i++)
		at[i] = spool_put(&s, word(room, sizeof(room), i));
	assert_int_equal(spool_end(&s), 0);
	assert_int_equal(s.filed > 0, want_file);
	assert_int_equal(s.rest.cap > LITTLE, want_rest);
	for (int i = MANY; i-- > 0;) {
		struct str w = word(room, sizeof(room), i);

		assert_memory_equal(spool_at(&s, at[i]), w.p, w.n);
	}
	spool_free(&s);
	free(at);
}

static void in_a_file(void **state)
{
	(void)state;
	fill_and_read("/tmp", true, false);
}

static void in_memory(void **state)
{
	(void)state;
	fill_and_read(NULL, false, true);
	fill_and_read("/nonexistent", false, true);
}

/* The file takes some of it and then no more, as on a full disk. */
static void in_both(void **state)
{
	struct rlimit old, few;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_IGN);
	few = (struct rlimit){ 700 * 1024, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
	fill_and_read("/tmp", true, true);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
}

static void empty(void **state)
{
	struct spool s = SPOOL("/tmp"), zero = { 0 };

	(void)state;
	assert_int_equal(spool_end(&s), 0);
	spool_free(&s);
	spool_free(&zero);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_a_file),
		cmocka_unit_test(in_memory),
		cmocka_unit_test(in_both),
		cmocka_unit_test(empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
