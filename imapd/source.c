#include "source.h"

#include <string.h>

#include "octets.h"

enum { PIECE = 16 * 1024, MEASURED = 1024 * 1024 };

static struct str slice_of(const struct source *src)
{
	return src->slices.p ? src->slices.p[src->slice] : src->one;
}

static size_t count(const struct source *src)
{
	return src->slices.p ? src->slices.n : 1;
}

static void rewind_source(struct source *src)
{
	src->at = 0;
	src->slice = 0;
	if (count(src) > 0)
		src->reader = decode_begin(src->kind, slice_of(src));
}

/* Piece by piece, each up to a line's end. */
static uint64_t measure(struct mail *m, struct str s)
{
	uint64_t total = 0;
	uint32_t lines;

	while (s.n > 0) {
		const char *end = s.n > MEASURED ? memchr(s.p + MEASURED, '\n', s.n - MEASURED) : NULL;
		size_t      n = end ? (size_t)(end + 1 - s.p) : s.n;

		total += octets_count((struct str){ s.p, n }, &lines);
		s = str_from(s, n);
		mail_pass(m, s.p);
	}
	return total;
}

void source_begin(struct source *src, struct mail *m, struct header_slices slices)
{
	*src = (struct source){ .mail = m, .kind = DECODE_NONE };
	if (slices.n == 1)
		src->one = slices.p[0];
	else
		src->slices = slices;
	for (size_t i = 0; i < slices.n; i++)
		src->total += measure(m, slices.p[i]);
	rewind_source(src);
}

/* What the reader has still to read. */
static const char *place(const struct decoder *d)
{
	return d->kind == DECODE_NONE ? d->lines.rest.p : d->rest.p;
}

void source_begin_decoded(struct source *src, struct mail *m, enum decode_kind kind, struct str body)
{
	struct decoder d = decode_begin(kind, body);
	char           piece[PIECE];
	size_t         n;

	*src = (struct source){ .mail = m, .one = body, .kind = kind };
	while ((n = decode_read(&d, piece, sizeof(piece))) > 0) {
		src->total += n;
		src->nul |= memchr(piece, '\0', n) != NULL;
		mail_pass(m, place(&d));
	}
	rewind_source(src);
}

size_t source_read(struct source *src, char *out, size_t n)
{
	while (src->slice < count(src)) {
		size_t got = decode_read(&src->reader, out, n);

		if (got > 0) {
			src->at += got;
			mail_pass(src->mail, place(&src->reader));
			return got;
		}
		if (++src->slice < count(src))
			src->reader = decode_begin(src->kind, slice_of(src));
	}
	return 0;
}

void source_seek(struct source *src, uint64_t at)
{
	char   piece[PIECE];
	size_t n = 1;

	if (at < src->at)
		rewind_source(src);
	while (src->at < at && n > 0) {
		uint64_t left = at - src->at;

		n = source_read(src, piece, left < sizeof(piece) ? (size_t)left : sizeof(piece));
	}
}

/* What p is when it points into the old file: the same place in the new one. The old file is closed: only addresses count. */
static const char *moved(const char *p, struct str from, const char *to)
{
	uintptr_t at = (uintptr_t)p, file = (uintptr_t)from.p;

	return at >= file && at <= file + from.n ? to + (at - file) : p;
}

void source_move(struct source *copy, const struct source *src, struct str from, const char *to)
{
	*copy = *src;
	copy->mail = NULL;
	copy->one.p = moved(src->one.p, from, to);
	copy->reader.rest.p = moved(src->reader.rest.p, from, to);
	copy->reader.lines.rest.p = moved(src->reader.lines.rest.p, from, to);
	copy->reader.pending.p = moved(src->reader.pending.p, from, to);
}
