/* Labels: whatever comes is read or refused, and what was read reads the same when it is written as a response has it. The first octet is
 * the mode. */
#include <stdlib.h>

#include "boxname.h"
#include "buf.h"
#include "labelset.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void check_again(const struct label_args *l, bool utf8, struct arena *a)
{
	struct buf        b = BUF(16 * COMMAND_MAX);
	struct label_args again;
	struct lexer      lx;

	buf_putc(&b, '(');
	for (size_t i = 0; i < l->n; i++) {
		if (i > 0)
			buf_putc(&b, ' ');
		boxname_put(&b, l->v[i], utf8);
	}
	buf_putc(&b, ')');
	lex_init(&lx, buf_view(&b), a);
	must(labelset_read(&lx, utf8, &again) == 0 && lex_at_end(&lx) && again.n == l->n);
	for (size_t i = 0; i < l->n; i++)
		must(str_eq(again.v[i], l->v[i]));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena      a = ARENA_INIT;
	bool              utf8 = size > 0 && (data[0] & 1);
	struct label_args l;
	struct lexer      lx;
	struct str        one;

	lex_init(&lx, (struct str){ (const char *)data + (size > 0), size - (size > 0) }, &a);
	if (labelset_read(&lx, utf8, &l) == 0) {
		must(l.n <= KEYWORDS_MAX);
		check_again(&l, utf8, &a);
	} else {
		must(lx.why != NULL);
	}
	lx.at = 0;
	must(labelset_read_one(&lx, &one) == 0 || lx.why);
	arena_free(&a);
	return 0;
}
