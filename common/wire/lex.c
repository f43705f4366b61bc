#include "lex.h"

#include <errno.h>
#include <string.h>

#include "literal.h"
#include "num.h"
#include "text.h"

enum char_class {
	ATOM_CHAR = 1,
	RESP_SPECIAL = 2,
	LIST_WILDCARD = 4,
	WORD_CHAR = 8,
};

static unsigned classes(int c)
{
	if (c <= ' ' || c >= 0x7f)
		return 0;
	if (c == ']')
		return RESP_SPECIAL;
	if (c == '%' || c == '*')
		return LIST_WILDCARD;
	if (memchr("(){\"\\", c, 5))
		return 0;
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || memchr(".-_", c, 3))
		return ATOM_CHAR | WORD_CHAR;
	return ATOM_CHAR;
}

void lex_init(struct lexer *lx, struct str in, struct arena *a)
{
	*lx = (struct lexer){ .in = in, .a = a };
}

const char *lex_why(const struct lexer *lx)
{
	if (!lx->why)
		return "not understood";
	return arena_printf(lx->a, "%s at octet %zu", lx->why, lx->why_at + 1);
}

static int refuse(struct lexer *lx, size_t at, int r, const char *why)
{
	lx->why = why;
	lx->why_at = at;
	return r;
}

int lex_fail(struct lexer *lx, int r, const char *why)
{
	return refuse(lx, lx->at, r, why);
}

static int octet(const struct lexer *lx, size_t at)
{
	return at < lx->in.n ? (unsigned char)lx->in.p[at] : -1;
}

int lex_peek(const struct lexer *lx)
{
	return octet(lx, lx->at);
}

bool lex_at_end(const struct lexer *lx)
{
	struct str rest = str_from(lx->in, lx->at);

	return rest.n == 0 || str_eq(rest, STR("\r\n"));
}

int lex_end(struct lexer *lx)
{
	if (!lex_at_end(lx))
		return lex_fail(lx, -EBADMSG, "expected the end of the command");
	lx->at = lx->in.n;
	return 0;
}

bool lex_try(struct lexer *lx, char c)
{
	if (lex_peek(lx) != (unsigned char)c)
		return false;
	lx->at++;
	return true;
}

int lex_sp(struct lexer *lx)
{
	return lex_try(lx, ' ') ? 0 : lex_fail(lx, -EBADMSG, "expected a space");
}

static const char *expected(char c)
{
	switch (c) {
	case '(':
		return "expected \"(\"";
	case ')':
		return "expected \")\"";
	case '[':
		return "expected \"[\"";
	case ']':
		return "expected \"]\"";
	case '<':
		return "expected \"<\"";
	case '>':
		return "expected \">\"";
	default:
		return "unexpected octet";
	}
}

int lex_char(struct lexer *lx, char c)
{
	return lex_try(lx, c) ? 0 : lex_fail(lx, -EBADMSG, expected(c));
}

bool lex_accept(struct lexer *lx, const char *word)
{
	struct str w = str_of(word);

	if (!str_istarts(str_from(lx->in, lx->at), w) || (classes(octet(lx, lx->at + w.n)) & WORD_CHAR))
		return false;
	lx->at += w.n;
	return true;
}

/* One octet or more of these classes. */
static int take(struct lexer *lx, unsigned wanted, const char *why, struct str *ret)
{
	size_t end = lx->at;

	while (classes(octet(lx, end)) & wanted)
		end++;
	if (end == lx->at)
		return lex_fail(lx, -EBADMSG, why);
	*ret = str_mid(lx->in, lx->at, end - lx->at);
	lx->at = end;
	return 0;
}

int lex_word(struct lexer *lx, struct str *ret)
{
	return take(lx, WORD_CHAR, "expected a word", ret);
}

int lex_atom(struct lexer *lx, struct str *ret)
{
	return take(lx, ATOM_CHAR, "expected an atom", ret);
}

/* RFC 9051: any ASTRING-CHAR but "+", which would look like a continuation request. */
int lex_tag(struct lexer *lx, struct str *ret)
{
	size_t     start = lx->at;
	struct str tag;
	int        r = take(lx, ATOM_CHAR | RESP_SPECIAL, "expected a tag", &tag);

	if (r < 0)
		return r;
	if (str_chr(tag, '+') < tag.n) {
		lx->at = start;
		return lex_fail(lx, -EBADMSG, "\"+\" in the tag");
	}
	*ret = tag;
	return 0;
}

static struct str unescape(struct arena *a, struct str s)
{
	char  *p = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		p[n++] = s.p[i];
	}
	return (struct str){ p, n };
}

