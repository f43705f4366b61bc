#include "fold.h"

#include <stdlib.h>                     /* before glib.h: our limits.h hides a part of the system one from it */

#include <glib.h>

#include "die.h"
#include "text.h"

static void put_ascii(struct str s, struct buf *out)
{
	char *p = buf_room(out, s.n);

	if (!p)
		return;
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
	out->n += s.n;
}

/* Case folding can undo the normal form, so that it is made again behind it. */
static void put_unicode(struct str s, struct buf *out)
{
	char *valid = g_utf8_make_valid(s.p, (gssize)s.n);
	char *form = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKC);
	char *low = form ? g_utf8_casefold(form, -1) : NULL;
	char *again = low ? g_utf8_normalize(low, -1, G_NORMALIZE_NFKC) : NULL;

	if (!again)
		die_memory();
	buf_puts(out, again);
	g_free(again);
	g_free(low);
	g_free(form);
	g_free(valid);
}

/* GLib stops at NULs, which are octets like others here. */
void fold_utf8(struct str utf8, struct buf *out)
{
	struct str piece;
	bool       more = !text_is_ascii(utf8);

	if (!more)
		put_ascii(utf8, out);
	while (more) {
		more = str_cut(utf8, '\0', &piece, &utf8);
		if (piece.n > 0)
			put_unicode(piece, out);
		if (more)
			buf_putc(out, '\0');
	}
}

void fold_nfc(struct str utf8, struct buf *out)
{
	char *form = g_utf8_normalize(utf8.p, (gssize)utf8.n, G_NORMALIZE_NFC);

	buf_str(out, form ? str_of(form) : utf8);
	g_free(form);
}
