#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "derived.h"

#include <errno.h>
#include <string.h>

#include "fields.h"

/* A store below: file i is `mail` or, when there is none, its last digit ten times, "3333333333". The real one is not linked. */
enum { SERIALS = 200 };
static const char *kept[MAIL_CACHES][SERIALS], *mail;
static unsigned    opened, headers, put, asked[MAIL_CACHES];
static int         broken, unasked = -1;        /* these serials' files cannot be read, not even be opened */
static bool        ahead[SERIALS];      /* asked for, not read yet */

int mail_cached(struct store *s, enum mail_cache kind, const uint64_t *serials, size_t n, mail_cache_fn fn, void *arg)
{
	asked[kind]++;
	for (size_t i = 0; i < n; i++)
		fn(arg, i, str_of(kept[kind][serials[i]]));
	return 0;
}

int mail_cache_put(struct store *s, enum mail_cache kind, const uint64_t *serials, const struct str *texts, size_t n)
{
	put += (unsigned)n;
	for (size_t i = 0; i < n; i++)
		assert_memory_equal(texts[i].p, mail ? "1\n" : kind == MAIL_CACHE_BODY ? "B" : "H", mail ? 2 : 1);
	return 0;
}

static struct str file_of(uint64_t serial)
{
	static const char all[] = "0000000000111111111122222222223333333333444444444455555555556666666666777777777788888888889999999999";

	return mail ? str_of(mail) : (struct str){ &all[serial % 10 * 10], 10 };
}

int mail_ask(struct store *s, uint64_t serial, size_t octets)
{
	assert_false(ahead[serial]);
	if ((int)serial == unasked)
		return -ENOENT;
	ahead[serial] = true;
	return (int)serial;
}

int mail_asked_header(int fd, size_t max, struct buf *b)
{
	if (fd < 0)
		return fd;
	headers++;
	mail_asked_drop(fd);
	buf_str(b, file_of((uint64_t)fd));
	return fd == broken ? -EACCES : 0;
}

int mail_asked_open(int fd, struct mail *ret)
{
	if (fd < 0)
		return fd;
	opened++;
	mail_asked_drop(fd);
	ret->bytes = file_of((uint64_t)fd);
	return fd == broken ? -ENOENT : 0;
}

void mail_asked_drop(int fd)
{
	if (fd < 0)
		return;
	assert_true(ahead[fd]);
	ahead[fd] = false;
}

static void assert_none_ahead(void)
{
	for (size_t i = 0; i < SERIALS; i++)
		assert_false(ahead[i]);
}

void mail_close(struct mail *m)
{
}

static void make_header(struct arena *a, struct str msg, struct buf *out)
{
	buf_putc(out, 'H');
	buf_str(out, msg);
}

static void make_body(struct arena *a, struct str msg, struct buf *out)
{
	buf_putc(out, 'B');
	buf_str(out, msg);
}

static void make_nothing(struct arena *a, struct str msg, struct buf *out)
{
}

static const struct derived_kind header = { .kind = MAIL_CACHE_HEADER, .from = DERIVED_FROM_HEADER, .make = make_header };
static const struct derived_kind body = { .kind = MAIL_CACHE_BODY, .from = DERIVED_FROM_FILE, .make = make_body };
static const struct derived_kind nothing = { .kind = MAIL_CACHE_FOLDED, .from = DERIVED_FROM_HEADER, .make = make_nothing };

