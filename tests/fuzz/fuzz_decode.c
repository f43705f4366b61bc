/* Decoding does not depend on the size of the pieces, neither of transfer encodings nor of charsets; what comes out of a
 * charset is UTF-8. The first octet chooses. */
#include <stdint.h>
#include <stdlib.h>

#include "charset.h"
#include "decode.h"
#include "fold.h"
#include "text.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void decode(struct buf *b, enum decode_kind kind, struct str in, size_t piece)
{
	struct decoder d = decode_begin(kind, in);
	char           room[64];
	size_t         n;

	while ((n = decode_read(&d, room, piece)) > 0)
		buf_put(b, room, n);
}

static void convert(struct buf *b, struct str charset, struct str in, size_t piece)
{
	struct charset *c;

	must(charset_open(charset, &c) == 0);
	for (; in.n > 0; in = str_from(in, piece))
		charset_put(c, str_mid(in, 0, piece), false, b);
	charset_put(c, STR_NONE, true, b);
	charset_close(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str charsets[] = { { "utf-8", 5 }, { "euc-jp", 6 }, { "iso-8859-1", 10 }, { "utf-16", 6 } };
	struct str              in = { (const char *)data + 1, size - 1 };
	struct buf              b[4];
	enum decode_kind        kind;

	if (size < 1)
		return 0;
	kind = data[0] % 3;
	for (int i = 0; i < 4; i++)
		b[i] = BUF(1 << 24);
	decode(&b[0], kind, in, 1);
	decode(&b[1], kind, in, 64);
	must(str_eq(buf_view(&b[0]), buf_view(&b[1])) && decode_size(kind, in) == b[0].n);
	buf_reset(&b[0]);
	convert(&b[0], charsets[data[0] >> 6], buf_view(&b[1]), 1);
	convert(&b[2], charsets[data[0] >> 6], buf_view(&b[1]), size);
	must(str_eq(buf_view(&b[0]), buf_view(&b[2])) && text_is_utf8(buf_view(&b[0])));
	words_decode(in, &b[3]);
	must(text_is_utf8(buf_view(&b[3])));
	buf_reset(&b[0]);
	fold_utf8(buf_view(&b[3]), &b[0]);
	must(text_is_utf8(buf_view(&b[0])));
	for (int i = 0; i < 4; i++)
		buf_free(&b[i]);
	return 0;
}
