#include "param.h"

#include <string.h>

#include "limits.h"
#include "num.h"
#include "token.h"

/* Octets up to the first one of `stop` or white space. */
static struct str take_until(struct str *s, const char *stop)
{
	size_t     n = 0;
	struct str head;

	while (n < s->n && !token_is_space(s->p[n]) && (s->p[n] == '\0' || !strchr(stop, s->p[n])))
		n++;
	head = str_mid(*s, 0, n);
	*s = str_from(*s, n);
	return head;
}

/* A value without quotes. It may hold the characters that it must not, and even blanks, since file names are
 * written so: up to the semicolon, unless there stands another name= before it. A quote that is never closed is left out. */
static struct str bare_value(struct str *s)
{
	struct str start, word, rest, tail;

	if (s->n > 0 && s->p[0] == '"')
		*s = str_from(*s, 1);
	start = *s;
	word = take_until(s, ";");
	rest = *s;
	token_skip(s);
	tail = str_mid(*s, 0, str_chr(*s, ';'));
	if (word.n == 0 || tail.n == 0 || str_chr(tail, '=') < tail.n)
		return word;
	*s = str_from(*s, tail.n);
	if (rest.n > 0 && tail.p != rest.p && memchr(rest.p, '(', (size_t)(tail.p - rest.p)))
		return word;
	return str_trim(str_mid(start, 0, (size_t)(tail.p - start.p) + tail.n));
}

static bool next_param(struct arena *a, struct str *s, struct param *ret_param)
{
	while (token_skip(s), s->n > 0) {
		struct str name = take_until(s, ";=\"(");
		size_t     n;

		token_skip(s);
		if (name.n > 0 && s->n > 0 && s->p[0] == '=') {
			*s = str_from(*s, 1);
			token_skip(s);
			n = token_quoted(*s);
			ret_param->name = name;
			ret_param->value = n > 0 ? token_text(a, str_mid(*s, 0, n)) : bare_value(s);
			*s = str_from(*s, n);
			return true;
		}
		if (s->n > 0 && (name.n == 0 || s->p[0] == ';'))
			*s = str_from(*s, 1);
	}
	return false;
}

bool param_read(struct arena *a, struct str value, struct str *ret_main, struct str *ret_sub, struct params *ret_params)
{
	struct param found[MIME_PARAMS_MAX];
	struct str   s = value, main, sub = STR_NONE;
	size_t       n = 0;

	token_skip(&s);
	main = take_until(&s, "/;=\"(,");
	if (main.n == 0)
		return false;
	token_skip(&s);
	if (s.n > 0 && s.p[0] == '/') {
		s = str_from(s, 1);
		token_skip(&s);
		sub = take_until(&s, "/;=\"(,");
	}
	while (n < MIME_PARAMS_MAX && next_param(a, &s, &found[n])) {
		found[n].value = found[n].value.n > 0 ? found[n].value : STR("");
		n++;
	}
	*ret_main = main;
	*ret_sub = sub.n > 0 ? sub : STR_NONE;
	*ret_params = (struct params){ ARENA_NEW_N(a, n, struct param), n };
	if (n > 0)
		memcpy(ret_params->p, found, n * sizeof(*found));
	return true;
}

/* Whether name is "base*N" or "base*N*". */
static bool is_piece(struct str name, struct str *ret_base, uint32_t *ret_at, bool *ret_extended)
{
	struct str base, number;

	if (!str_cut(name, '*', &base, &number) || base.n == 0)
		return false;
	*ret_extended = str_ends(number, STR("*"));
	number.n -= *ret_extended ? 1 : 0;
	if (num_u32(number, ret_at) < 0)
		return false;
	*ret_base = base;
	return true;
}

