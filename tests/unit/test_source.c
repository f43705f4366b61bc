#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bodymemo.h"
#include "buf.h"
#include "fd.h"

static struct header_slices slices(struct str *p, size_t n)
{
	return (struct header_slices){ p, n };
}

/* All octets from `from` on, read `step` at a time. */
static void read_all(struct source *src, uint64_t from, size_t step, struct buf *b)
{
	char   piece[64];
	size_t n;

	buf_reset(b);
	source_seek(src, from);
	while ((n = source_read(src, piece, step)) > 0)
		buf_put(b, piece, n);
}

static void check(struct source *src, struct str want)
{
	struct buf b = BUF(1000);

	assert_int_equal(src->total, want.n);
	for (size_t step = 1; step < 10; step++)
		for (size_t from = 0; from <= want.n; from++) {
			read_all(src, want.n - from, step, &b);
			assert_int_equal(b.n, from);
			if (from > 0)
				assert_memory_equal(b.p, want.p + want.n - from, from);
		}
	buf_free(&b);
}

static void as_they_are(void **state)
{
	struct str    two[] = { STR("A: b\n"), STR("C: d\r\n e\n") }, one[] = { STR("a\nb\r\n\rc") };
	struct source src;

	source_begin(&src, NULL, slices(one, 1));
	check(&src, STR("a\r\nb\r\n\rc"));
	source_begin(&src, NULL, slices(two, 2));
	check(&src, STR("A: b\r\nC: d\r\n e\r\n"));
	source_begin(&src, NULL, slices(NULL, 0));
	check(&src, STR(""));
	source_begin(&src, NULL, slices(two, 0));
	check(&src, STR(""));
}

static void decoded(void **state)
{
	struct source src;

	source_begin_decoded(&src, NULL, DECODE_BASE64, STR("SGVs\nbG8A\n"));
	assert_true(src.nul);
	check(&src, STR("Hello\0"));
	source_begin_decoded(&src, NULL, DECODE_QP, STR("a=3D=\nb \nc"));
	assert_false(src.nul);
	check(&src, STR("a=b\r\nc"));
	source_begin_decoded(&src, NULL, DECODE_NONE, STR("a\nb"));
	check(&src, STR("a\r\nb"));
}

/* The file lies elsewhere when it is opened again. */
static void remembered(void **state)
{
	static const char wire[] = "line one  two\r\nline three\r\n";
	static const char file[] = "Subject: x\n\nline one =\n two\nline three\n";
	struct str        body = STR("line one =\n two\nline three\n");
	struct bodymemo  *m = bodymemo_new();
	struct buf        b = BUF(1000);

	for (size_t stop = 0; stop <= 26; stop++) {
		char         *first = strdup(file), *second = strdup(file);
		struct str    was = { first, sizeof(file) - 1 }, is = { second, sizeof(file) - 1 };
		struct source src, again;
		char          piece[64];

		source_begin_decoded(&src, NULL, DECODE_QP, str_from(was, was.n - body.n));
		if (stop > 0)
			source_read(&src, piece, stop);
		bodymemo_keep(m, 7, STR("BINARY[1]"), was, &src);
		memset(first, 'x', was.n);
		assert_false(bodymemo_find(m, 8, STR("BINARY[1]"), is, &again));
		assert_false(bodymemo_find(m, 7, STR("BINARY[2]"), is, &again));
		assert_false(bodymemo_find(m, 7, STR("BINARY[1]"), str_from(is, 1), &again));
		assert_true(bodymemo_find(m, 7, STR("BINARY[1]"), is, &again));
		assert_int_equal(again.at, src.at);
		read_all(&again, again.at, 5, &b);
		assert_int_equal(b.n + src.at, 27);
		assert_memory_equal(b.p, &wire[src.at], b.n);
		check(&again, STR(wire));
		free(first);
		free(second);
	}
	buf_free(&b);
	bodymemo_free(m);
}

