#include "text.h"

#include <string.h>

unsigned text_utf8_next(struct str s, uint32_t *ret_c)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char         first;
	unsigned              n;
	uint32_t              c;

	if (s.n == 0)
		return 0;
	first = (unsigned char)s.p[0];
	if (first < 0x80) {
		*ret_c = first;
		return 1;
	}
	n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	if (first < 0xc2 || first > 0xf4 || s.n < n)
		return 0;
	c = first & (0x7fU >> n);
	for (unsigned i = 1; i < n; i++) {
		unsigned char next = (unsigned char)s.p[i];

		if ((next & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (next & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*ret_c = c;
	return n;
}

bool text_is_utf8(struct str s)
{
	while (s.n > 0) {
		uint32_t c;
		unsigned n = text_utf8_next(s, &c);

		if (n == 0)
			return false;
		s = str_from(s, n);
	}
	return true;
}

bool text_is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

unsigned text_utf8_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void text_printable(char *z)
{
	while (*z) {
		uint32_t c;
		unsigned n = text_utf8_next(str_of(z), &c);

		if (n == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0)) {
			if (n < 1)
				n = 1;
			memset(z, '?', n);
		}
		z += n;
	}
}
