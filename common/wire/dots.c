#include "dots.h"

void dots_put(struct dots *d, struct str text, struct buf *b)
{
	while (text.n > 0) {
		size_t line = str_chr(text, '\n') + 1;

		if (!d->in_line && text.p[0] == '.')
			buf_putc(b, '.');
		buf_str(b, str_mid(text, 0, line));
		d->in_line = line > text.n;
		text = str_from(text, line);
	}
}

void dots_end(const struct dots *d, struct buf *b)
{
	if (d->in_line)
		buf_puts(b, "\r\n");
	buf_puts(b, ".\r\n");
}
