#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "radix.h"

enum { MANY = 20000 };

static int by_value(const void *p, const void *q)
{
	uint64_t x = *(const uint64_t *)p, y = *(const uint64_t *)q;

	return (x > y) - (x < y);
}

/* Numbers with 0 to 64 bits that differ, few and many, equal ones too. */
static void numbers(void **state)
{
	static uint64_t v[MANY], want[MANY];

	srandom(1);
	for (unsigned bits = 0; bits <= 64; bits++)
		for (size_t n = 0; n <= MANY; n = n * 3 + 1) {
			for (size_t i = 0; i < n; i++) {
				uint64_t x = (uint64_t)random() << 42 ^ (uint64_t)random() << 21 ^ (uint64_t)random();

				want[i] = v[i] = bits == 64 ? x : (x & ((UINT64_C(1) << bits) - 1)) | UINT64_C(5) << bits;
			}
			qsort(want, n, sizeof(*want), by_value);
			radix_sort(v, n);
			assert_memory_equal(v, want, n * sizeof(*v));
		}
}

struct known {
	struct str s;
	size_t     i;
};

static int by_octets(const void *p, const void *q)
{
	const struct known *x = p, *y = q;

	return str_cmp(x->s, y->s);
}

static void assert_places(const struct str *texts, size_t n)
{
	uint64_t     *v = calloc(n + 1, sizeof(*v)), place = 0;
	struct known *known = calloc(n + 1, sizeof(*known));
	struct texts  t = texts_begin("/tmp", v);

	for (size_t i = 0; i < n; i++) {
		assert_int_equal(texts_add(&t, texts[i]), 0);
		known[i] = (struct known){ texts[i], i };
	}
	assert_int_equal(texts_place(&t), 0);
	qsort(known, n, sizeof(*known), by_octets);
	for (size_t i = 0; i < n; i++) {
		if (known[i].s.n > 0 && (i == 0 || !str_eq(known[i].s, known[i - 1].s)))
			place++;
		assert_int_equal(v[known[i].i], place);
	}
	texts_free(&t);
	free(known);
	free(v);
}

/* An end comes first, a NUL octet is one like others, octets have no sign. */
static void few(void **state)
{
	static const struct str texts[] = {
		STR_LIT("abc"), STR_LIT(""), STR_LIT("ab"), STR_LIT("abcd"), STR_LIT("ab\0"), STR_LIT("\xff"), STR_LIT("ab\0\0"), STR_LIT("abc"),
		STR_LIT("\0"), STR_LIT(""), STR_LIT("abcdef"), STR_LIT("abcde"), STR_LIT("abcdefg"), STR_LIT("a"), STR_LIT("ab\0\0\0"), STR_LIT("abd"),
		STR_LIT("abcdef"), STR_LIT("abc\0"), STR_LIT("z"), STR_LIT("\x7f"), STR_LIT("\x80"), STR_LIT("abcdefghi"), STR_LIT("abcdef"),
	};

	for (size_t n = 0; n <= sizeof(texts) / sizeof(texts[0]); n++)
		assert_places(texts, n);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
			assert_places((struct str[]){ texts[i], texts[k] }, 2);
}

/* Of two letters, which begin alike, up to far. */
static void many(void **state)
{
	static char       room[MANY][60];
	static struct str texts[MANY];

	for (size_t most = 1; most <= sizeof(room[0]); most += most < 8 ? 1 : 26) {
		srandom((unsigned)most);
		for (size_t i = 0; i < MANY; i++) {
			texts[i] = (struct str){ room[i], (size_t)random() % (most + 1) };
			for (size_t k = 0; k < texts[i].n; k++)
				room[i][k] = k + 8 < most ? 'x' : (char)(random() % 2);
		}
		assert_places(texts, MANY);
	}
}

/* Each begins with the one before, and long ones are the same: neither takes stack, nor long. */
static void long_ones(void **state)
{
	enum { LONG = 400000, N = 3000 };
	static struct str texts[N];
	char             *x = malloc(LONG);

	assert_non_null(x);
	memset(x, 'x', LONG);
	for (size_t i = 0; i < N; i++)
		texts[i] = (struct str){ x, i };
	assert_places(texts, N);
	for (size_t i = 0; i < 50; i++)
		texts[i] = (struct str){ x, LONG };
	assert_places(texts, 50);
	free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers), cmocka_unit_test(few), cmocka_unit_test(many), cmocka_unit_test(long_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
