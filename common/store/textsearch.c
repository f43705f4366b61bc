/* What notmuch 0.37 does with text: words are runs of letters, digits and "_", in lower case; Xapian keeps some marks inside of
 * a word ("don't", "3.14", "AT&T") or after it ("C++"), and drops words of more than 64 octets. A body's words have no prefix; From,
 * To/Cc/Bcc, Subject, the names of attachments and the MIME types have prefixes, and a query without prefix asks for all of them.
 *
 * A phrase in quotes matches whole words in their order, not stemmed, and nothing in it is query syntax. A single word is asked for with
 * "*": words that begin with it, which is nearer to the substring the RFC speaks of.
 *
 * Scripts that do not part words by spaces are one word from one punctuation mark to the next in the index: there it would miss
 * nearly everything, so the mails are read. */
#include "textsearch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "index_check.h"
#include "limits.h"
#include "store_priv.h"
#include "text.h"
#include "vec.h"

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

/* The words of a text, as they may stand inside of quotes. */
struct words {
	struct buf b;
	size_t     n, longest, letters;
	bool       plain;               /* no marks */
};

static int read_words(struct str text, struct words *w)
{
	uint32_t c, next;
	bool     inside = false;
	size_t   start = 0;

	w->plain = true;
	for (unsigned len; (len = text_utf8_next(text, &c)) > 0; text = str_from(text, len)) {
		bool mark = false;

		if (is_unspaced(c))
			return -ENOTSUP;
		if (inside && is_infix(c))
			mark = text_utf8_next(str_from(text, len), &next) > 0 && is_word(next);
		else if (inside && (c == '+' || c == '#'))
			mark = true;
		if (!mark && !is_word(c)) {
			inside = false;
			continue;
		}
		if (!inside) {
			if (w->n++ > 0)
				buf_putc(&w->b, ' ');
			start = w->b.n;
			inside = true;
		}
		buf_put(&w->b, text.p, len);
		w->plain &= !mark;
		w->letters++;
		if (w->b.n - start > w->longest)
			w->longest = w->b.n - start;
	}
	/* What is left is no UTF-8. */
	return text.n > 0 || w->b.failed || w->n == 0 || w->longest > WORD_MAX ? -ENOTSUP : 0;
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

int textsearch_query(enum textsearch_where where, struct str text, struct buf *query)
{
	struct words w = { .b = BUF(LITERAL_MAX) };
	const char  *prefix = where == TEXTSEARCH_BODY ? "body:" : "";
	int          r = read_words(text, &w);

	if (r == 0 && w.n == 1 && w.plain && w.letters >= PREFIX_MIN && !is_operator(buf_view(&w.b)))
		buf_printf(query, "%s%s*", prefix, buf_z(&w.b));
	else if (r == 0)
		buf_printf(query, "%s\"%s\"", prefix, buf_z(&w.b));
	buf_free(&w.b);
	return r < 0 ? r : query->failed ? -ENOTSUP : 0;
}

struct hits {
	struct arena arena;
	VEC(struct str) ids;
};

static void take_id(void *arg, struct str id)
{
	struct hits *h = arg;

	VEC_PUSH(&h->ids, arena_str(&h->arena, id));
}

struct serials {
	uint64_t *p;
	size_t    n, cap;
};

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static struct serial_set set_of(struct serials *v, struct arena *a)
{
	uint64_t *copy = ARENA_NEW_N(a, v->n, uint64_t);

	if (v->n > 0) {
		memcpy(copy, v->p, v->n * sizeof(*copy));
		qsort(copy, v->n, sizeof(*copy), by_value);
	}
	return (struct serial_set){ copy, v->n };
}

static int read_unknown(struct store *s, struct serials *to)
{
	struct state_txn t;
	struct db_walk   w;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = db_walk_begin(t.db, STATE_UNINDEXED, STR_NONE, STR_NONE, &w);
	if (r == 0) {
		while (db_walk_next(&w))
			VEC_PUSH(to, db_be64(w.key.p));
		db_walk_end(&w);
	}
	state_abort(&t);
	return r;
}

static int read_hits(struct store *s, const struct hits *h, struct serials *to)
{
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < h->ids.n; i++) {
		uint64_t *serials;
		size_t    n;

		r = state_mails_of_id(&t, h->ids.p[i], &a, &serials, &n);
		for (size_t k = 0; r == 0 && k < n; k++)
			VEC_PUSH(to, serials[k]);
	}
	state_abort(&t);
	arena_free(&a);
	return r;
}

/* One query. -ENOTSUP: the index cannot be asked, or does not answer it. */
static int find(struct store *s, const char *query, struct arena *a, struct serial_set *ret)
{
	struct hits    h = { .arena = ARENA_INIT };
	struct serials found = { 0 };
	struct index  *x = store_index(s);
	int            r = x && index_search(x, query, take_id, &h) == 0 ? 0 : -ENOTSUP;

	if (r == 0)
		r = read_hits(s, &h, &found);
	if (r == 0)
		*ret = set_of(&found, a);
	VEC_FREE(&found);
	VEC_FREE(&h.ids);
	arena_free(&h.arena);
	return r;
}

/* What is not indexed is asked for first: what becomes indexed meanwhile is then at least in one of the two. */
int textsearch(struct store *s, enum textsearch_where where, struct str text, struct arena *a, struct serial_set *ret_hits,
	struct serial_set *ret_unknown)
{
	struct buf     query = BUF(LITERAL_MAX + 16);
	struct serials unknown = { 0 };
	int            r = textsearch_query(where, text, &query);

	if (r == 0)
		r = read_unknown(s, &unknown);
	if (r == 0)
		r = find(s, buf_z(&query), a, ret_hits);
	if (r == 0)
		*ret_unknown = set_of(&unknown, a);
	VEC_FREE(&unknown);
	buf_free(&query);
	return r;
}

int textsearch_raw(struct store *s, struct str query, struct arena *a, struct serial_set *ret_hits)
{
	const char   *z = arena_z(a, query), *words;
	int           r = find(s, z, a, ret_hits);
	struct index *x = r == -ENOTSUP ? store_index(s) : NULL;

	if (r != -ENOTSUP)
		return r;
	r = x ? index_check(x, z, a, &words) : -EIO;
	if (r == -EINVAL)
		return store_fail(s, r, "notmuch does not understand the query: %s", words);
	return store_fail(s, -EIO, "the notmuch index cannot be read now");
}
