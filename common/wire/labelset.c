#include "labelset.h"

#include <errno.h>
#include <string.h>

#include "boxname.h"
#include "limits.h"
#include "text.h"

/* "\Inbox" or an astring, as received. *ret_plain: nothing in it is encoded. */
static int read_raw(struct lexer *lx, struct str *ret, bool *ret_plain)
{
	size_t     start = lx->at;
	struct str atom;
	int        r;

	*ret_plain = lex_try(lx, '\\');
	if (!*ret_plain)
		return lex_astring(lx, ret);
	r = lex_atom(lx, &atom);
	if (r == 0)
		*ret = str_mid(lx->in, start, lx->at - start);
	else
		lx->at = start;
	return r;
}

static bool decode(struct lexer *lx, struct str raw, struct str *ret)
{
	struct buf b = BUF(2 * raw.n + 1);
	bool       fine = boxname_from_utf7(&b, raw) == 0;

	if (fine)
		*ret = arena_str(lx->a, buf_view(&b));
	buf_free(&b);
	return fine;
}

static int read_label(struct lexer *lx, bool utf8, struct str *ret)
{
	size_t start = lx->at;
	bool   plain;
	int    r = read_raw(lx, ret, &plain);

	if (r < 0 || plain || (utf8 ? text_is_utf8(*ret) : decode(lx, *ret, ret)))
		return r;
	lx->at = start;
	return lex_fail(lx, -EINVAL, utf8 ? "label is not UTF-8" : "label is not modified UTF-7 (RFC 3501, 5.1.3)");
}

int labelset_read_one(struct lexer *lx, struct str *ret)
{
	bool plain;
	int  r = read_raw(lx, ret, &plain);

	if (r == 0 && !plain)
		decode(lx, *ret, ret);
	return r;
}

static int add(struct lexer *lx, struct label_args *l, size_t *cap, struct str label)
{
	if (l->n == KEYWORDS_MAX)
		return lex_fail(lx, -EMSGSIZE, "too many labels");
	if (l->n == *cap) {
		struct str *v;

		*cap = *cap ? *cap * 2 : 4;
		v = ARENA_NEW_N(lx->a, *cap, struct str);
		if (l->n > 0)
			memcpy(v, l->v, l->n * sizeof(*v));
		l->v = v;
	}
	l->v[l->n++] = label;
	return 0;
}

int labelset_read(struct lexer *lx, bool utf8, struct label_args *ret)
{
	struct label_args l = { 0 };
	size_t            cap = 0;
	bool              list = lex_try(lx, '(');
	int               r = 0;

	if (!list || !lex_try(lx, ')')) {
		do {
			struct str label;

			r = read_label(lx, utf8, &label);
			if (r == 0)
				r = add(lx, &l, &cap, label);
		} while (r == 0 && lex_try(lx, ' '));
		if (r == 0 && list)
			r = lex_char(lx, ')');
	}
	if (r == 0)
		*ret = l;
	return r;
}
