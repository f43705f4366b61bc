#include "tag_change.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "keywords_priv.h"
#include "vec.h"

/* The tags that are meant, without those that nobody changes. */
static int read_words(struct tag_change *c, struct state_txn *t, struct tag_part *p)
{
	const struct flag_change *how = p->how;

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
			p->words[p->n_words++] = tag;
	}
	return 0;
}

static int read_part(struct tag_change *c, struct state_txn *t, const struct flag_change *how, struct tag_part *p)
{
	int r;

	*p = (struct tag_part){ .how = how, .words = ARENA_NEW_N(c->a, how->n_keywords + how->n_tags, struct str) };
	r = read_words(c, t, p);
	if (r < 0)
		return r;
	if (p->n_words > 1)
		qsort(p->words, p->n_words, sizeof(*p->words), str_order);
	for (size_t i = 1; i < p->n_words;)
		if (str_eq(p->words[i - 1], p->words[i]))
			memmove(&p->words[i], &p->words[i + 1], (--p->n_words - i) * sizeof(*p->words));
		else
			i++;
	return 0;
}

int tag_change_init(struct tag_change *c, struct store *s, struct state_txn *t, const struct flag_change *how, struct arena *a)
{
	size_t n = 0;
	int    r = 0;

	for (const struct flag_change *h = how; h; h = h->then)
		n++;
	*c = (struct tag_change){ .s = s, .a = a, .parts = ARENA_NEW_N(a, n, struct tag_part), .n_parts = n };
	for (size_t i = 0; r == 0 && i < n; i++, how = how->then)
		r = read_part(c, t, how, &c->parts[i]);
	return r;
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

static bool stays(const struct tag_change *c, const struct tag_part *p, struct str tag)
{
	switch (p->how->how) {
	case CHANGE_ADD:
		return true;
	case CHANGE_REMOVE:
		return !has(p->words, p->n_words, tag);
	default:
		return keywords_fixed(c->s, tag);
	}
}

/* Both lists are sorted; so is the result, in ret (room for both). */
static size_t merge(const struct tag_change *c, const struct tag_part *p, const struct str *old, size_t n, struct str *ret)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (stays(c, p, old[i]))
			ret[k++] = old[i];
	for (size_t i = 0; i < p->n_words && p->how->how != CHANGE_REMOVE; i++)
		if (p->how->how == CHANGE_SET || !has(old, n, p->words[i]))
			ret[k++] = p->words[i];
	if (k > 1)
		qsort(ret, k, sizeof(*ret), str_order);
	return k;
}

static int work_out(struct tag_change *c, struct state_txn *t, struct tag_step *s)
{
	struct str *tags;
	size_t      n;
	int         r = state_kwset_tags(t, s->from.kwset, c->a, &tags, &n);

	if (r < 0)
		return r;
	s->to.flags = s->from.flags;
	for (size_t i = 0; i < c->n_parts; i++) {
		const struct tag_part *p = &c->parts[i];
		struct str            *now = ARENA_NEW_N(c->a, n + p->n_words, struct str);

		n = merge(c, p, tags, n, now);
		tags = now;
		s->to.flags = new_flags(p->how, s->to.flags);
	}
	r = state_kwset_of(t, tags, n, &s->to.kwset);
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
