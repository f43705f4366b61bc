#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "message_id.h"

#include <errno.h>
#include <string.h>

#include "buf.h"

/* What notmuch 0.37 made of these values. NULL: it hashes the file. */
static const struct {
	const char *value, *id;
} cases[] = {
	{ "<a@b>", "a@b" },
	{ "  <a b@c>  ", "ab@c" },
	{ "<a   b@c>", "a b@c" },
	{ "(c) <x1@y>", "x1@y" },
	{ "junk <x2@y> tail", "x2@y" },
	{ "noangle@host", "noangle@host" },
	{ "no angle with  spaces", "no angle with  spaces" },
	{ "<>", "<>" },
	{ "<a>", "<a>" },
	{ "x <a> y", "x <a> y" },
	{ "<a >", "a" },
	{ "<ab>", "ab" },
	{ "<a", "a" },
	{ "< >", "< >" },
	{ "<", "<" },
	{ "<unterminated@x", "unterminated@x" },
	{ "", NULL },
	{ "   ", NULL },
	{ "<folded\n @x>", "folded@x" },
	{ "\n <folded2@x>", "folded2@x" },
	{ "noangle\n\tfolded2@x", "noangle\tfolded2@x" },
	{ "<=?utf-8?q?abc?=@x>", "abc@x" },
	{ "=?utf-8?q?<enc@x>?=", "enc@x" },
	{ "<\xc3\xa9utf@x>", "\xc3\xa9utf@x" },
	{ "(unclosed <c@x>", "(unclosed <c@x>" },
	{ "<(in) c2@x>", "c2@x" },
	{ "<a<b@x>", "a<b@x" },
	{ "<cr\rx@y>", "crx@y" },
	{ "<x\x0b @y2>", "x\x0b@y2" },
	{ "<w3@x> <w4@x>", "w3@x" },
	{ "()", "()" },
};

static void test_notmuch(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a = ARENA_INIT;
		struct buf   b = BUF(1000);
		struct str   id;

		buf_printf(&b, "From: a@b\nMessage-ID:%s\nTo: x@y\n\nbody", cases[i].value);
		print_message("%s\n", cases[i].value);
		id = message_id_notmuch(&a, buf_view(&b));
		if (cases[i].id)
			assert_true(str_eq(id, str_of(cases[i].id)));
		else
			assert_true(str_starts(id, STR("notmuch-sha1-")) && id.n == 13 + 40);
		assert_int_equal(message_id_of_header(&a, buf_view(&b), &id), cases[i].id ? 0 : -ENODATA);
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_long(void **state)
{
	struct arena a = ARENA_INIT;
	char         value[500];
	struct str   id;

	memset(value, 'n', sizeof(value));
	memcpy(value, "Message-Id: ", 12);
	assert_int_equal(message_id_of_header(&a, (struct str){ value, 12 + 189 }, &id), 0);
	assert_int_equal(id.n, 189);
	assert_int_equal(message_id_of_header(&a, (struct str){ value, 12 + 400 }, &id), 0);
	assert_true(str_eq(id, STR("notmuch-sha1-c2d69ebf654f466fa3d840eaf398a78a308a050b")));
	arena_free(&a);
}

/* FIPS 180: the SHA-1 of "abc". */
static void test_file(void **state)
{
	struct arena a = ARENA_INIT;

	assert_true(str_eq(message_id_notmuch(&a, STR("abc")),
	                   STR("notmuch-sha1-a9993e364706816aba3e25717850c26c9cd0d89d")));
	arena_free(&a);
}

static void test_list(void **state)
{
	struct arena       a = ARENA_INIT;
	struct message_ids l = message_id_list(&a, STR("junk <a@b>\n <c d@e>(x <no@x>)<> <f@g> \"text\" <h@i"));

	assert_int_equal(l.n, 4);
	assert_true(str_eq(l.p[0], STR("a@b")));
	assert_true(str_eq(l.p[1], STR("cd@e")));
	assert_true(str_eq(l.p[2], STR("f@g")));
	assert_true(str_eq(l.p[3], STR("h@i")));
	assert_int_equal(message_id_list(&a, STR("Your message of Friday")).n, 0);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notmuch), cmocka_unit_test(test_long), cmocka_unit_test(test_file),
		cmocka_unit_test(test_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