int lex_quoted(struct lexer *lx, struct str *ret)
{
	size_t     at = lx->at;
	bool       escaped = false;
	struct str s;

	if (octet(lx, at) != '"')
		return lex_fail(lx, -EBADMSG, "expected a quoted string");
	for (at++; octet(lx, at) != '"'; at++) {
		int c = octet(lx, at);

		if (c == '\\') {
			c = octet(lx, ++at);
			escaped = true;
			if (c != '"' && c != '\\')
				return refuse(lx, at, -EBADMSG, "\"\\\" before what needs none in a quoted string");
		}
		if (c < 0 || c == '\r' || c == '\n')
			return refuse(lx, at, -EBADMSG, "quoted string without end");
		if (c == '\0')
			return refuse(lx, at, -EBADMSG, "NUL in a quoted string");
	}
	s = str_mid(lx->in, lx->at + 1, at - lx->at - 1);
	if (!text_is_utf8(s))
		return refuse(lx, lx->at, -EBADMSG, "quoted string is not UTF-8");
	*ret = escaped ? unescape(lx->a, s) : s;
	lx->at = at + 1;
	return 0;
}

static bool literal_here(const struct lexer *lx)
{
	return lex_peek(lx) == '{' || (lex_peek(lx) == '~' && octet(lx, lx->at + 1) == '{');
}

static int read_literal(struct lexer *lx, bool binary_too, struct str *ret)
{
	struct str     rest = str_from(lx->in, lx->at);
	size_t         close = str_chr(rest, '}');
	struct literal l;
	struct str     s;

	if (literal_parse(str_mid(rest, 0, close + 1), &l) < 0)
		return lex_fail(lx, -EBADMSG, "malformed literal");
	if (l.binary && !binary_too)
		return lex_fail(lx, -EBADMSG, "no literal8 is allowed here");
	rest = str_from(rest, close + 1);
	if (!str_starts(rest, STR("\r\n")))
		return refuse(lx, lx->at + close + 1, -EBADMSG, "expected CRLF after the literal's size");
	rest = str_from(rest, 2);
	if (rest.n < l.size)
		return lex_fail(lx, -EBADMSG, "literal is longer than the command");
	s = str_mid(rest, 0, (size_t)l.size);
	if (!l.binary && str_chr(s, '\0') < s.n)
		return refuse(lx, lx->at + close + 3 + str_chr(s, '\0'), -EBADMSG, "NUL in a literal");
	*ret = s;
	lx->at += close + 3 + s.n;
	return 0;
}

static int read_string(struct lexer *lx, bool binary_too, struct str *ret)
{
	if (literal_here(lx))
		return read_literal(lx, binary_too, ret);
	if (lex_peek(lx) == '"')
		return lex_quoted(lx, ret);
	return lex_fail(lx, -EBADMSG, "expected a string");
}

int lex_string(struct lexer *lx, struct str *ret)
{
	return read_string(lx, false, ret);
}

int lex_string8(struct lexer *lx, struct str *ret)
{
	return read_string(lx, true, ret);
}

int lex_nstring(struct lexer *lx, struct str *ret)
{
	if (lex_accept(lx, "NIL")) {
		*ret = STR_NONE;
		return 0;
	}
	return lex_string(lx, ret);
}

int lex_astring(struct lexer *lx, struct str *ret)
{
	if (literal_here(lx) || lex_peek(lx) == '"')
		return lex_string(lx, ret);
	return take(lx, ATOM_CHAR | RESP_SPECIAL, "expected a string or an atom", ret);
}

int lex_list_mailbox(struct lexer *lx, struct str *ret)
{
	if (literal_here(lx) || lex_peek(lx) == '"')
		return lex_string(lx, ret);
	return take(lx, ATOM_CHAR | RESP_SPECIAL | LIST_WILDCARD, "expected a mailbox name or pattern", ret);
}

static int read_number(struct lexer *lx, uint64_t least, uint64_t most, uint64_t *ret)
{
	size_t   end = lx->at;
	uint64_t n;

	while (octet(lx, end) >= '0' && octet(lx, end) <= '9')
		end++;
	if (end == lx->at)
		return lex_fail(lx, -EBADMSG, "expected a number");
	if (least > 0 && lex_peek(lx) == '0')
		return lex_fail(lx, -EBADMSG, "expected a number that does not begin with 0");
	if (num_u64(str_mid(lx->in, lx->at, end - lx->at), &n) < 0 || n > most)
		return lex_fail(lx, -EBADMSG, "number too large");
	*ret = n;
	lx->at = end;
	return 0;
}

static int read_number32(struct lexer *lx, uint64_t least, uint32_t *ret)
{
	uint64_t n;
	int      r = read_number(lx, least, UINT32_MAX, &n);

	if (r == 0)
		*ret = (uint32_t)n;
	return r;
}

int lex_number(struct lexer *lx, uint32_t *ret)
{
	return read_number32(lx, 0, ret);
}

int lex_nz_number(struct lexer *lx, uint32_t *ret)
{
	return read_number32(lx, 1, ret);
}

int lex_number64(struct lexer *lx, uint64_t *ret)
{
	return read_number(lx, 0, INT64_MAX, ret);
}

int lex_nz_number64(struct lexer *lx, uint64_t *ret)
{
	return read_number(lx, 1, INT64_MAX, ret);
}
