/* The text, version 2:
 *	"2" LF
 *	[seconds " " zone] LF           of the Date field, when it can be understood: decimal, see date.h
 *	from LF to LF cc LF bcc LF subject LF
 * Fields are decoded (RFC 2047), folded (fold.h), all fields of a name joined by a space, line ends inside them a space. */
#include "folded.h"

#include <errno.h>
#include <inttypes.h>

#include "fold.h"
#include "header.h"
#include "limits.h"
#include "num.h"
#include "words.h"

enum { VERSION = '2' };

static const struct str names[FOLDED_FIELDS] = {
	{ "From", 4 }, { "To", 2 }, { "Cc", 2 }, { "Bcc", 3 }, { "Subject", 7 },
};

static void put_field(struct str header, struct str name, struct buf *decoded, struct buf *out)
{
	struct header_field f;
	size_t              begin = out->n;

	buf_reset(decoded);
	while (header_next(&header, &f)) {
		if (!str_ieq(f.name, name))
			continue;
		if (decoded->n > 0)
			buf_putc(decoded, ' ');
		words_decode(f.value, decoded);
	}
	fold_utf8(buf_view(decoded), out);
	for (size_t i = begin; i < out->n; i++)
		if (out->p[i] == '\n' || out->p[i] == '\r')
			out->p[i] = ' ';
	buf_putc(out, '\n');
}

static void make(struct arena *a, struct str msg, struct buf *out)
{
	struct str  header = str_mid(msg, 0, header_end(msg));
	struct buf  decoded = BUF(4 * MIME_HEADER_MAX);
	struct str  value;
	struct date d;

	buf_printf(out, "%c\n", VERSION);
	if (header_find(header, STR("Date"), &value) && date_read(header_unfold(a, value), &d) == 0)
		buf_printf(out, "%" PRId64 " %d", d.seconds, d.zone);
	buf_putc(out, '\n');
	for (size_t i = 0; i < FOLDED_FIELDS; i++)
		put_field(header, names[i], &decoded, out);
	buf_free(&decoded);
}

const struct derived_kind folded_kind = { .kind = MAIL_CACHE_FOLDED, .from = DERIVED_FROM_FIELDS, .version = STR_LIT("2"), .make = make };

static int read_signed(struct str s, int64_t *ret)
{
	bool     minus = str_starts(s, STR("-"));
	uint64_t n;
	int      r = num_u64(str_from(s, minus), &n);

	if (r < 0 || n > INT64_MAX)
		return -EBADMSG;
	*ret = minus ? -(int64_t)n : (int64_t)n;
	return 0;
}

static int read_date(struct str line, struct folded *f)
{
	struct str seconds, zone;
	int64_t    minutes;

	if (line.n == 0)
		return 0;
	str_cut(line, ' ', &seconds, &zone);
	if (read_signed(seconds, &f->date.seconds) < 0 || read_signed(zone, &minutes) < 0)
		return -EBADMSG;
	f->date.zone = (int)minutes;
	f->has_date = true;
	return 0;
}

int folded_read(struct str text, struct folded *ret)
{
	struct folded f = { .has_date = false };
	struct str    line;

	if (!str_cut(text, '\n', &line, &text) || line.n != 1 || line.p[0] != VERSION)
		return -EBADMSG;
	if (!str_cut(text, '\n', &line, &text) || read_date(line, &f) < 0)
		return -EBADMSG;
	for (size_t i = 0; i < FOLDED_FIELDS; i++)
		if (!str_cut(text, '\n', &f.field[i], &text))
			return -EBADMSG;
	*ret = f;
	return 0;
}
