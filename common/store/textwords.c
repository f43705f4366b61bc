/* What notmuch 0.37 does with text: words are runs of letters, digits and "_", in lower case; Xapian keeps some marks inside of
 * a word ("don't", "3.14", "AT&T") or after it ("C++"), and drops words of more than 64 octets.
 *
 * Scripts that do not part words by spaces are one word from one punctuation mark to the next in the index: there it would miss
 * nearly everything, so the mails are read. */
#include "textwords.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "text.h"

enum { WORD_MAX = 64, PREFIX_MIN = 3 };

static bool between(uint32_t c, uint32_t from, uint32_t to)
{
	return c >= from && c <= to;
}

/* Thai to Burmese, Hangul (whose particles stick to the word), Khmer, Tai, Han, Kana, Yi and their extensions. */
static bool is_unspaced(uint32_t c)
{
	return between(c, 0x0e00, 0x109f) || between(c, 0x1100, 0x11ff) || between(c, 0x1780, 0x17ff) || between(c, 0x1950, 0x19ff) ||
	       between(c, 0x1a20, 0x1aad) || between(c, 0x2e80, 0x2fff) || between(c, 0x3005, 0x3007) || between(c, 0x3021, 0xa4cf) ||
	       between(c, 0xa960, 0xa97f) || between(c, 0xa9e0, 0xa9ff) || between(c, 0xaa60, 0xaadf) || between(c, 0xac00, 0xd7ff) ||
	       between(c, 0xf900, 0xfaff) || between(c, 0xff66, 0xffdc) || between(c, 0x16fe0, 0x18fff) || between(c, 0x1b000, 0x1b2ff) ||
	       between(c, 0x20000, 0x3ffff);
}

/* ASCII as Xapian has it. Above it what is no letter is rare, and does no harm inside of quotes but for the quotes themselves. */
static bool is_word(uint32_t c)
{
	if (c < 0x80)
		return between(c, '0', '9') || between(c, 'a', 'z') || between(c, 'A', 'Z') || c == '_';
	return c >= 0xaa && c != 0xab && c != 0xbb && !between(c, 0x2000, 0x206f) && !between(c, 0x3000, 0x3004) && !between(c, 0xff00, 0xff0f);
}

static bool is_infix(uint32_t c)
{
	return c == '\'' || c == '&' || c == '.' || c == ',' || c == ';' || c == 0x2019 || c == 0x2027 || c == 0x2044;
}

/* Words that are operators to the query parser where they stand alone, in any case. */
static bool is_operator(struct str s)
{
	static const struct str names[] = {
		STR_LIT("and"), STR_LIT("or"), STR_LIT("not"), STR_LIT("xor"), STR_LIT("near"), STR_LIT("adj"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_ieq(names[i], s))
			return true;
	return false;
}

/* The word that begins here, its end in *ret_n. */
static struct textword next_word(struct str text, size_t *ret_n)
{
	struct textword w = { .bare = true };
	uint32_t        c, next;
	size_t          n = 0, letters = 0;

	for (unsigned len; (len = text_utf8_next(str_from(text, n), &c)) > 0; n += len) {
		bool mark = letters > 0 && (c == '+' || c == '#');

		if (letters > 0 && is_infix(c))
			mark = text_utf8_next(str_from(text, n + len), &next) > 0 && is_word(next);
		if (!mark && !is_word(c))
			break;
		w.bare &= !mark;
		letters++;
	}
	w.s = str_mid(text, 0, n);
	w.bare &= letters >= PREFIX_MIN && !is_operator(w.s);
	*ret_n = n;
	return w;
}

static bool is_spaced(struct str text)
{
	uint32_t c;

	for (unsigned len; (len = text_utf8_next(text, &c)) > 0; text = str_from(text, len))
		if (is_unspaced(c))
			return false;
	return true;
}

int textwords_read(struct str text, struct textwords *ret)
{
	uint32_t c;
	unsigned len;

	ret->n = 0;
	if (!is_spaced(text))
		return -ENOTSUP;
	while ((len = text_utf8_next(text, &c)) > 0) {
		size_t n = len;

		if (is_word(c)) {
			struct textword w = next_word(text, &n);

			if (w.s.n > WORD_MAX)
				return -ENOTSUP;
			VEC_PUSH(ret, w);
		}
		text = str_from(text, n);
	}
	/* What is left is no UTF-8. */
	return text.n > 0 || ret->n == 0 ? -ENOTSUP : 0;
}
