#include "scan.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "charset.h"
#include "decode.h"
#include "fold.h"
#include "header.h"
#include "limits.h"
#include "structure.h"
#include "words.h"

enum { PIECE = 32 * 1024 };

bool scan_inside(struct str s, struct str needle)
{
	return needle.n == 0 || (s.n >= needle.n && memmem(s.p, s.n, needle.p, needle.n));
}

/* Text of a part on its way: utf8 is decoded and not folded yet, text folded and not dropped yet. */
struct stream {
	struct buf utf8, text;
	struct str needle;
	bool       found;
};

/* Fold what is there up to the last line end, so that no character is cut from its accents, and look at it. */
static void look(struct stream *st, bool last)
{
	size_t n = st->utf8.n;

	while (!last && n > 0 && st->utf8.p[n - 1] != '\n')
		n--;
	if (n == 0 && st->utf8.n >= PIECE)
		n = st->utf8.n;                 /* one endless line */
	fold_utf8((struct str){ st->utf8.p, n }, &st->text);
	buf_skip(&st->utf8, n);
	st->found = scan_inside(buf_view(&st->text), st->needle);
	if (st->text.n >= st->needle.n)
		buf_skip(&st->text, st->text.n - (st->needle.n - 1));
}

/* How the part says it is written; what is unknown is looked at as it is, or as UTF-8. */
struct reading {
	struct decoder  d;
	struct charset *cs;
};

static bool reading_open(struct reading *r, const struct part *p, struct str msg)
{
	enum decode_kind kind;
	struct str       name = STR_NONE;

	if (decode_kind_of(p->encoding, &kind) < 0)
		kind = DECODE_NONE;
	for (size_t i = 0; i < p->params.n; i++)
		if (str_ieq(p->params.p[i].name, STR("charset")))
			name = p->params.p[i].value;
	if (charset_open(name, &r->cs) < 0 && charset_open(STR("UTF-8"), &r->cs) < 0)
		return false;
	r->d = decode_begin(kind, part_body(p, msg));
	return true;
}

static bool scan_text(const struct part *p, struct str msg, struct str needle)
{
	struct stream  st = { .utf8 = BUF(64 * PIECE), .text = BUF(512 * PIECE + COMMAND_MAX), .needle = needle };
	struct reading r;
	char           piece[PIECE];
	size_t         n;

	if (!reading_open(&r, p, msg))
		return false;
	while (!st.found && (n = decode_read(&r.d, piece, sizeof(piece))) > 0) {
		charset_put(r.cs, (struct str){ piece, n }, false, &st.utf8);
		look(&st, false);
	}
	if (!st.found) {
		charset_put(r.cs, STR_NONE, true, &st.utf8);
		look(&st, true);
	}
	charset_close(r.cs);
	buf_free(&st.utf8);
	buf_free(&st.text);
	return st.found;
}

void scan_part_text(const struct part *p, struct str msg, struct buf *out)
{
	struct buf     utf8 = BUF(4 * out->max);
	struct reading r;
	char           piece[PIECE];
	size_t         n;

	if (!reading_open(&r, p, msg))
		return;
	while (!utf8.failed && (n = decode_read(&r.d, piece, sizeof(piece))) > 0)
		charset_put(r.cs, (struct str){ piece, n }, false, &utf8);
	charset_put(r.cs, STR_NONE, true, &utf8);
	charset_close(r.cs);
	fold_utf8(buf_view(&utf8), out);
	out->failed |= utf8.failed;
	buf_free(&utf8);
}

static bool field_has(struct str raw, struct str folded)
{
	struct buf decoded = BUF(4 * MIME_HEADER_MAX), text = BUF(16 * MIME_HEADER_MAX);
	bool       found;

	words_decode(str_mid(raw, 0, MIME_HEADER_MAX), &decoded);
	fold_utf8(buf_view(&decoded), &text);
	found = scan_inside(buf_view(&text), folded);
	buf_free(&decoded);
	buf_free(&text);
	return found;
}

bool scan_field(struct str header, struct str name, struct str folded)
{
	struct header_field f;

	while (header_next(&header, &f))
		if (str_ieq(f.name, name) && (folded.n == 0 || field_has(f.value, folded)))
			return true;
	return false;
}

static bool scan_header(struct str header, struct str folded)
{
	struct header_field f;

	while (header_next(&header, &f))
		if (field_has(f.raw, folded))
			return true;
	return false;
}

bool scan_message(struct str msg, struct str folded, bool headers)
{
	struct arena a = ARENA_INIT;
	bool         found = false;

	for (const struct part *p = structure_read(&a, msg); p && !found; p = part_following(p)) {
		if (headers)
			found = scan_header(part_header(p, msg), folded);
		if (!found && p->kind == PART_LEAF && str_ieq(p->type, STR("text")))
			found = scan_text(p, msg, folded);
	}
	arena_free(&a);
	return found;
}
