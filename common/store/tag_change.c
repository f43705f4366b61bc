#include "tag_change.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "keywords_priv.h"
#include "vec.h"

/* The tags that are meant, without those that nobody changes. */
static int read_words(struct tag_change *c, struct state_txn *t)
{
	const struct flag_change *how = c->how;

	for (size_t i = 0; i < how->n_keywords + how->n_tags; i++) {
		struct str tag;
		int        r = 0;

		if (i < how->n_keywords)
			r = keywords_tag(c->s, t, how->keywords[i], c->a, &tag);
		else
			tag = how->tags[i - how->n_keywords];
		if (r < 0)
			return r;
		if (state_tag_flag(tag) != 0)
			return -EINVAL;
		if (!keywords_fixed(c->s, tag))
			c->words[c->n_words++] = tag;
	}
	return 0;
}

int tag_change_init(struct tag_change *c, struct store *s, struct state_txn *t, const struct flag_change *how, struct arena *a)
{
	int r;

	*c = (struct tag_change){ .s = s, .a = a, .how = how, .words = ARENA_NEW_N(a, how->n_keywords + how->n_tags, struct str) };
	r = read_words(c, t);
	if (r < 0)
		return r;
	if (c->n_words > 1)
		qsort(c->words, c->n_words, sizeof(*c->words), str_order);
	for (size_t i = 1; i < c->n_words;)
		if (str_eq(c->words[i - 1], c->words[i]))
			memmove(&c->words[i], &c->words[i + 1], (--c->n_words - i) * sizeof(*c->words));
		else
			i++;
	return 0;
}

void tag_change_free(struct tag_change *c)
{
	free(c->steps);
	c->steps = NULL;
	c->n = c->cap = 0;
}

static bool has(const struct str *v, size_t n, struct str s)
{
	return n > 0 && bsearch(&s, v, n, sizeof(s), str_order);
}

static uint32_t new_flags(const struct flag_change *how, uint32_t flags)
{
	uint32_t given = how->flags & MAIL_TAG_FLAGS;

	return how->how == CHANGE_SET ? given | (flags & how->keep) : how->how == CHANGE_ADD ? flags | given : flags & ~given;
}

static bool stays(const struct tag_change *c, struct str tag)
{
	switch (c->how->how) {
	case CHANGE_ADD:
		return true;
	case CHANGE_REMOVE:
		return !has(c->words, c->n_words, tag);
	default:
		return keywords_fixed(c->s, tag);
	}
}

/* Both lists are sorted; so is the result, in ret (room for both). */
static size_t merge(const struct tag_change *c, const struct str *old, size_t n, struct str *ret)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (stays(c, old[i]))
			ret[k++] = old[i];
	for (size_t i = 0; i < c->n_words && c->how->how != CHANGE_REMOVE; i++)
		if (c->how->how == CHANGE_SET || !has(old, n, c->words[i]))
			ret[k++] = c->words[i];
	if (k > 1)
		qsort(ret, k, sizeof(*ret), str_order);
	return k;
}

static int work_out(struct tag_change *c, struct state_txn *t, struct tag_step *s)
{
	struct str *old, *now;
	size_t      n, m;
	int         r = state_kwset_tags(t, s->from.kwset, c->a, &old, &n);

	if (r < 0)
		return r;
	now = ARENA_NEW_N(c->a, n + c->n_words, struct str);
	m = merge(c, old, n, now);
	s->to.flags = new_flags(c->how, s->from.flags);
	r = state_kwset_of(t, now, m, &s->to.kwset);
	return r < 0 ? r : state_tags_differ(t, s->from, s->to, c->a, &s->diff);
}

static bool same(const struct str *v, size_t n, const struct str *w, size_t m)
{
	bool equal = n == m;

	for (size_t i = 0; i < n && equal; i++)
		equal = str_eq(v[i], w[i]);
	return equal;
}

static size_t first_like(const struct tag_change *c, const struct tag_step *s)
{
	size_t i = 0;

	while (i < c->n && (!same(c->steps[i].diff.add, c->steps[i].diff.n_add, s->diff.add, s->diff.n_add) ||
			    !same(c->steps[i].diff.remove, c->steps[i].diff.n_remove, s->diff.remove, s->diff.n_remove)))
		i++;
	return i;
}

int tag_change_step(struct tag_change *c, struct state_txn *t, struct state_tags from, const struct tag_step **ret)
{
	struct tag_step s = { .from = from };
	int             r;

	for (size_t i = c->n; i-- > 0;)
		if (c->steps[i].from.flags == from.flags && c->steps[i].from.kwset == from.kwset) {
			*ret = &c->steps[i];
			return 0;
		}
	r = work_out(c, t, &s);
	if (r < 0)
		return r;
	s.like = first_like(c, &s);
	if (c->n == c->cap)
		c->steps = vec_grow(c->steps, &c->cap, c->n + 1, sizeof(s));
	c->steps[c->n] = s;
	*ret = &c->steps[c->n++];
	return 0;
}