/* kept_header, kept_body: the serials whose texts are kept. room: of texts. */
static const struct {
	const char *kept_header, *kept_body;
	bool        with_body;
	size_t      room;
	int         broken;
	size_t      want_n;
	unsigned    want_opened, want_headers, want_put;
} cases[] = {
	{ "", "", false, 1000, -1, 10, 0, 10, 10 },
	{ "0123456789", "", false, 1000, -1, 10, 0, 0, 0 },
	{ "024", "", false, 1000, -1, 10, 0, 7, 7 },
	{ "", "", true, 1000, -1, 10, 10, 0, 20 },
	{ "", "0123456789", true, 1000, -1, 10, 0, 10, 10 },
	{ "0123456789", "012345678", true, 1000, -1, 10, 1, 0, 1 },
	{ "", "", false, 1000, 4, 10, 0, 10, 9 },
	{ "", "", true, 1000, 4, 10, 10, 0, 18 },
	/* No more than there is room for, but one at least. */
	{ "", "", false, 33, -1, 3, 0, 3, 3 },
	{ "", "", false, 0, -1, 1, 0, 1, 1 },
	{ "0123456789", "", false, 33, -1, 3, 0, 0, 0 },
	{ "0123456789", "", false, 0, -1, 1, 0, 0, 0 },
	{ "0123456789", "0123456789", true, 40, -1, 3, 0, 0, 0 },
};

static void load(void **state)
{
	static const uint64_t            serials[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	const struct derived_kind *const kinds[] = { &header, &body };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena   a = ARENA_INIT;
		struct derived d[10];
		size_t         n = 0;

		for (size_t k = 0; k < 10; k++) {
			kept[MAIL_CACHE_HEADER][k] = strchr(cases[i].kept_header, '0' + (int)k) ? "Hkept" "123456" : NULL;
			kept[MAIL_CACHE_BODY][k] = strchr(cases[i].kept_body, '0' + (int)k) ? "Bkept" : NULL;
		}
		opened = headers = put = 0;
		broken = cases[i].broken;
		assert_int_equal(derived_load(NULL, kinds, cases[i].with_body ? 2 : 1, serials, 10, cases[i].room, &a, d, &n), 0);
		assert_int_equal(n, cases[i].want_n);
		assert_int_equal(opened, cases[i].want_opened);
		assert_int_equal(headers, cases[i].want_headers);
		assert_int_equal(put, cases[i].want_put);
		for (size_t k = 0; k < n; k++) {
			struct str text = d[k].text[MAIL_CACHE_HEADER];

			assert_int_equal(d[k].error < 0, (int)k == broken);
			if (d[k].error < 0)
				continue;
			assert_int_equal(text.n, 11);
			assert_memory_equal(text.p + 1, kept[MAIL_CACHE_HEADER][k] ? "kept123456" : file_of(k).p, 10);
			assert_int_equal(d[k].text[MAIL_CACHE_BODY].p != NULL, cases[i].with_body);
		}
		assert_none_ahead();
		arena_free(&a);
	}
}

static void make_from_fields(struct arena *a, struct str msg, struct buf *out)
{
	buf_puts(out, "1\n");
	buf_str(out, str_mid(msg, 0, str_chr(msg, '\r')));
}

static const struct derived_kind of_fields = {
	.kind = MAIL_CACHE_FOLDED, .from = DERIVED_FROM_FIELDS, .version = STR_LIT("1\n"), .make = make_from_fields,
};

/* kept_fields, kept_texts: the serials whose fields, and the text made of them, are kept. */
static const struct {
	const char *kept_fields, *kept_texts;
	bool        with_fields;        /* they are asked for too */
	int         broken;
	size_t      room, want_n;
	unsigned    want_headers, want_put, want_asked;
} fields_cases[] = {
	{ "", "", false, -1, 1000, 10, 10, 20, 1 },
	{ "0123456789", "", false, -1, 1000, 10, 0, 10, 1 },
	{ "02468", "", false, -1, 1000, 10, 5, 15, 1 },
	{ "", "0123456789", false, -1, 1000, 10, 0, 0, 0 },             /* nothing is to be made: they are not looked for */
	{ "", "012345678", false, -1, 1000, 10, 1, 2, 1 },
	{ "0123456789", "0123456789", false, -1, 1000, 10, 0, 0, 0 },
	{ "", "0123456789", true, -1, 1000, 10, 10, 10, 1 },
	{ "0123456789", "", true, -1, 1000, 10, 0, 10, 1 },
	{ "", "", true, -1, 1000, 10, 10, 20, 1 },
	{ "012345678", "", false, 3, 1000, 10, 1, 11, 1 },              /* a file that cannot be read need not be */
	{ "012345678", "", false, 9, 1000, 10, 1, 9, 1 },
	{ "0123456789", "", false, -1, 30, 1, 0, 1, 1 },
	{ "", "", false, -1, 0, 1, 1, 2, 1 },
};

