/* A body's words have no prefix in the index; From, To/Cc/Bcc, Subject, the names of attachments and the MIME types have prefixes, and a
 * query without prefix asks for all of them.
 *
 * A phrase in quotes matches whole words in their order, not stemmed, and nothing in it is query syntax. A single word is asked for with
 * "*": words that begin with it, which is nearer to the substring the RFC speaks of. */
#include "textsearch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "drain.h"
#include "index_check.h"
#include "limits.h"
#include "store_priv.h"
#include "textsearch_priv.h"
#include "textwords.h"

int textsearch_query(enum textsearch_where where, struct str text, struct buf *query)
{
	struct textwords w = { 0 };
	const char      *prefix = where == TEXTSEARCH_BODY ? "body:" : "";
	int              r = textwords_read(text, &w);

	if (r == 0 && w.n == 1 && w.p[0].bare) {
		buf_printf(query, "%s%.*s*", prefix, STR_ARG(w.p[0].s));
	} else if (r == 0) {
		buf_printf(query, "%s\"", prefix);
		for (size_t i = 0; i < w.n; i++)
			buf_printf(query, "%s%.*s", i > 0 ? " " : "", STR_ARG(w.p[i].s));
		buf_putc(query, '"');
	}
	VEC_FREE(&w);
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

int textsearch_unknown(struct store *s, struct arena *a, struct serial_set *ret)
{
	struct serials   found = { 0 };
	struct state_txn t;
	struct db_walk   w;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = db_walk_begin(t.db, STATE_UNINDEXED, STR_NONE, STR_NONE, &w);
	if (r == 0) {
		while (db_walk_next(&w))
			VEC_PUSH(&found, db_be64(w.key.p));
		db_walk_end(&w);
		*ret = set_of(&found, a);
	}
	state_abort(&t);
	VEC_FREE(&found);
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

int textsearch_find(struct store *s, const char *query, struct arena *a, struct serial_set *ret)
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
	int            r = textsearch_query(where, text, &query);

	if (r == 0)
		r = textsearch_unknown(s, a, ret_unknown);
	if (r == 0)
		r = textsearch_find(s, buf_z(&query), a, ret_hits);
	buf_free(&query);
	return r;
}

/* A query that is none would be tried again and again before it fails, so it is looked at first. */
int textsearch_raw(struct store *s, struct str query, struct arena *a, struct serial_set *ret_hits)
{
	struct index *x;
	const char   *z = arena_z(a, query), *words = "";
	int           r;

	drain_wait(s);
	x = store_index(s);
	r = x ? index_check(x, z, a, &words) : -EIO;
	if (r == 0)
		r = textsearch_find(s, z, a, ret_hits);
	if (r == -EINVAL)
		return store_fail(s, r, "notmuch does not understand the query: %s", words);
	return r == -EIO || r == -ENOTSUP ? store_fail(s, -EIO, "the notmuch index cannot be read now") : r;
}