static void not_remembered(void **state)
{
	struct str       two[] = { STR("A: b\n"), STR("C: d\n") };
	struct bodymemo *m = bodymemo_new();
	struct source    src, again;
	char             name[200];

	source_begin(&src, NULL, slices(two, 2));
	bodymemo_keep(m, 7, STR("BODY[HEADER]"), STR("A: b\nC: d\n"), &src);
	assert_false(bodymemo_find(m, 7, STR("BODY[HEADER]"), STR("A: b\nC: d\n"), &again));
	memset(name, 'x', sizeof(name));
	source_begin(&src, NULL, slices(two, 1));
	bodymemo_keep(m, 7, (struct str){ name, sizeof(name) }, two[0], &src);
	assert_false(bodymemo_find(m, 7, (struct str){ name, sizeof(name) }, two[0], &again));
	bodymemo_free(m);
}

enum { BIG = 8 * 1024 * 1024 };

/* A file of BIG octets and a bit, lines of different lengths and ends, base64 too. */
static void make_file(int fd, struct buf *b)
{
	static const char line[] = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0";

	for (unsigned i = 0; b->n < BIG; i++) {
		buf_put(b, line, 4 * (i % 18));
		buf_puts(b, i % 3 ? "\n" : "\r\n");
	}
	assert_int_equal(fd_write_all(fd, b->p, b->n), 0);
}

/* How much of the file is in this process's memory, in kB. */
static unsigned long mapped(const char *path)
{
	FILE         *f = fopen("/proc/self/smaps", "r");
	char          l[512];
	unsigned long kb, sum = 0;
	bool          ours = false;

	assert_non_null(f);
	while (fgets(l, sizeof(l), f)) {
		if (strchr(l, '-') && strchr(l, '-') < strchr(l, ' '))          /* "7f00-7f10 r--s ..." */
			ours = strstr(l, path) != NULL;
		else if (ours && sscanf(l, "Rss: %lu kB", &kb) == 1)
			sum += kb;
	}
	fclose(f);
	return sum;
}

/* The same octets as out of memory, and never much of the file at once. */
static void same(struct source *mapped_one, struct source *plain, const char *path)
{
	static char   a[16 * 1024], b[16 * 1024];
	unsigned long most = mapped(path);
	size_t        n;

	assert_int_equal(mapped_one->total, plain->total);
	for (unsigned i = 0; (n = source_read(mapped_one, a, sizeof(a))) > 0; i++) {
		assert_int_equal(source_read(plain, b, sizeof(b)), n);
		assert_memory_equal(a, b, n);
		if (i % 16 == 0 && mapped(path) > most)
			most = mapped(path);
	}
	assert_int_equal(source_read(plain, b, sizeof(b)), 0);
	assert_true(most > 0 && most < 3 * 1024);
}

static void lets_go_of_what_it_has_read(void **state)
{
	char          path[] = "/tmp/remuch-source-XXXXXX";
	int           fd = mkstemp(path);
	struct buf    text = BUF(2 * BIG);
	struct source src, plain;
	struct mail   m = { .mapped = true };
	struct str    body;

	make_file(fd, &text);
	m.bytes = (struct str){ mmap(NULL, text.n, PROT_READ, MAP_PRIVATE, fd, 0), text.n };
	assert_ptr_not_equal(m.bytes.p, MAP_FAILED);
	source_begin(&src, &m, slices(&m.bytes, 1));
	body = buf_view(&text);
	source_begin(&plain, NULL, slices(&body, 1));
	same(&src, &plain, path);
	source_seek(&src, 100);         /* back */
	source_seek(&plain, 100);
	same(&src, &plain, path);
	source_begin_decoded(&src, &m, DECODE_BASE64, m.bytes);
	source_begin_decoded(&plain, NULL, DECODE_BASE64, body);
	same(&src, &plain, path);
	mail_pass(NULL, path);          /* nothing happens */
	mail_pass(&m, path);
	munmap((void *)(uintptr_t)m.bytes.p, m.bytes.n);
	buf_free(&text);
	close(fd);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_they_are), cmocka_unit_test(decoded), cmocka_unit_test(remembered), cmocka_unit_test(not_remembered),
		cmocka_unit_test(lets_go_of_what_it_has_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
