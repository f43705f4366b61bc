/* What is accepted as modified UTF-7 is the one spelling of its name, and every UTF-8 name has one; a name that was written as
 * a response is read as the same; a name matches itself as a pattern without wildcards. */
#include <stdlib.h>

#include "boxname.h"
#include "limits.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void check_utf7(struct str in)
{
	struct buf name = BUF(8 * in.n + 1), again = BUF(64 * in.n + 1);

	if (boxname_from_utf7(&name, in) == 0) {
		must(!name.failed && text_is_utf8(buf_view(&name)));
		must(boxname_to_utf7(&again, buf_view(&name)) == 0 && str_eq(buf_view(&again), in));
	}
	buf_reset(&name);
	buf_reset(&again);
	if (boxname_to_utf7(&name, in) == 0) {
		must(!name.failed && text_is_utf8(in));
		must(boxname_from_utf7(&again, buf_view(&name)) == 0 && str_eq(buf_view(&again), in));
	} else {
		must(!text_is_utf8(in));
	}
	buf_free(&name);
	buf_free(&again);
}

static void check_name(struct arena *a, struct str name, bool utf8)
{
	struct buf   b = BUF(16 * name.n + 100);
	struct lexer lx;
	struct str   again;
	const char  *why;

	if (boxname_check(name, &why) < 0)
		return;
	name = boxname_fold(a, name);
	must(name.n > 0 && name.n <= BOXNAME_MAX && text_is_utf8(name));
	boxname_put(&b, name, utf8);
	lex_init(&lx, buf_view(&b), a);
	must(boxname_read(&lx, utf8, &again) == 0 && lex_at_end(&lx) && str_eq(again, name));
	must(boxname_match(name, name) && boxname_match(STR("*"), name));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct str   in = { (const char *)data, size }, pattern, name;
	struct lexer lx;

	check_utf7(in);
	check_name(&a, in, false);
	check_name(&a, in, true);
	if (str_cut(in, '\n', &pattern, &name))
		boxname_match(pattern, name);
	lex_init(&lx, in, &a);
	if (boxname_read_pattern(&lx, size % 2, &name) == 0)
		must(text_is_utf8(name));
	arena_free(&a);
	return 0;
}
