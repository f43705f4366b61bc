/* A fuzzy search is a few queries, each more lenient than the one before; a message has the points of the first one that finds it. */
#include <errno.h>

#include "fold.h"
#include "limits.h"
#include "textsearch_priv.h"
#include "textwords.h"

/* How a word is asked for. Notmuch stems words without a prefix and those of "body:". */
enum form { PHRASE, WHOLE, BEGINNING, STEM };

enum { PREFIXES = 2 };

/* Each word in one of these. */
struct step {
	enum form   form;
	const char *prefixes[PREFIXES];
	unsigned    points;
};

static const struct step text_steps[] = {
	{ PHRASE, { "subject:" }, 100 },
	{ BEGINNING, { "subject:" }, 85 },
	{ BEGINNING, { "from:", "to:" }, 75 },
	{ PHRASE, { "" }, 60 },
	{ WHOLE, { "" }, 40 },
	{ STEM, { "" }, 20 },
	{ 0 },
};

static const struct step body_steps[] = {
	{ PHRASE, { "body:" }, 100 },
	{ WHOLE, { "body:" }, 60 },
	{ STEM, { "body:" }, 30 },
	{ 0 },
};

static void put_word(struct buf *b, enum form form, const char *prefix, const struct textword *w)
{
	if (form == WHOLE || !w->bare)
		buf_printf(b, "%s\"%.*s\"", prefix, STR_ARG(w->s));
	else if (form == STEM)
		buf_printf(b, "%s%.*s or %s%.*s*", prefix, STR_ARG(w->s), prefix, STR_ARG(w->s));
	else
		buf_printf(b, "%s%.*s*", prefix, STR_ARG(w->s));
}

static void put_query(struct buf *b, const struct step *step, const struct textwords *words)
{
	if (step->form == PHRASE) {
		buf_printf(b, "%s\"", step->prefixes[0]);
		for (size_t i = 0; i < words->n; i++)
			buf_printf(b, "%s%.*s", i > 0 ? " " : "", STR_ARG(words->p[i].s));
		buf_putc(b, '"');
		return;
	}
	for (size_t i = 0; i < words->n; i++) {
		buf_puts(b, i > 0 ? " and (" : "(");
		for (size_t k = 0; k < PREFIXES && step->prefixes[k]; k++) {
			buf_puts(b, k > 0 ? " or " : "");
			put_word(b, step->form, step->prefixes[k], &words->p[i]);
		}
		buf_putc(b, ')');
	}
}

/* Both ascending; who is in both keeps what it has. */
static struct scored_set merge(struct arena *a, struct scored_set have, struct serial_set more, unsigned points)
{
	struct scored *v = ARENA_NEW_N(a, have.n + more.n, struct scored);
	size_t         i = 0, k = 0, n = 0;

	while (i < have.n || k < more.n) {
		if (k == more.n || (i < have.n && have.v[i].serial <= more.v[k])) {
			k += k < more.n && have.v[i].serial == more.v[k];
			v[n++] = have.v[i++];
		} else {
			v[n++] = (struct scored){ more.v[k++], points };
		}
	}
	return (struct scored_set){ v, n };
}

static int find(struct store *s, const struct step *steps, const struct textwords *words, struct arena *a, struct scored_set *ret)
{
	int r = 0;

	*ret = (struct scored_set){ NULL, 0 };
	for (const struct step *step = steps; r == 0 && step->points > 0; step++) {
		struct buf        query = BUF(LITERAL_MAX);
		struct arena      tmp = ARENA_INIT;
		struct serial_set hits;

		put_query(&query, step, words);
		r = query.failed ? -ENOTSUP : textsearch_find(s, buf_z(&query), &tmp, &hits);
		if (r == 0)
			*ret = merge(a, *ret, hits, step->points);
		buf_free(&query);
		arena_free(&tmp);
	}
	return r;
}

int textsearch_fuzzy(struct store *s, enum textsearch_where where, struct str text, struct arena *a, struct scored_set *ret_hits,
	struct serial_set *ret_unknown)
{
	struct buf       lower = BUF(2 * LITERAL_MAX);
	struct textwords words = { 0 };
	int              r = textwords_read(text, &words);

	if (r == 0) {
		fold_lower(text, &lower);       /* a word with a capital is a name to Xapian, and not stemmed */
		r = lower.failed ? -ENOTSUP : textwords_read(buf_view(&lower), &words);
	}
	if (words.n > FUZZY_WORDS_MAX)
		words.n = FUZZY_WORDS_MAX;
	if (r == 0)
		r = textsearch_unknown(s, a, ret_unknown);
	if (r == 0)
		r = find(s, where == TEXTSEARCH_BODY ? body_steps : text_steps, &words, a, ret_hits);
	VEC_FREE(&words);
	buf_free(&lower);
	return r;
}
