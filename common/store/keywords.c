#include "keywords_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "store_priv.h"
#include "strmap.h"
#include "vec.h"

/* Sets never change, so what was read once holds for ever. */
struct keyword_memo {
	struct arena arena;
	VEC(struct keyword_set *) sets;         /* by number; NULL: not read yet */
};

void keywords_free(struct keyword_memo *m)
{
	if (!m)
		return;
	VEC_FREE(&m->sets);
	arena_free(&m->arena);
	free(m);
}

static int read_set(struct store *s, uint32_t set, struct keyword_set *ret)
{
	struct arena    *a = &s->keywords->arena;
	struct buf       b = BUF(4 * KEYWORD_LENGTH_MAX);
	struct state_txn t;
	struct str      *tags, *words;
	size_t           n;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_kwset_tags(&t, set, a, &tags, &n);
	state_abort(&t);
	if (r < 0)
		return r;
	words = ARENA_NEW_N(a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		buf_reset(&b);
		keyword_from_tag(&s->conf, &b, tags[i]);
		words[i] = arena_str(a, buf_view(&b));
	}
	buf_free(&b);
	*ret = (struct keyword_set){ words, tags, n };
	return 0;
}

int keywords_of(struct store *s, uint32_t kwset, struct keyword_set *ret)
{
	struct keyword_set set;
	int                r;

	if (kwset == 0) {
		*ret = (struct keyword_set){ 0 };
		return 0;
	}
	if (!s->keywords) {
		s->keywords = calloc(1, sizeof(*s->keywords));
		if (!s->keywords)
			return -ENOMEM;
	}
	while (s->keywords->sets.n <= kwset)
		VEC_PUSH(&s->keywords->sets, NULL);
	if (!s->keywords->sets.p[kwset]) {
		r = read_set(s, kwset, &set);
		if (r < 0)
			return r;
		s->keywords->sets.p[kwset] = ARENA_NEW(&s->keywords->arena, struct keyword_set);
		*s->keywords->sets.p[kwset] = set;
	}
	*ret = *s->keywords->sets.p[kwset];
	return 0;
}

bool keywords_has(struct store *s, uint32_t kwset, struct str keyword)
{
	struct buf         b = BUF(KEYWORD_LENGTH_MAX);
	struct keyword_set set;
	bool               named, found = false;

	if (keyword_to_tag(&s->conf, &b, keyword, &named) < 0 || keywords_of(s, kwset, &set) < 0)
		set.n = 0;
	for (size_t i = 0; i < set.n && !found; i++)
		found = named ? str_eq(set.tags[i], buf_view(&b)) : str_ieq(set.tags[i], buf_view(&b));
	buf_free(&b);
	return found;
}

bool keywords_fixed(const struct store *s, struct str tag)
{
	for (size_t i = 0; i < s->conf.n_fixed_tags; i++)
		if (str_eq(tag, str_of(s->conf.fixed_tags[i])))
			return true;
	return false;
}

/* All tags of all sets, sorted, each once. */
static int all_tags(struct state_txn *t, struct arena *a, struct str **ret, size_t *ret_n)
{
	struct strmap  all = { 0 };
	struct db_walk w;
	int            r = db_walk_begin(t->db, STATE_KWSET, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		struct str rest = w.value, tag;

		while (rest.n > 0) {
			str_cut(rest, '\0', &tag, &rest);
			strmap_add(&all, tag);
		}
	}
	db_walk_end(&w);
	*ret = ARENA_NEW_N(a, all.n, struct str);
	*ret_n = all.n;
	for (uint32_t i = 0; i < all.n; i++)
		(*ret)[i] = arena_str(a, all.keys[i]);
	if (all.n > 1)
		qsort(*ret, all.n, sizeof(**ret), str_order);
	strmap_free(&all);
	return 0;
}

int keywords_all(struct store *s, size_t max, struct arena *a, struct keyword_set *ret)
{
	struct buf       b = BUF(4 * KEYWORD_LENGTH_MAX);
	struct state_txn t;
	struct str      *tags, *words;
	size_t           n;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = all_tags(&t, a, &tags, &n);
	state_abort(&t);
	if (r < 0)
		return r;
	if (n > max)
		n = max;
	words = ARENA_NEW_N(a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		buf_reset(&b);
		keyword_from_tag(&s->conf, &b, tags[i]);
		words[i] = arena_str(a, buf_view(&b));
	}
	buf_free(&b);
	*ret = (struct keyword_set){ words, tags, n };
	return 0;
}

int keywords_existing(struct state_txn *t, struct str tag, struct arena *a, struct str *ret_tag)
{
	struct str *tags;
	size_t      n;
	int         r = all_tags(t, a, &tags, &n);

	if (r < 0)
		return r;
	*ret_tag = tag;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(tags[i], tag)) {
			*ret_tag = tag;
			return 0;
		}
		if (str_ieq(tags[i], tag))
			*ret_tag = tags[i];
	}
	return 0;
}

int keywords_tag(struct store *s, struct state_txn *t, struct str keyword, struct arena *a, struct str *ret_tag)
{
	struct buf b = BUF(KEYWORD_LENGTH_MAX);
	struct str tag;
	bool       named;
	int        r = keyword_to_tag(&s->conf, &b, keyword, &named);

	tag = arena_str(a, buf_view(&b));
	buf_free(&b);
	if (r == 0 && !named)
		return keywords_existing(t, tag, a, ret_tag);
	if (r == 0)
		*ret_tag = tag;
	return r;
}

int keywords_meant(struct store *s, struct str keyword, struct buf *tag)
{
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	struct str       meant;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = keywords_tag(s, &t, keyword, &a, &meant);
	if (r == 0)
		buf_str(tag, meant);
	state_abort(&t);
	arena_free(&a);
	return r;
}