/* The piece number `at` of base, or NULL. */
static const struct param *find_piece(struct params in, struct str base, uint32_t at, bool *ret_extended)
{
	for (size_t i = 0; i < in.n; i++) {
		struct str b;
		uint32_t   n;
		bool       extended;

		if (is_piece(in.p[i].name, &b, &n, &extended) && n == at && str_ieq(b, base)) {
			*ret_extended = extended;
			return &in.p[i];
		}
	}
	return NULL;
}

/* RFC 2231 section 7: what may stand in an extended value as it is. */
static bool is_plain(char c)
{
	return (unsigned char)c > ' ' && (unsigned char)c < 127 && !strchr("*'%()<>@,;:\\\"/[]?=", c);
}

static size_t put_percent(char *out, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t            n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (is_plain(s.p[i])) {
			out[n++] = s.p[i];
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[(unsigned char)s.p[i] >> 4];
		out[n++] = hex[s.p[i] & 15];
	}
	return n;
}

static struct param join(struct arena *a, struct params in, struct str base)
{
	const struct param *piece;
	size_t              room = 2, n = 0;
	bool                any = false, first = false, extended;
	char               *out;
	char               *name = arena_alloc(a, base.n + 1);

	for (uint32_t at = 0; (piece = find_piece(in, base, at, &extended)); at++) {
		room += 3 * piece->value.n;
		first = at == 0 ? extended : first;
		any |= extended;
	}
	out = arena_alloc(a, room);
	if (any && !first)
		out[n++] = '\'', out[n++] = '\'';
	for (uint32_t at = 0; (piece = find_piece(in, base, at, &extended)); at++) {
		if (any && !extended) {
			n += put_percent(out + n, piece->value);
		} else if (piece->value.n > 0) {
			memcpy(out + n, piece->value.p, piece->value.n);
			n += piece->value.n;
		}
	}
	memcpy(name, base.p, base.n);
	name[base.n] = '*';
	return (struct param){ { name, base.n + (any ? 1 : 0) }, { out, n } };
}

struct params param_join(struct arena *a, struct params in)
{
	struct params out = { ARENA_NEW_N(a, in.n, struct param), 0 };

	for (size_t i = 0; i < in.n; i++) {
		struct str base;
		uint32_t   at;
		bool       extended;

		if (!is_piece(in.p[i].name, &base, &at, &extended) || !find_piece(in, base, 0, &extended))
			out.p[out.n++] = in.p[i];
		else if (at == 0 && find_piece(in, base, 0, &extended) == &in.p[i])
			out.p[out.n++] = join(a, in, base);
	}
	return out;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* charset'language'octets, of which the octets. */
static struct str unpercent(struct arena *a, struct str s)
{
	struct str charset, language, rest;
	size_t     n = 0;
	char      *p;

	if (str_cut(s, '\'', &charset, &rest) && str_cut(rest, '\'', &language, &rest))
		s = rest;
	p = arena_alloc(a, s.n);
	for (size_t i = 0; i < s.n; i++) {
		int hi = i + 2 < s.n && s.p[i] == '%' ? hex_digit(s.p[i + 1]) : -1;
		int lo = hi >= 0 ? hex_digit(s.p[i + 2]) : -1;

		if (lo >= 0) {
			p[n++] = (char)(hi * 16 + lo);
			i += 2;
		} else {
			p[n++] = s.p[i];
		}
	}
	return (struct str){ p, n };
}

bool param_find(struct arena *a, struct params in, struct str name, struct str *ret_value)
{
	for (size_t i = 0; i < in.n; i++) {
		if (str_ieq(in.p[i].name, name)) {
			*ret_value = in.p[i].value;
			return true;
		}
	}
	in = param_join(a, in);
	for (size_t i = 0; i < in.n; i++) {
		struct str n = in.p[i].name;

		if (str_ieq(n, name)) {
			*ret_value = in.p[i].value;
			return true;
		}
		if (str_ends(n, STR("*")) && str_ieq(str_mid(n, 0, n.n - 1), name)) {
			*ret_value = unpercent(a, in.p[i].value);
			return true;
		}
	}
	return false;
}
