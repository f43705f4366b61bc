#include "b64.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void b64_encode(struct buf *b, struct str s)
{
	while (s.n > 0) {
		struct str three = str_mid(s, 0, 3);
		uint32_t   v = 0;
		char       out[4];

		for (size_t i = 0; i < 3; i++)
			v = v << 8 | (i < three.n ? (unsigned char)three.p[i] : 0U);
		for (unsigned i = 0; i < 4; i++)
			out[i] = i <= three.n ? alphabet[v >> (18 - 6 * i) & 63] : '=';
		buf_put(b, out, 4);
		s = str_from(s, three.n);
	}
}

static int digit(char c)
{
	const char *at = c != '\0' ? strchr(alphabet, c) : NULL;

	return at ? (int)(at - alphabet) : -1;
}

int b64_decode(struct buf *b, struct str s)
{
	if (s.n % 4 != 0)
		return -EBADMSG;
	for (; s.n > 0; s = str_from(s, 4)) {
		bool     last = s.n == 4;
		unsigned pad = !last ? 0 : s.p[2] == '=' ? 2 : s.p[3] == '=' ? 1 : 0;
		uint32_t v = 0;

		for (unsigned i = 0; i < 4; i++) {
			int d = i >= 4 - pad ? (s.p[i] == '=' ? 0 : -1) : digit(s.p[i]);

			if (d < 0)
				return -EBADMSG;
			v = v << 6 | (unsigned)d;
		}
		if (pad > 0 && (v & (pad == 1 ? 0xffU : 0xffffU)) != 0)
			return -EBADMSG;
		for (unsigned i = 0; i < 3 - pad; i++)
			buf_putc(b, (char)(v >> (16 - 8 * i) & 0xff));
	}
	return 0;
}
