/* Line ends converted in pieces, through a small output, within a window, are what the plainest converter gives; the count of
 * octets agrees. The first octets choose all that. */
#include <stdlib.h>

#include "crlf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void plainly(struct str in, unsigned flags, struct buf *out)
{
	char last = '\n';

	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];

		if (c == '\n' && !(i > 0 && last == '\r'))
			buf_putc(out, '\r');
		if (c == '.' && last == '\n' && (flags & CRLF_DOTS))
			buf_putc(out, '.');
		buf_putc(out, c == '\0' && (flags & CRLF_NUL) ? (char)0x80 : c);
		last = c;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf  want = BUF(2 * size + 1), got = BUF(2 * size + 1), b;
	struct crlf c;
	struct str  in;
	size_t      piece, skip, max;
	unsigned    flags;

	if (size < 5)
		return 0;
	flags = data[0] % 4;
	piece = data[1] + 1U;
	skip = flags & CRLF_DOTS ? 0 : data[2];
	max = data[3];
	b = BUF(data[4] + 2U);
	in = (struct str){ (const char *)data + 5, size - 5 };
	plainly(in, flags, &want);
	if (!(flags & CRLF_DOTS))
		must(crlf_octets(in, false) == want.n);
	crlf_start(&c, flags, skip, max);
	while (in.n > 0 && c.left > 0) {
		size_t used = crlf_feed(&c, str_mid(in, 0, piece), &b);

		must(!b.failed && (used > 0 || b.n > 0));
		buf_str(&got, buf_view(&b));
		buf_reset(&b);
		in = str_from(in, used);
	}
	must(str_eq(buf_view(&got), str_mid(buf_view(&want), skip, max)));
	buf_free(&want);
	buf_free(&got);
	buf_free(&b);
	return 0;
}
