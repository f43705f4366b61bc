/* Whoever reads lines and the lexer agree: where a line of plain arguments ends in a literal header, the lexer takes what
 * follows as that literal. */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "lex.h"
#include "literal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

/* astring *(SP astring) from the start of the line, as far as it goes; where the last one began. */
static size_t last_argument(struct arena *a, struct str line)
{
	struct lexer lx;
	struct str   s;
	size_t       last = 0;

	lex_init(&lx, line, a);
	do
		last = lx.at;
	while (lex_astring(&lx, &s) == 0 && lex_try(&lx, ' '));
	return last;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena   a = ARENA_INIT;
	struct str     line = { (const char *)data, size };
	struct literal l, same;
	struct str     s;
	bool           there;

	if (size == 0 || memchr(data, '\n', size) || literal_at_end(line, &there, &l) < 0 || !there)
		return 0;
	must(l.header_at < size && l.size <= INT64_MAX);
	must(literal_parse(str_from(line, l.header_at), &same) == 0);
	must(same.size == l.size && same.sync == l.sync && same.binary == l.binary);
	if (l.size < 1000 && last_argument(&a, line) == l.header_at) {
		struct buf   b = BUF(size + 2000);
		struct lexer lx;

		buf_str(&b, line);
		buf_puts(&b, "\r\n");
		memset(buf_room(&b, l.size), 'x', l.size);
		b.n += l.size;
		lex_init(&lx, buf_view(&b), &a);
		lx.at = l.header_at;
		must(lex_string8(&lx, &s) == 0 && s.n == l.size && lex_at_end(&lx));
		buf_free(&b);
	}
	arena_free(&a);
	return 0;
}
