/* What SORT and THREAD keep of a mail: made of whatever comes, it can be read; read of whatever comes, it lies within. */
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "traits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str text, const struct traits *t)
{
	for (size_t i = 0; i < TRAITS; i++)
		if (t->text[i].n > 0 && (t->text[i].p < text.p || t->text[i].p + t->text[i].n > text.p + text.n))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str    in = { (const char *)data, size };
	struct arena  a = ARENA_INIT;
	struct buf    b = BUF(1 << 24);
	struct traits t;

	if (traits_read(in, &t) == 0)
		check(in, &t);
	traits_kind.make(&a, in, &b);
	if (traits_read(buf_view(&b), &t) < 0)
		abort();
	check(buf_view(&b), &t);
	for (size_t i = 0; i < TRAITS_FOLDED; i++)
		if (!text_is_utf8(t.text[i]))
			abort();
	for (size_t i = TRAITS_FOLDED; i < TRAITS; i++)
		if (t.text[i].n > 0 && t.text[i].p[t.text[i].n - 1] != '\n')
			abort();
	buf_free(&b);
	arena_free(&a);
	return 0;
}
