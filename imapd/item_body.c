/* BODY[section]<partial>, RFC822, RFC822.HEADER, RFC822.TEXT: RFC 9051 section 6.4.5.1. */
#include <string.h>

#include "bodymemo.h"
#include "command.h"
#include "fields.h"
#include "item.h"
#include "limits.h"
#include "line.h"

enum { PIECE = 16 * 1024 };

static struct header_slices one_slice(struct fetch *f, struct str s)
{
	struct header_slices slices = { .p = ARENA_NEW(&f->content.arena, struct str), .n = 1 };

	slices.p[0] = s;
	return slices;
}

/* Of a whole message: the mail's own, or one inside it. */
static struct header_slices of_message(struct fetch *f, const struct section *s, struct str header, struct str body)
{
	switch (s->kind) {
	case SECTION_FIELDS:
		return header_subset(&f->content.arena, header, s->fields, s->n_fields, true);
	case SECTION_FIELDS_NOT:
		return header_subset(&f->content.arena, header, s->fields, s->n_fields, false);
	case SECTION_TEXT:
		return one_slice(f, body);
	default:
		return one_slice(f, header);
	}
}

/* Where the section is. False: the message has no such part. */
static bool locate(struct fetch *f, const struct section *s, struct header_slices *ret)
{
	struct str   msg = f->content.mail.bytes;
	struct part *p;
	size_t       end;

	if (s->n_parts == 0) {
		end = s->kind == SECTION_ALL ? 0 : header_end(msg);
		*ret = s->kind == SECTION_ALL ? one_slice(f, msg) : of_message(f, s, str_mid(msg, 0, end), str_from(msg, end));
		return true;
	}
	p = part_find(content_root(&f->content), s->parts, s->n_parts);
	if (!p)
		return false;
	if (s->kind == SECTION_ALL || s->kind == SECTION_MIME) {
		*ret = one_slice(f, s->kind == SECTION_ALL ? part_body(p, msg) : part_header(p, msg));
		return true;
	}
	if (p->kind != PART_MESSAGE)
		return false;
	*ret = of_message(f, s, part_header(p->child, msg), part_body(p->child, msg));
	return true;
}

/* Header fields that were kept: the file need not be opened. */
static bool from_fields(struct fetch *f, struct want *w)
{
	struct str header;

	if (!w->derived || !f->derived->text[w->derived->kind].p || fields_read(f->derived->text[w->derived->kind], &header) < 0)
		return false;
	source_begin(&w->source, NULL, header_subset(&f->content.arena, header, w->section.fields, w->section.n_fields, true));
	return true;
}

int item_body_prepare(struct fetch *f, struct want *w)
{
	struct header_slices slices;
	int                  r;

	w->nil = false;
	if (from_fields(f, w))
		return 0;
	r = content_open(&f->content, f->s->store, f->row->serial);
	if (r < 0)
		return r;
	if (w->section.partial && bodymemo_find(f->s->bodymemo, f->row->serial, w->name, f->content.mail.bytes, &w->source))
		return 0;
	w->nil = !locate(f, &w->section, &slices);
	if (!w->nil)
		source_begin(&w->source, &f->content.mail, slices);
	return 0;
}

/* No literal may hold a NUL (RFC 9051 section 9, CHAR8). */
static void cover_nuls(char *p, size_t n)
{
	char *end = p + n;

	while ((p = memchr(p, '\0', (size_t)(end - p))))
		*p++ = (char)0x80;
}

/* Exactly n octets, as announced. */
static void put_octets(struct fetch *f, struct source *src, uint64_t n, bool literal8)
{
	char piece[PIECE];

	while (n > 0 && conn_failed(f->s->conn) == 0) {
		size_t got = source_read(src, piece, n < sizeof(piece) ? (size_t)n : sizeof(piece));

		if (got == 0)
			break;
		if (!literal8)
			cover_nuls(piece, got);
		conn_put(f->s->conn, piece, got);
		n -= got;
	}
}

void item_body_put(struct fetch *f, struct want *w)
{
	const struct section *s = &w->section;
	uint64_t              from = 0, n = w->source.total;
	bool                  literal8 = w->item->brackets == ITEM_BINARY && w->source.nul;

	if (w->nil) {
		buf_puts(&f->line, "NIL");
		return;
	}
	if (s->partial) {
		from = s->offset < w->source.total ? s->offset : w->source.total;
		n = s->count < w->source.total - from ? s->count : w->source.total - from;
	}
	buf_puts(&f->line, literal8 ? "~{" : "{");
	line_number(&f->line, n);
	buf_puts(&f->line, "}\r\n");
	items_flush(f);
	source_seek(&w->source, from);
	put_octets(f, &w->source, n, literal8);
	if (s->partial && f->content.open)
		bodymemo_keep(f->s->bodymemo, f->row->serial, w->name, f->content.mail.bytes, &w->source);
}
