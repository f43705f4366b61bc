#include "boxname.h"

#include <errno.h>
#include <string.h>

#include "limits.h"
#include "quote.h"
#include "text.h"

static const struct str inbox = { "INBOX", 5 };

/* Argument as received to UTF-8 in the lexer's arena. */
static int decode(struct lexer *lx, bool utf8, struct str arg, struct str *ret)
{
	struct buf b = BUF(2 * arg.n + 1);
	int        r;

	if (utf8) {
		if (!text_is_utf8(arg))
			return lex_fail(lx, -EINVAL, "mailbox name is not UTF-8");
		*ret = arg;
		return 0;
	}
	r = boxname_from_utf7(&b, arg);
	if (r == 0)
		*ret = arena_str(lx->a, buf_view(&b));
	buf_free(&b);
	return r < 0 ? lex_fail(lx, -EINVAL, "mailbox name is not modified UTF-7 (RFC 3501, 5.1.3)") : 0;
}

int boxname_read(struct lexer *lx, bool utf8, struct str *ret)
{
	struct str name;
	int        r = lex_astring(lx, &name);

	if (r == 0)
		r = decode(lx, utf8, name, &name);
	if (r == 0)
		*ret = boxname_fold(lx->a, name);
	return r;
}

int boxname_read_pattern(struct lexer *lx, bool utf8, struct str *ret)
{
	struct str pattern;
	int        r = lex_list_mailbox(lx, &pattern);

	if (r == 0)
		r = decode(lx, utf8, pattern, ret);
	return r;
}

void boxname_put(struct buf *b, struct str name, bool utf8)
{
	struct buf utf7 = BUF(8 * name.n + 1);

	if (utf8 || boxname_to_utf7(&utf7, name) < 0)
		quote_astring(b, name, utf8);
	else
		quote_astring(b, buf_view(&utf7), false);
	buf_free(&utf7);
}

static bool is_forbidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

int boxname_check(struct str name, const char **ret_why)
{
	const char *why = NULL;
	struct str  rest = name, level = name;
	size_t      levels = 0;
	bool        more = true;

	if (name.n == 0)
		why = "a mailbox name cannot be empty";
	else if (name.n > BOXNAME_MAX)
		why = "the mailbox name is too long";
	while (!why && rest.n > 0) {
		uint32_t c = 0;
		unsigned n = text_utf8_next(rest, &c);

		if (n == 0)
			why = "the mailbox name is not UTF-8";
		else if (is_forbidden(c))
			why = "the mailbox name has control characters";
		rest = str_from(rest, n);
	}
	for (rest = name; !why && more; levels++) {
		more = str_cut(rest, '/', &level, &rest);
		if (level.n == 0)
			why = "the mailbox name has an empty level";
		else if (levels == BOXNAME_LEVELS_MAX)
			why = "the mailbox name has too many levels";
	}
	if (!why)
		return 0;
	*ret_why = why;
	return -EINVAL;
}

static bool in_inbox(struct str name)
{
	return str_istarts(name, inbox) && (name.n == inbox.n || name.p[inbox.n] == '/');
}

struct str boxname_fold(struct arena *a, struct str name)
{
	char *p;

	if (!in_inbox(name) || str_starts(name, inbox))
		return name;
	p = arena_z(a, name);
	memcpy(p, inbox.p, inbox.n);
	return (struct str){ p, name.n };
}

/* The places in the pattern that a name may have reached, ascending, each once. */
struct places {
	uint16_t at[BOXNAME_MAX + 1];
	size_t   n;
};

static bool is_wild(struct str pattern, size_t at)
{
	return at < pattern.n && (pattern.p[at] == '*' || pattern.p[at] == '%');
}

/* A wildcard may also stand for nothing, so what follows it is reached with it. */
static void reach(struct places *set, struct str pattern, size_t at)
{
	if (set->n > 0 && set->at[set->n - 1] >= at)
		return;
	set->at[set->n++] = (uint16_t)at;
	for (; is_wild(pattern, at); at++)
		set->at[set->n++] = (uint16_t)(at + 1);
}

static void advance(const struct places *from, struct places *to, struct str pattern, char c, bool fold)
{
	to->n = 0;
	for (size_t i = 0; i < from->n; i++) {
		size_t at = from->at[i];

		if (at == pattern.n)
			continue;
		if (pattern.p[at] == '*' || (pattern.p[at] == '%' && c != '/'))
			reach(to, pattern, at);
		else if (pattern.p[at] == c)
			reach(to, pattern, at + 1);
		else if (fold && str_ieq(str_mid(pattern, at, 1), (struct str){ &c, 1 }))
			reach(to, pattern, at + 1);
	}
}

bool boxname_match(struct str pattern, struct str name)
{
	struct places sets[2];
	size_t        now = 0;
	size_t        folded = in_inbox(name) ? inbox.n : 0;

	if (pattern.n > BOXNAME_MAX)
		return false;
	sets[0].n = 0;
	reach(&sets[0], pattern, 0);
	for (size_t i = 0; i < name.n && sets[now].n > 0; i++, now = !now)
		advance(&sets[now], &sets[!now], pattern, name.p[i], i < folded);
	return sets[now].n > 0 && sets[now].at[sets[now].n - 1] == pattern.n;
}
