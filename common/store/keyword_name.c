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

void keyword_from_tag(struct buf *b, struct str tag)
{
	for (size_t i = 0; i < tag.n; i++) {
		unsigned char c = (unsigned char)tag.p[i];

		if (plain(c))
			buf_putc(b, tag.p[i]);
		else
			buf_printf(b, "=%02X", c);
	}
}

int keyword_to_tag(struct buf *b, struct str keyword)
{
	size_t     from = b->n;
	struct str tag;

	for (size_t i = 0; i < keyword.n; i++) {
		int hi, lo;

		if (keyword.p[i] != '=') {
			buf_putc(b, keyword.p[i]);
			continue;
		}
		hi = i + 2 < keyword.n ? hex(keyword.p[i + 1]) : -1;
		lo = hi >= 0 ? hex(keyword.p[i + 2]) : -1;
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
