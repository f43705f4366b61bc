#include "section.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "limits.h"
#include "quote.h"

/* "(" header-fld-name *(SP header-fld-name) ")" */
static int read_fields(struct lexer *lx, struct section *s)
{
	struct str fields[FIELDS_MAX];
	size_t     n = 0;
	int        r = lex_sp(lx);

	if (r == 0)
		r = lex_char(lx, '(');
	if (r < 0)
		return r;
	do {
		if (n == FIELDS_MAX)
			return lex_fail(lx, -EMSGSIZE, "too many header fields");
		r = lex_astring(lx, &fields[n]);
		if (r < 0)
			return r;
		n++;
	} while (lex_try(lx, ' '));
	r = lex_char(lx, ')');
	if (r < 0)
		return r;
	s->fields = ARENA_NEW_N(lx->a, n, struct str);
	s->n_fields = n;
	memcpy(s->fields, fields, n * sizeof(*fields));
	return 0;
}

/* section-part, as far as it goes: the "." behind it is taken when a section-text follows (*ret_more). */
static int read_parts(struct lexer *lx, struct section *s, bool *ret_more)
{
	uint32_t parts[MIME_DEPTH_MAX];
	size_t   n = 0;
	bool     more = false;

	do {
		int r;

		if (n > 0 && (lex_peek(lx) < '0' || lex_peek(lx) > '9')) {
			more = true;
			break;
		}
		if (n == MIME_DEPTH_MAX)
			return lex_fail(lx, -EMSGSIZE, "too many part numbers");
		r = lex_nz_number(lx, &parts[n]);
		if (r < 0)
			return r;
		n++;
	} while (lex_try(lx, '.'));
	s->parts = ARENA_NEW_N(lx->a, n, uint32_t);
	s->n_parts = n;
	memcpy(s->parts, parts, n * sizeof(*parts));
	*ret_more = more;
	return 0;
}

/* section-text, or section-msgtext where no part number came before. */
static int read_text(struct lexer *lx, struct section *s)
{
	if (lex_accept(lx, "HEADER"))
		s->kind = SECTION_HEADER;
	else if (lex_accept(lx, "TEXT"))
		s->kind = SECTION_TEXT;
	else if (s->n_parts > 0 && lex_accept(lx, "MIME"))
		s->kind = SECTION_MIME;
	else if (lex_accept(lx, "HEADER.FIELDS"))
		s->kind = SECTION_FIELDS;
	else if (lex_accept(lx, "HEADER.FIELDS.NOT"))
		s->kind = SECTION_FIELDS_NOT;
	else
		return lex_fail(lx, -EBADMSG, "unknown section");
	if (s->kind == SECTION_FIELDS || s->kind == SECTION_FIELDS_NOT)
		return read_fields(lx, s);
	return 0;
}

static int read_brackets(struct lexer *lx, bool with_text, struct section *s)
{
	int  c, r = lex_char(lx, '[');
	bool more = with_text;

	if (r < 0)
		return r;
	if (lex_try(lx, ']'))
		return 0;
	c = lex_peek(lx);
	if (!with_text || (c >= '0' && c <= '9')) {
		r = read_parts(lx, s, &more);
		if (r < 0)
			return r;
		if (more && !with_text)
			return lex_fail(lx, -EBADMSG, "expected a part number");
	}
	if (more) {
		r = read_text(lx, s);
		if (r < 0)
			return r;
	}
	return lex_char(lx, ']');
}

/* "<" number64 "." nz-number64 ">", or nothing. */
static int read_partial(struct lexer *lx, struct section *s)
{
	int r;

	if (!lex_try(lx, '<'))
		return 0;
	r = lex_number64(lx, &s->offset);
	if (r < 0)
		return r;
	if (!lex_try(lx, '.'))
		return lex_fail(lx, -EBADMSG, "expected \".\" and a count");
	r = lex_nz_number64(lx, &s->count);
	if (r < 0)
		return r;
	s->partial = true;
	return lex_char(lx, '>');
}

static int read_section(struct lexer *lx, bool with_text, bool with_partial, struct section *ret)
{
	struct section s = { .kind = SECTION_ALL };
	int            r = read_brackets(lx, with_text, &s);

	if (r == 0 && with_partial)
		r = read_partial(lx, &s);
	if (r == 0)
		*ret = s;
	return r;
}

int section_read(struct lexer *lx, struct section *ret)
{
	return read_section(lx, true, true, ret);
}

int section_read_binary(struct lexer *lx, struct section *ret)
{
	return read_section(lx, false, true, ret);
}

int section_read_binary_size(struct lexer *lx, struct section *ret)
{
	return read_section(lx, false, false, ret);
}

static void put_brackets(struct buf *b, const struct section *s)
{
	static const char *const texts[] = {
		[SECTION_ALL] = "",         [SECTION_HEADER] = "HEADER", [SECTION_FIELDS] = "HEADER.FIELDS",
		[SECTION_FIELDS_NOT] = "HEADER.FIELDS.NOT", [SECTION_TEXT] = "TEXT", [SECTION_MIME] = "MIME",
	};

	buf_putc(b, '[');
	for (size_t i = 0; i < s->n_parts; i++)
		buf_printf(b, "%s%" PRIu32, i > 0 ? "." : "", s->parts[i]);
	if (s->n_parts > 0 && s->kind != SECTION_ALL)
		buf_putc(b, '.');
	buf_puts(b, texts[s->kind]);
	for (size_t i = 0; i < s->n_fields; i++) {
		buf_puts(b, i > 0 ? " " : " (");
		quote_astring(b, s->fields[i], false);
	}
	buf_puts(b, s->n_fields > 0 ? ")]" : "]");
}

void section_put(struct buf *b, const struct section *s)
{
	put_brackets(b, s);
	if (s->partial)
		buf_printf(b, "<%" PRIu64 ">", s->offset);
}

void section_put_command(struct buf *b, const struct section *s)
{
	put_brackets(b, s);
	if (s->partial)
		buf_printf(b, "<%" PRIu64 ".%" PRIu64 ">", s->offset, s->count);
}
