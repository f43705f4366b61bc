#include <errno.h>
#include <string.h>

#include "keywords.h"
#include "limits.h"
#include "text.h"

/* Octets an atom may not hold (RFC 9051 section 9: atom-specials), "=" that escapes them, and 8-bit ones. */
static bool plain(unsigned char c)
{
	return c > 0x20 && c < 0x7f && !memchr("(){%*\"\\]=", c, 9);
}

static int hex(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char       *p = memchr(digits, c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c, 16);

	return p ? (int)(p - digits) : -1;
}

void keyword_escape(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (plain(c))
			buf_putc(b, s.p[i]);
		else
			buf_printf(b, "=%02X", c);
	}
}

int keyword_unescape(struct buf *b, struct str s)
{
	size_t     from = b->n;
	struct str tag;

	for (size_t i = 0; i < s.n; i++) {
		int hi, lo;

		if (s.p[i] != '=') {
			buf_putc(b, s.p[i]);
			continue;
		}
		hi = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
		lo = hi >= 0 ? hex(s.p[i + 2]) : -1;
		if (lo < 0 || hi + lo == 0)
			return -EINVAL;
		buf_putc(b, (char)(hi * 16 + lo));
		i += 2;
	}
	tag = str_from(buf_view(b), from);
	/* notmuch: no empty tag, none that is too long, none that its own commands cannot name. */
	if (b->failed || tag.n == 0 || tag.n > KEYWORD_LENGTH_MAX || tag.p[0] == '-' || !text_is_utf8(tag))
		return -EINVAL;
	return 0;
}

static const struct keyword_name *named(const struct store_conf *c, struct str keyword)
{
	for (size_t i = 0; i < c->n_keywords; i++)
		if (str_ieq(keyword, str_of(c->keywords[i].keyword)))
			return &c->keywords[i];
	return NULL;
}

void keyword_from_tag(const struct store_conf *c, struct buf *b, struct str tag)
{
	for (size_t i = 0; i < c->n_keywords; i++)
		if (str_eq(tag, str_of(c->keywords[i].tag))) {
			buf_puts(b, c->keywords[i].keyword);
			return;
		}
	if (named(c, tag) || str_ieq(tag, STR("$Forwarded"))) {
		buf_printf(b, "=%02X", (unsigned char)tag.p[0]);
		tag = str_from(tag, 1);
	}
	keyword_escape(b, tag);
}

int keyword_to_tag(const struct store_conf *c, struct buf *b, struct str keyword, bool *ret_named)
{
	const struct keyword_name *k = named(c, keyword);

	*ret_named = k != NULL;
	if (!k)
		return keyword_unescape(b, keyword);
	buf_puts(b, k->tag);
	return 0;
}
