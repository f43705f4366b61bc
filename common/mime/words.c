#include "words.h"

#include <stdint.h>

#include "charset.h"
#include "decode.h"
#include "text.h"
#include "token.h"

enum { CHARSET_MAX = 60 };

/* =?charset?encoding?text?= */
struct word {
	struct str charset;             /* RFC 2231 section 5: without "*language" */
	char       encoding;            /* 'B' or 'Q' */
	struct str text;
	size_t     length;              /* of it all */
};

/* The words of one charset in a row share a converter: writers cut characters in two. */
struct decoding {
	struct buf     *out;
	struct charset *charset;        /* NULL: none is open */
	struct str      name;
};

static bool read_word(struct str s, struct word *ret_word)
{
	struct str charset, encoding, language, text, rest;

	if (!str_starts(s, STR("=?")) || !str_cut(str_mid(s, 2, CHARSET_MAX), '?', &charset, &rest))
		return false;
	rest = str_from(s, 2 + charset.n + 1);
	if (!str_cut(str_mid(rest, 0, 2), '?', &encoding, &text) || encoding.n != 1)
		return false;
	rest = str_from(rest, 2);
	if (!str_cut(rest, '?', &text, &rest) || rest.n == 0 || rest.p[0] != '=')
		return false;
	str_cut(charset, '*', &charset, &language);
	ret_word->charset = charset;
	ret_word->encoding = (char)(encoding.p[0] & ~32);
	ret_word->text = text;
	ret_word->length = (size_t)(rest.p + 1 - s.p);
	return charset.n > 0 && (ret_word->encoding == 'B' || ret_word->encoding == 'Q');
}

static void close_charset(struct decoding *d)
{
	if (d->charset) {
		charset_put(d->charset, STR_NONE, true, d->out);
		charset_close(d->charset);
	}
	d->charset = NULL;
}

/* "_" is a space there: RFC 2047 section 4.2. */
static void put_q(struct charset *c, struct str text, struct buf *out)
{
	struct str piece;
	bool       more = true;

	while (more) {
		struct decoder d;
		char           room[256];
		size_t         n;

		more = str_cut(text, '_', &piece, &text);
		d = decode_begin(DECODE_QP, piece);
		while ((n = decode_read(&d, room, sizeof(room))) > 0)
			charset_put(c, (struct str){ room, n }, false, out);
		if (more)
			charset_put(c, STR(" "), false, out);
	}
}

static void put_b(struct charset *c, struct str text, struct buf *out)
{
	struct decoder d = decode_begin(DECODE_BASE64, text);
	char           room[256];
	size_t         n;

	while ((n = decode_read(&d, room, sizeof(room))) > 0)
		charset_put(c, (struct str){ room, n }, false, out);
}

/* False when the charset is not known. */
static bool put_word(struct decoding *d, const struct word *w)
{
	if (d->charset && !str_ieq(d->name, w->charset))
		close_charset(d);
	if (!d->charset && charset_open(w->charset, &d->charset) < 0)
		return false;
	d->name = w->charset;
	if (w->encoding == 'B')
		put_b(d->charset, w->text, d->out);
	else
		put_q(d->charset, w->text, d->out);
	return true;
}

/* Text between words: without line ends. */
static void put_text(struct decoding *d, struct str text)
{
	struct str line;
	bool       more = text.n > 0;

	close_charset(d);
	while (more) {
		more = str_cut(text, '\n', &line, &text);
		if (more && str_ends(line, STR("\r")))
			line.n--;
		if (text_is_ascii(line))
			buf_str(d->out, line);
		else
			charset_to_utf8(STR_NONE, line, d->out);
	}
}

static bool is_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!token_is_space(s.p[i]))
			return false;
	return true;
}

void words_decode(struct str value, struct buf *out)
{
	struct decoding d = { .out = out };
	struct str      rest = value, text = { value.p, 0 };
	bool            after_word = false;
	struct word     w;

	while (rest.n > 0) {
		size_t skip = str_find(rest, STR("=?"));

		text.n += skip;
		rest = str_from(rest, skip);
		if (rest.n > 0 && read_word(rest, &w)) {
			if (!after_word || !is_blank(text))
				put_text(&d, text);
			after_word = put_word(&d, &w);
			text = after_word ? (struct str){ rest.p + w.length, 0 } : str_mid(rest, 0, w.length);
			rest = str_from(rest, w.length);
		} else if (rest.n > 0) {
			text.n += 2;
			rest = str_from(rest, 2);
		}
	}
	put_text(&d, text);
}
