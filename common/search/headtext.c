/* The text is "1" LF and the fields. */
#include "headtext.h"

#include <errno.h>

#include "fold.h"
#include "header.h"
#include "limits.h"
#include "structure.h"
#include "words.h"

#define VERSION "1\n"

static bool is_indexed(struct str name)
{
	static const struct str names[] = { { "From", 4 }, { "To", 2 }, { "Cc", 2 }, { "Bcc", 3 }, { "Subject", 7 } };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_ieq(name, names[i]))
			return true;
	return false;
}

static void put_field(struct str raw, struct buf *decoded, struct buf *out)
{
	size_t begin = out->n;

	buf_reset(decoded);
	words_decode(str_mid(raw, 0, MIME_HEADER_MAX), decoded);
	fold_utf8(buf_view(decoded), out);
	for (size_t i = begin; i < out->n; i++)
		if (out->p[i] == '\n')
			out->p[i] = ' ';
	buf_putc(out, '\n');
}

static void make(struct arena *a, struct str msg, struct buf *out)
{
	struct buf         decoded = BUF(4 * MIME_HEADER_MAX);
	const struct part *top = structure_read(a, msg);

	buf_puts(out, VERSION);
	for (const struct part *p = top; p; p = part_following(p)) {
		struct str          header = part_header(p, msg);
		struct header_field f;

		while (header_next(&header, &f))
			if (p != top || !is_indexed(f.name))
				put_field(f.raw, &decoded, out);
	}
	buf_free(&decoded);
}

const struct derived_kind headtext_kind = { .kind = MAIL_CACHE_HEADTEXT, .from = DERIVED_FROM_FILE, .version = STR_LIT(VERSION), .make = make };

int headtext_read(struct str text, struct str *ret)
{
	if (!str_starts(text, STR(VERSION)))
		return -EBADMSG;
	*ret = str_from(text, sizeof(VERSION) - 1);
	return 0;
}
