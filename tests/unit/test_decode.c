#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decode.h"

#include <errno.h>
#include <string.h>

#include "octets.h"

static const struct {
	enum decode_kind kind;
	const char      *in, *want;
} cases[] = {
	{ DECODE_NONE, "a\nb\r\nc\rd", "a\r\nb\r\nc\rd" },
	{ DECODE_NONE, "", "" },
	/* RFC 4648 section 10 */
	{ DECODE_BASE64, "Zg==", "f" },
	{ DECODE_BASE64, "Zm8=", "fo" },
	{ DECODE_BASE64, "Zm9v", "foo" },
	{ DECODE_BASE64, "Zm9vYmE=", "fooba" },
	{ DECODE_BASE64, "Zm9v\r\nYmFy\r\n", "foobar" },
	{ DECODE_BASE64, "Z\nm9*v Ym\tFy", "foobar" },
	{ DECODE_BASE64, "Zm8=Zm8=", "fofo" },
	{ DECODE_BASE64, "Zm8", "fo" },
	{ DECODE_BASE64, "Z", "" },
	{ DECODE_BASE64, "====", "" },
	{ DECODE_BASE64, "YQ0KYgpj", "a\r\nb\nc" },
	/* RFC 2045 section 6.7, the example and the rules */
	{ DECODE_QP, "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.",
	  "Now's the time for all folk to come to the aid of their country." },
	{ DECODE_QP, "a=3Db=3d", "a=b=" },
	{ DECODE_QP, "a \t\nb  \r\nc   ", "a\r\nb\r\nc" },
	{ DECODE_QP, "a=20\nb", "a \r\nb" },
	{ DECODE_QP, "a= \t\nb", "ab" },
	{ DECODE_QP, "a=0Ab=0D=0A", "a\nb\r\n" },
	{ DECODE_QP, "a=zz=4", "a=zz=4" },
	{ DECODE_QP, "a=", "a" },
	{ DECODE_QP, "a\rb\r", "a\rb\r" },
	{ DECODE_QP, "=E2=82=AC  x", "\xe2\x82\xac  x" },
	{ DECODE_QP, "=\n=\n\n", "\r\n" },
};

static void test_decode(void **state)
{
	static const size_t pieces[] = { 1, 2, 3, 5, 1000 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str body = str_of(cases[i].in);

		print_message("%s\n", cases[i].in);
		for (size_t j = 0; j < sizeof(pieces) / sizeof(*pieces); j++) {
			struct decoder d = decode_begin(cases[i].kind, body);
			char           out[1100];
			size_t         n = 0, got;

			while ((got = decode_read(&d, out + n, pieces[j])) > 0)
				n += got;
			out[n] = '\0';
			assert_string_equal(out, cases[i].want);
		}
		assert_int_equal(decode_size(cases[i].kind, body), strlen(cases[i].want));
	}
}

static void test_kinds(void **state)
{
	enum decode_kind k;

	assert_int_equal(decode_kind_of(STR(" Base64\t"), &k), 0);
	assert_int_equal(k, DECODE_BASE64);
	assert_int_equal(decode_kind_of(STR("QUOTED-PRINTABLE"), &k), 0);
	assert_int_equal(k, DECODE_QP);
	assert_int_equal(decode_kind_of(STR("8BIT"), &k), 0);
	assert_int_equal(k, DECODE_NONE);
	assert_int_equal(decode_kind_of(STR("x-uuencode"), &k), -EOPNOTSUPP);
}

static void test_octets(void **state)
{
	struct str s = STR("a\nb\r\n\n\r\r\nc\r");
	const char want[] = "a\r\nb\r\n\r\n\r\r\nc\r";
	uint32_t   lines;

	assert_int_equal(octets_count(s, &lines), sizeof(want) - 1);
	assert_int_equal(lines, 4);
	assert_int_equal(octets_count(STR_NONE, &lines), 0);
	for (size_t skip = 0; skip <= sizeof(want); skip++) {
		for (size_t piece = 1; piece < 20; piece++) {
			struct octets_reader r = octets_reader(s);
			char                 out[40] = "";
			size_t               n = 0, got;

			octets_skip(&r, skip);
			while ((got = octets_read(&r, out + n, piece)) > 0)
				n += got;
			assert_string_equal(out, skip < sizeof(want) ? want + skip : "");
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_octets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
