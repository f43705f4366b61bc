#include "fold.h"

#include <stdlib.h>                     /* before glib.h: our limits.h hides a part of the system one from it */

#include <glib.h>

#include "text.h"

static void put_ascii(struct str s, struct buf *out)
{
	char *p = buf_room(out, s.n);

	if (!p)
		return;
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i];
	out->n += s.n;
}

/* RFC 5051 section 2: the titlecase form, taken apart as far as it goes. */
static void put_char(uint32_t c, struct buf *out)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	gsize    n = g_unichar_fully_decompose(g_unichar_totitle(c), TRUE, parts, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
	char     octets[4];

	for (gsize i = 0; i < n; i++)
		buf_put(out, octets, text_utf8_put(parts[i], octets));
}

void fold_utf8(struct str utf8, struct buf *out)
{
	static const uint32_t replacement = 0xfffd;

	if (text_is_ascii(utf8)) {
		put_ascii(utf8, out);
		return;
	}
	while (utf8.n > 0) {
		uint32_t c;
		unsigned n = text_utf8_next(utf8, &c);

		put_char(n > 0 ? c : replacement, out);
		utf8 = str_from(utf8, n > 0 ? n : 1);
	}
}

void fold_lower(struct str utf8, struct buf *out)
{
	char *form = g_utf8_strdown(utf8.p, (gssize)utf8.n);

	buf_str(out, str_of(form));
	g_free(form);
}

void fold_nfc(struct str utf8, struct buf *out)
{
	char *form = g_utf8_normalize(utf8.p, (gssize)utf8.n, G_NORMALIZE_NFC);

	buf_str(out, form ? str_of(form) : utf8);
	g_free(form);
}
