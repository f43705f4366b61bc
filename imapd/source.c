#include "source.h"

#include <string.h>

#include "octets.h"

enum { PIECE = 16 * 1024 };

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

void source_begin(struct source *src, struct header_slices slices)
{
	uint32_t lines;

	*src = (struct source){ .kind = DECODE_NONE };
	if (slices.n == 1)
		src->one = slices.p[0];
	else
		src->slices = slices;
	for (size_t i = 0; i < slices.n; i++)
		src->total += octets_count(slices.p[i], &lines);
	rewind_source(src);
}

void source_begin_decoded(struct source *src, enum decode_kind kind, struct str body)
{
	struct decoder d = decode_begin(kind, body);
	char           piece[PIECE];
	size_t         n;

	*src = (struct source){ .one = body, .kind = kind };
	while ((n = decode_read(&d, piece, sizeof(piece))) > 0) {
		src->total += n;
		src->nul |= memchr(piece, '\0', n) != NULL;
	}
	rewind_source(src);
}

size_t source_read(struct source *src, char *out, size_t n)
{
	while (src->slice < count(src)) {
		size_t got = decode_read(&src->reader, out, n);

		if (got > 0) {
			src->at += got;
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
	copy->one.p = moved(src->one.p, from, to);
	copy->reader.rest.p = moved(src->reader.rest.p, from, to);
	copy->reader.lines.rest.p = moved(src->reader.lines.rest.p, from, to);
	copy->reader.pending.p = moved(src->reader.pending.p, from, to);
}
