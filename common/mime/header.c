#include "header.h"

#include <string.h>

#include "limits.h"
#include "vec.h"

struct slices {
	struct str *p;
	size_t      n, cap;
};

/* Octets of the first line, its end included. */
static size_t line_length(struct str s)
{
	size_t at = str_chr(s, '\n');

	return at < s.n ? at + 1 : s.n;
}

bool header_at_end(struct str s)
{
	return s.n > 0 && (s.p[0] == '\n' || (s.p[0] == '\r' && s.n > 1 && s.p[1] == '\n'));
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* The name of the field that s begins with, STR_NONE when it is no field; *ret_colon is behind it. */
static struct str field_name(struct str s, size_t *ret_colon)
{
	size_t n = 0, colon;

	while (n < s.n && (unsigned char)s.p[n] > ' ' && s.p[n] != 127 && s.p[n] != ':')
		n++;
	for (colon = n; colon < s.n && is_space(s.p[colon]); colon++)
		;
	if (n == 0 || colon == s.n || s.p[colon] != ':')
		return STR_NONE;
	*ret_colon = colon;
	return str_mid(s, 0, n);
}

bool header_begins(struct str msg)
{
	size_t colon;

	return header_at_end(msg) || str_starts(msg, STR("From ")) || str_starts(msg, STR(">From ")) ||
	       field_name(msg, &colon).n > 0;
}

size_t header_end(struct str msg)
{
	struct str rest = msg;

	if (!header_begins(msg))
		return 0;
	while (rest.n > 0 && !header_at_end(rest))
		rest = str_from(rest, line_length(rest));
	return msg.n - rest.n + (rest.n > 0 ? line_length(rest) : 0);
}

static bool next_raw(struct str *rest, struct str *ret)
{
	struct str s = *rest;
	size_t     n;

	if (s.n == 0 || header_at_end(s))
		return false;
	n = line_length(s);
	while (n < s.n && is_space(s.p[n]))
		n += line_length(str_from(s, n));
	*ret = str_mid(s, 0, n);
	*rest = str_from(s, n);
	return true;
}

bool header_next(struct str *rest, struct header_field *ret_field)
{
	size_t colon = 0;

	if (!next_raw(rest, &ret_field->raw))
		return false;
	ret_field->name = field_name(ret_field->raw, &colon);
	ret_field->value = ret_field->name.p ? str_trim(str_from(ret_field->raw, colon + 1)) : STR_NONE;
	return true;
}

bool header_find(struct str header, struct str name, struct str *ret_value)
{
	struct header_field f;

	while (header_next(&header, &f)) {
		if (str_ieq(f.name, name)) {
			*ret_value = f.value;
			return true;
		}
	}
	return false;
}

static bool is_one_of(struct str field, const struct str *names, size_t n)
{
	size_t     colon;
	struct str name = field_name(field, &colon);

	for (size_t i = 0; name.n > 0 && i < n; i++)
		if (str_ieq(name, names[i]))
			return true;
	return false;
}

/* Length of the empty line that ends the header, 0 when there is none. */
static size_t last_line(struct str header)
{
	size_t n = str_ends(header, STR("\r\n")) ? 2 : str_ends(header, STR("\n")) ? 1 : 0;

	return n == header.n || header.p[header.n - n - 1] == '\n' ? n : 0;
}

static void add(struct slices *v, struct str piece)
{
	struct str *last = v->n > 0 ? &v->p[v->n - 1] : NULL;

	if (piece.n == 0)
		return;
	if (last && last->p + last->n == piece.p)
		last->n += piece.n;
	else
		VEC_PUSH(v, piece);
}

struct header_slices header_subset(struct arena *a, struct str header, const struct str *names, size_t n, bool wanted)
{
	struct slices        found = { 0 };
	struct header_slices res;
	struct str           end = str_from(header, header.n - last_line(header)), rest, beyond, field;

	header.n -= end.n;
	rest = str_mid(header, 0, MIME_HEADER_MAX);
	beyond = str_from(header, rest.n);
	while (next_raw(&rest, &field))
		if (is_one_of(field, names, n) == wanted)
			add(&found, field);
	if (!wanted)
		add(&found, beyond);
	add(&found, end);

	res = (struct header_slices){ ARENA_NEW_N(a, found.n, struct str), found.n };
	if (found.n > 0)
		memcpy(res.p, found.p, found.n * sizeof(*res.p));
	VEC_FREE(&found);
	return res;
}

struct str header_unfold(struct arena *a, struct str value)
{
	size_t n = 0;
	char  *p;

	if (str_chr(value, '\n') == value.n)
		return value;
	p = arena_alloc(a, value.n);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] != '\n')
			p[n++] = value.p[i];
		else if (i > 0 && value.p[i - 1] == '\r')
			n--;
	}
	return (struct str){ p, n };
}
