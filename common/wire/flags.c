#include "flags.h"

#include <errno.h>
#include <string.h>

#include "limits.h"

static const struct {
	uint32_t    bit;
	const char *name;
} names[] = {
	{ FLAG_SEEN, "\\Seen" },
	{ FLAG_FLAGGED, "\\Flagged" },
	{ FLAG_ANSWERED, "\\Answered" },
	{ FLAG_DRAFT, "\\Draft" },
	{ FLAG_FORWARDED, "$Forwarded" },
	{ FLAG_DELETED, "\\Deleted" },
};

static uint32_t bit_of(struct str name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_ieq(name, str_of(names[i].name)))
			return names[i].bit;
	return 0;
}

int flags_read_keyword(struct lexer *lx, uint32_t *ret_flag, struct str *ret)
{
	struct str keyword;
	int        r = lex_atom(lx, &keyword);

	if (r < 0)
		return r;
	if (keyword.n > KEYWORD_LENGTH_MAX)
		return lex_fail(lx, -EMSGSIZE, "keyword too long");
	*ret_flag = bit_of(keyword);
	*ret = keyword;
	return 0;
}

/* "\" atom, where the lexer stands. */
static int read_system(struct lexer *lx, uint32_t *ret_flag)
{
	size_t     start = lx->at;
	struct str name;
	uint32_t   bit;
	int        r;

	lex_try(lx, '\\');
	r = lex_atom(lx, &name);
	if (r < 0)
		return r;
	name = str_mid(lx->in, start, lx->at - start);
	bit = bit_of(name);
	if (bit == 0) {
		lx->at = start;
		if (str_ieq(name, STR("\\Recent")))
			return lex_fail(lx, -EBADMSG, "\\Recent cannot be set");
		return lex_fail(lx, -EBADMSG, "unknown flag");
	}
	*ret_flag = bit;
	return 0;
}

static bool has(const struct flag_args *f, struct str keyword)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_ieq(f->keywords[i], keyword))
			return true;
	return false;
}

static int add(struct lexer *lx, struct flag_args *f, size_t *cap, struct str keyword)
{
	if (has(f, keyword))
		return 0;
	if (f->n == KEYWORDS_MAX)
		return lex_fail(lx, -EMSGSIZE, "too many keywords");
	if (f->n == *cap) {
		struct str *v;

		*cap = *cap ? *cap * 2 : 4;
		v = ARENA_NEW_N(lx->a, *cap, struct str);
		if (f->n > 0)
			memcpy(v, f->keywords, f->n * sizeof(*v));
		f->keywords = v;
	}
	f->keywords[f->n++] = keyword;
	return 0;
}

/* flag *(SP flag) */
static int read_flags(struct lexer *lx, struct flag_args *f)
{
	size_t cap = 0;
	int    r;

	do {
		uint32_t   bit;
		struct str keyword = STR_NONE;

		if (lex_peek(lx) == '\\')
			r = read_system(lx, &bit);
		else
			r = flags_read_keyword(lx, &bit, &keyword);
		if (r < 0)
			return r;
		f->flags |= bit;
		if (bit == 0) {
			r = add(lx, f, &cap, keyword);
			if (r < 0)
				return r;
		}
	} while (lex_try(lx, ' '));
	return 0;
}

int flags_read_list(struct lexer *lx, struct flag_args *ret)
{
	struct flag_args f = { 0 };
	int              r = lex_char(lx, '(');

	if (r < 0)
		return r;
	if (!lex_try(lx, ')')) {
		r = read_flags(lx, &f);
		if (r < 0)
			return r;
		r = lex_char(lx, ')');
		if (r < 0)
			return r;
	}
	*ret = f;
	return 0;
}

int flags_read(struct lexer *lx, struct flag_args *ret)
{
	struct flag_args f = { 0 };
	int              r;

	if (lex_peek(lx) == '(')
		return flags_read_list(lx, ret);
	r = read_flags(lx, &f);
	if (r == 0)
		*ret = f;
	return r;
}

bool flags_put(struct buf *b, uint32_t flags)
{
	bool any = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!(flags & names[i].bit))
			continue;
		if (any)
			buf_putc(b, ' ');
		buf_puts(b, names[i].name);
		any = true;
	}
	return any;
}
