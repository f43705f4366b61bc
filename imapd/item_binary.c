/* BINARY[...], BINARY.PEEK[...], BINARY.SIZE[...]: RFC 9051 section 6.4.5, RFC 3516. */
#include <errno.h>

#include "bodymemo.h"
#include "command.h"
#include "item.h"
#include "line.h"

/* The body to be decoded. Only leaves have an encoding of their own (RFC 2045 section 6.4); the whole message, and
 * parts that hold others, are given as they are. False: no such part. */
static bool locate(struct fetch *f, const struct section *s, struct str *ret_body, struct str *ret_encoding)
{
	struct str         msg = f->content.mail.bytes;
	const struct part *p;

	*ret_body = msg;
	*ret_encoding = STR("binary");
	if (s->n_parts == 0)
		return true;
	p = part_find(content_root(&f->content), s->parts, s->n_parts);
	if (!p)
		return false;
	*ret_body = part_body(p, msg);
	if (p->kind == PART_LEAF)
		*ret_encoding = p->encoding;
	return true;
}

int item_binary_prepare(struct fetch *f, struct want *w)
{
	enum decode_kind kind;
	struct str       body, encoding;
	int              r = content_open(&f->content, f->s->store, f->row->serial);

	if (r < 0)
		return r;
	w->nil = false;
	if (w->section.partial && bodymemo_find(f->s->bodymemo, f->row->serial, w->name, f->content.mail.bytes, &w->source))
		return 0;
	w->nil = !locate(f, &w->section, &body, &encoding);
	if (w->nil)
		return 0;
	r = decode_kind_of(encoding, &kind);
	if (r < 0)
		return r;
	source_begin_decoded(&w->source, &f->content.mail, kind, body);
	return 0;
}

/* A part that is not there has no octets. */
void item_binary_size_put(struct fetch *f, struct want *w)
{
	line_number(&f->line, w->nil ? 0 : w->source.total);
}
