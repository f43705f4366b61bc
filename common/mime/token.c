#include "token.h"

bool token_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

size_t token_comment(struct str s)
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

void token_skip(struct str *s)
{
	while (s->n > 0 && (token_is_space(s->p[0]) || s->p[0] == '(')) {
		size_t n = 1;

		if (s->p[0] == '(') {
			n = token_comment(*s);
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
