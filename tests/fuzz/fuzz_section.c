/* A section is the same after it was written and read again. */
#include <stdlib.h>
#include <string.h>

#include "section.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void check_same(const struct section *a, const struct section *b)
{
	must(a->kind == b->kind && a->n_parts == b->n_parts && a->n_fields == b->n_fields && a->partial == b->partial);
	must(a->offset == b->offset && a->count == b->count);
	must(a->n_parts == 0 || memcmp(a->parts, b->parts, a->n_parts * sizeof(*a->parts)) == 0);
	for (size_t i = 0; i < a->n_fields; i++)
		must(str_eq(a->fields[i], b->fields[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int (*const reads[])(struct lexer *, struct section *) = {
		section_read, section_read_binary, section_read_binary_size,
	};
	struct arena   a = ARENA_INIT;
	struct buf     b = BUF(8 * size + 100);
	struct lexer   lx;
	struct section s, again;

	if (size < 1)
		return 0;
	lex_init(&lx, (struct str){ (const char *)data + 1, size - 1 }, &a);
	if (reads[data[0] % 3](&lx, &s) == 0) {
		section_put_command(&b, &s);
		lex_init(&lx, buf_view(&b), &a);
		must(!b.failed && section_read(&lx, &again) == 0 && lex_at_end(&lx));
		check_same(&s, &again);
	}
	buf_free(&b);
	arena_free(&a);
	return 0;
}
