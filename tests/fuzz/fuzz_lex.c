/* All tokens, one after the other as the input's first octets choose. A refusal moves nothing and has a reason; a string that
 * was read is the same after it was written and read again. */
#include <stdlib.h>

#include "lex.h"
#include "quote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef int (*str_fn)(struct lexer *, struct str *);

static const str_fn strings[] = {
	lex_tag, lex_word, lex_atom, lex_quoted, lex_string, lex_nstring, lex_astring, lex_list_mailbox, lex_string8,
};

enum { STRINGS = sizeof(strings) / sizeof(*strings), CHOICES = 16 };

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void there_and_back(struct arena *a, struct str s, bool utf8)
{
	struct buf   b = BUF(4 * s.n + 100);
	struct lexer lx;
	struct str   again;

	quote_astring(&b, s, utf8);
	lex_init(&lx, buf_view(&b), a);
	must(!b.failed && lex_astring(&lx, &again) == 0 && lex_at_end(&lx) && again.n == s.n);
	for (size_t i = 0; i < s.n; i++)
		must(again.p[i] == (s.p[i] ? s.p[i] : (char)0x80));
	buf_free(&b);
}

static int take(struct lexer *lx, unsigned choice)
{
	struct str s = STR_NONE;
	uint32_t   n32;
	uint64_t   n64;
	int        r;

	switch (choice) {
	case STRINGS:
		return lex_number(lx, &n32);
	case STRINGS + 1:
		return lex_nz_number(lx, &n32);
	case STRINGS + 2:
		return lex_number64(lx, &n64);
	case STRINGS + 3:
		return lex_nz_number64(lx, &n64);
	case STRINGS + 4:
		return lex_sp(lx);
	case STRINGS + 5:
		return lex_char(lx, '(');
	case STRINGS + 6:
		return lex_end(lx);
	}
	r = strings[choice](lx, &s);
	if (r == 0 && s.p) {
		there_and_back(lx->a, s, false);
		there_and_back(lx->a, s, true);
	}
	return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct lexer lx;
	size_t       choices = size < CHOICES ? size : CHOICES;

	lex_init(&lx, (struct str){ (const char *)data + choices, size - choices }, &a);
	for (size_t i = 0; i < choices; i++) {
		size_t before = lx.at;

		lx.why = NULL;
		if (take(&lx, data[i] % (STRINGS + 7)) < 0)
			must(lx.at == before && lx.why && lex_why(&lx));
		must(lx.at <= lx.in.n);
		lex_try(&lx, ' ');
	}
	arena_free(&a);
	return 0;
}
