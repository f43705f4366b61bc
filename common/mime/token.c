#include "token.h"

bool token_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Octets of the comment that s begins with; 0: none, or it is not closed. */
static size_t comment_length(struct str s)
{
	size_t depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '(')
			depth++;
		else if (s.p[i] == ')' && depth > 0)
			depth--;
		else if (s.p[i] == '\\')
			i++;
		if (depth == 0)
			return i > 0 && i < s.n ? i + 1 : 0;
	}
	return 0;
}

size_t token_quoted(struct str s)
{
	if (s.n == 0 || s.p[0] != '"')
		return 0;
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '"')
			return i + 1;
		if (s.p[i] == '\\')
			i++;
	}
	return 0;
}

enum token_kind token_next(struct token_reader *r, struct str *ret_text)
{
	enum token_kind kind = TOKEN_CHAR;
	struct str      s = r->rest;
	size_t          n = 0;

	if (s.n == 0)
		return TOKEN_END;
	if (token_is_space(s.p[0])) {
		kind = TOKEN_SPACE;
		while (n < s.n && token_is_space(s.p[n]))
			n++;
	} else if (s.p[0] == '"' && !r->no_quoted) {
		n = token_quoted(s);
		kind = n > 0 ? TOKEN_QUOTED : TOKEN_CHAR;
		r->no_quoted = n == 0;
	} else if (s.p[0] == '(' && !r->no_comment) {
		n = comment_length(s);
		kind = n > 0 ? TOKEN_COMMENT : TOKEN_CHAR;
		r->no_comment = n == 0;
	}
	n = n > 0 ? n : 1;
	*ret_text = str_mid(s, 0, n);
	r->rest = str_from(s, n);
	return kind;
}

void token_skip(struct str *s)
{
	while (s->n > 0 && (token_is_space(s->p[0]) || s->p[0] == '(')) {
		size_t n = 1;

		if (s->p[0] == '(') {
			n = comment_length(*s);
			if (n == 0)
				n = s->n;
		}
		*s = str_from(*s, n);
	}
}

struct str token_text(struct arena *a, struct str s)
{
	struct str in = s.n >= 2 ? str_mid(s, 1, s.n - 2) : str_from(s, s.n);
	size_t     n = 0;
	char      *p;

	if (str_chr(in, '\\') == in.n && str_chr(in, '\n') == in.n)
		return in;
	p = arena_alloc(a, in.n);
	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] == '\n' || (in.p[i] == '\r' && i + 1 < in.n && in.p[i + 1] == '\n'))
			continue;
		if (in.p[i] == '\\' && i + 1 < in.n)
			i++;
		p[n++] = in.p[i];
	}
	return (struct str){ p, n };
}
