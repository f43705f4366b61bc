#include "quote.h"

#include <string.h>

#include "text.h"

/* Longer ones are literals: clients with fixed buffers for quoted strings are known. */
enum { QUOTED_MAX = 1000 };

static bool quotable(struct str s, bool utf8)
{
	if (s.n > QUOTED_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8))
			return false;
	}
	return !utf8 || text_is_utf8(s);
}

static void put_quoted(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_putc(b, '\\');
		buf_putc(b, s.p[i]);
	}
	buf_putc(b, '"');
}

static void put_literal(struct buf *b, struct str s)
{
	buf_printf(b, "{%zu}\r\n", s.n);
	while (s.n > 0) {
		size_t nul = str_chr(s, '\0');

		buf_put(b, s.p, nul);
		if (nul < s.n)
			buf_putc(b, (char)0x80);
		s = str_from(s, nul + 1);
	}
}

void quote_string(struct buf *b, struct str s, bool utf8)
{
	if (quotable(s, utf8))
		put_quoted(b, s);
	else
		put_literal(b, s);
}

void quote_nstring(struct buf *b, struct str s, bool utf8)
{
	if (s.p)
		quote_string(b, s, utf8);
	else
		buf_puts(b, "NIL");
}

void quote_nstring8(struct buf *b, struct str s, bool utf8)
{
	if (!s.p || str_chr(s, '\0') == s.n) {
		quote_nstring(b, s, utf8);
		return;
	}
	buf_printf(b, "~{%zu}\r\n", s.n);
	buf_str(b, s);
}

/* ASTRING-CHARs only, RFC 9051 section 9; wildcards are none. */
static bool is_atom(struct str s)
{
	if (s.n == 0 || s.n > QUOTED_MAX || str_ieq(s, STR("NIL")))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("(){%*\"\\", s.p[i]))
			return false;
	return true;
}

void quote_astring(struct buf *b, struct str s, bool utf8)
{
	if (is_atom(s))
		buf_str(b, s);
	else
		quote_string(b, s, utf8);
}

void quote_text(struct buf *b, struct str s, bool utf8)
{
	while (s.n > 0) {
		uint32_t c = 0;
		unsigned n = text_utf8_next(s, &c);
		bool     plain = n > 0 && c >= 0x20 && c != 0x7f && (c < 0x80 || (utf8 && c >= 0xa0));

		if (plain)
			buf_put(b, s.p, n);
		else
			buf_putc(b, '?');
		s = str_from(s, n > 0 ? n : 1);
	}
}
