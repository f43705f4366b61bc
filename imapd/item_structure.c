#include "item_structure.h"

#include <inttypes.h>

#include "item_envelope.h"
#include "quote.h"
#include "structure.h"

/* Before the kept texts. Another way to write them needs another version. */
#define VERSION "1"

static void put_string(struct buf *b, struct str s)
{
	quote_string(b, s, false);
}

static void put_nstring(struct buf *b, struct str s)
{
	quote_nstring(b, s, false);
}

/* body-fld-param */
static void put_params(struct buf *b, struct arena *a, struct params params)
{
	params = param_join(a, params);
	if (params.n == 0) {
		buf_puts(b, "NIL");
		return;
	}
	for (size_t i = 0; i < params.n; i++) {
		buf_putc(b, i > 0 ? ' ' : '(');
		put_string(b, params.p[i].name);
		buf_putc(b, ' ');
		put_string(b, params.p[i].value);
	}
	buf_putc(b, ')');
}

/* body-fld-dsp, body-fld-lang, body-fld-loc: the same for all parts */
static void put_extension(struct buf *b, struct arena *a, const struct part *p)
{
	if (p->disposition.p) {
		buf_putc(b, '(');
		put_string(b, p->disposition);
		buf_putc(b, ' ');
		put_params(b, a, p->disposition_params);
		buf_putc(b, ')');
	} else {
		buf_puts(b, "NIL");
	}
	buf_putc(b, ' ');
	for (size_t i = 0; i < p->n_languages; i++) {
		buf_putc(b, i > 0 ? ' ' : '(');
		put_string(b, p->languages[i]);
	}
	buf_puts(b, p->n_languages > 0 ? ") " : "NIL ");
	put_nstring(b, p->location);
}

/* media type and body-fields */
static void put_basic(struct buf *b, struct arena *a, const struct part *p)
{
	put_string(b, p->type);
	buf_putc(b, ' ');
	put_string(b, p->subtype);
	buf_putc(b, ' ');
	put_params(b, a, p->params);
	buf_putc(b, ' ');
	put_nstring(b, p->id);
	buf_putc(b, ' ');
	put_nstring(b, p->description);
	buf_putc(b, ' ');
	put_string(b, p->encoding);
	buf_printf(b, " %" PRIu64, p->body_octets);
}

static void put_part(struct buf *b, struct arena *a, const struct part *p, bool extended);

static void put_multipart(struct buf *b, struct arena *a, const struct part *p, bool extended)
{
	for (const struct part *c = p->child; c; c = c->next)
		put_part(b, a, c, extended);
	buf_putc(b, ' ');
	put_string(b, p->subtype);
	if (!extended)
		return;
	buf_putc(b, ' ');
	put_params(b, a, p->params);
	buf_putc(b, ' ');
	put_extension(b, a, p);
}

static void put_single(struct buf *b, struct arena *a, const struct part *p, bool extended)
{
	put_basic(b, a, p);
	if (p->kind == PART_MESSAGE) {
		buf_putc(b, ' ');
		item_envelope_put(b, p->envelope);
		buf_putc(b, ' ');
		put_part(b, a, p->child, extended);
	}
	if (p->kind == PART_MESSAGE || str_ieq(p->type, STR("text")))
		buf_printf(b, " %" PRIu32, p->body_lines);
	if (!extended)
		return;
	buf_putc(b, ' ');
	put_nstring(b, p->md5);
	buf_putc(b, ' ');
	put_extension(b, a, p);
}

/* Recursion goes as deep as the parts: MIME_DEPTH_MAX. */
static void put_part(struct buf *b, struct arena *a, const struct part *p, bool extended)
{
	if (b->failed)
		return;
	buf_putc(b, '(');
	if (p->kind == PART_MULTIPART)
		put_multipart(b, a, p, extended);
	else
		put_single(b, a, p, extended);
	buf_putc(b, ')');
}

void item_structure_put(struct buf *b, struct arena *a, const struct part *root, bool extended)
{
	put_part(b, a, root, extended);
}

static void make(struct arena *a, struct str msg, struct buf *out, bool extended)
{
	const struct part *root = structure_read(a, msg);

	buf_puts(out, VERSION);
	item_structure_put(out, a, root, extended);
	if (out->failed) {
		buf_reset(out);
		buf_printf(out, VERSION "(\"text\" \"plain\" NIL NIL NIL \"8bit\" %" PRIu64 " %" PRIu32 "%s)", root->body_octets, root->body_lines,
			extended ? " NIL NIL NIL NIL" : "");
	}
}

static void make_body(struct arena *a, struct str msg, struct buf *out)
{
	make(a, msg, out, false);
}

static void make_structure(struct arena *a, struct str msg, struct buf *out)
{
	make(a, msg, out, true);
}

const struct derived_kind item_structure_body_kind = {
	.kind = MAIL_CACHE_BODY, .from = DERIVED_FROM_FILE, .version = STR_LIT(VERSION), .make = make_body,
};
const struct derived_kind item_structure_kind = {
	.kind = MAIL_CACHE_BODYSTRUCTURE, .from = DERIVED_FROM_FILE, .version = STR_LIT(VERSION), .make = make_structure,
};