static void from_fields(void **state)
{
	static const uint64_t            serials[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	const struct derived_kind *const kinds[] = { &of_fields, &fields_kind };

	mail = "From: a@b\nX-Unknown: x\n\nbody\n";
	for (size_t i = 0; i < sizeof(fields_cases) / sizeof(fields_cases[0]); i++) {
		struct arena   a = ARENA_INIT;
		struct derived d[10];
		size_t         n = 0;

		for (size_t k = 0; k < 10; k++) {
			kept[MAIL_CACHE_HEADER][k] = strchr(fields_cases[i].kept_fields, '0' + (int)k) ? "1\nFrom: a@b\r\n\r\n" : NULL;
			kept[MAIL_CACHE_FOLDED][k] = strchr(fields_cases[i].kept_texts, '0' + (int)k) ? "1\nkept" : NULL;
		}
		opened = headers = put = asked[MAIL_CACHE_HEADER] = 0;
		broken = fields_cases[i].broken;
		assert_int_equal(derived_load(NULL, kinds, fields_cases[i].with_fields ? 2 : 1, serials, 10, fields_cases[i].room, &a, d, &n), 0);
		assert_int_equal(n, fields_cases[i].want_n);
		assert_int_equal(opened, 0);
		assert_int_equal(headers, fields_cases[i].want_headers);
		assert_int_equal(put, fields_cases[i].want_put);
		assert_int_equal(asked[MAIL_CACHE_HEADER], fields_cases[i].want_asked);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(d[k].error < 0, (int)k == broken && !kept[MAIL_CACHE_HEADER][k]);
		assert_none_ahead();
		arena_free(&a);
	}
	mail = NULL;
}

/* Many files, some of which went: each is read once, whether or not what comes before it could be. */
static void many(void **state)
{
	const struct derived_kind *const kinds[] = { &header };
	struct arena                     a = ARENA_INIT;
	uint64_t                         serials[SERIALS];
	struct derived                   d[SERIALS];
	size_t                           n;

	for (size_t i = 0; i < SERIALS; i++) {
		kept[MAIL_CACHE_HEADER][i] = NULL;
		serials[i] = i;
	}
	opened = headers = put = 0;
	broken = 70;
	unasked = 130;
	assert_int_equal(derived_load(NULL, kinds, 1, serials, SERIALS, 1 << 20, &a, d, &n), 0);
	assert_int_equal(n, SERIALS);
	assert_int_equal(headers, SERIALS - 1);
	assert_int_equal(put, SERIALS - 2);
	for (size_t i = 0; i < SERIALS; i++)
		assert_int_equal(d[i].error, (int)i == broken ? -EACCES : (int)i == unasked ? -ENOENT : 0);
	assert_none_ahead();
	unasked = -1;
	arena_free(&a);
}

/* A kind that a mail has no text of is not kept, and tried again. */
static void no_text(void **state)
{
	static const uint64_t            serials[] = { 1 };
	const struct derived_kind *const kinds[] = { &nothing };
	struct arena                     a = ARENA_INIT;
	struct derived                   d;
	size_t                           n;

	put = 0;
	broken = -1;
	assert_int_equal(derived_load(NULL, kinds, 1, serials, 1, 100, &a, &d, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(put, 0);
	assert_int_equal(d.error, 0);
	assert_null(d.text[MAIL_CACHE_FOLDED].p);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(load), cmocka_unit_test(from_fields), cmocka_unit_test(many), cmocka_unit_test(no_text) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
