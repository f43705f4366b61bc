/* Tags of many messages: few are looked up one by one (about 90 us each, 2 us for one that is not there), many come from one query a tag
 * (1 us a hit). */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "index_priv.h"
#include "strmap.h"
#include "vec.h"

/* To find one costs as much as so many hits of queries. */
enum { LOOKUP_COST = 90, LOOKUP_ALWAYS = 20 };

struct pair {
	uint32_t slot, tag;
};

/* Messages by slot, and which tag each has: pairs, in the order of tags, so that each slot's come sorted. */
struct work {
	struct arena     arena;
	struct strmap    ids;           /* slot by id */
	bool            *known;         /* by slot */
	struct index_ids tags;
	struct index_ids counted;       /* tags whose hits are */
	struct index_ids found;         /* tags of one message */
	struct strmap    names;         /* number by tag */
	VEC(struct pair) pairs;
	struct str      *sorted;        /* the tags of all slots, one slot after the other */
	size_t          *begin;         /* by slot: where its tags begin; one more */
};

static void work_reset(struct work *w)
{
	strmap_free(&w->ids);
	strmap_free(&w->names);
	w->tags.n = 0;
	w->pairs.n = 0;
	arena_reset(&w->arena);
}

static void work_free(struct work *w)
{
	strmap_free(&w->ids);
	strmap_free(&w->names);
	VEC_FREE(&w->tags);
	VEC_FREE(&w->counted);
	VEC_FREE(&w->found);
	VEC_FREE(&w->pairs);
	arena_free(&w->arena);
}

/* A boolean term for the query parser: quoted, quotes doubled (notmuch-search-terms(7), Quoting). */
char *index_tag_query(struct arena *a, struct str tag)
{
	char *q = arena_alloc(a, 2 * tag.n + 8), *p = stpcpy(q, "tag:\"");

	for (size_t i = 0; i < tag.n; i++) {
		if (tag.p[i] == '"')
			*p++ = '"';
		*p++ = tag.p[i];
	}
	strcpy(p, "\"");
	return q;
}

struct hits {
	struct work *work;
	uint32_t     tag;
};

static void take_known(void *arg, struct str id)
{
	struct hits *h = arg;
	uint32_t     slot = strmap_get(&h->work->ids, id);

	if (slot != STRMAP_NONE)
		h->work->known[slot] = true;
}

static void take_pair(void *arg, struct str id)
{
	struct hits *h = arg;
	uint32_t     slot = strmap_get(&h->work->ids, id);

	if (slot != STRMAP_NONE && h->work->known[slot])
		VEC_PUSH(&h->work->pairs, ((struct pair){ slot, h->tag }));
}

/* The hits are of all messages, while few of them may be asked for: none is kept. */
static int by_query(struct index *x, struct work *w)
{
	struct hits h = { .work = w };
	int         r = index_each(x, "*", take_known, &h);

	if (r == 0)
		r = index_all_tags(x, &w->arena, &w->tags);
	for (; r == 0 && h.tag < w->tags.n; h.tag++)
		r = index_each(x, index_tag_query(&w->arena, w->tags.p[h.tag]), take_pair, &h);
	return r;
}

static int look_up_one(struct index *x, struct work *w, uint32_t slot)
{
	struct str         id = w->ids.keys[slot];
	notmuch_message_t *msg = NULL;
	int                r;

	if (id.n == 0 || memchr(id.p, '\0', id.n))
		return 0;
	r = index_error(notmuch_database_find_message(x->db, arena_z(&w->arena, id), &msg));
	if (r < 0 || !msg)
		return r;
	w->known[slot] = true;
	w->found.n = 0;
	r = index_message_tags(msg, &w->arena, &w->found);
	notmuch_message_destroy(msg);
	for (size_t i = 0; i < w->found.n; i++) {
		uint32_t n = strmap_add(&w->names, w->found.p[i]);

		if (n == w->tags.n)
			VEC_PUSH(&w->tags, w->names.keys[n]);
		VEC_PUSH(&w->pairs, ((struct pair){ slot, n }));
	}
	return r;
}

/* From *slot on, until so many were found. */
static int look_up(struct index *x, struct work *w, uint32_t *slot, uint32_t most)
{
	int r = 0;

	for (uint32_t found = 0; r == 0 && *slot < w->ids.n && found < most; ++*slot) {
		r = look_up_one(x, w, *slot);
		found += w->known[*slot];
	}
	return r;
}

/* Would the hits of all tags cost more than to look up n? They are counted only so far as that is in question: that, too, takes a look at each. */
static int is_few(struct index *x, struct work *w, uint32_t n, bool *ret)
{
	uint64_t cost = (uint64_t)n * LOOKUP_COST, hits = x->expected;
	uint32_t found;
	int      r = 0;

	w->counted.n = 0;
	if (hits < cost) {
		r = index_hits(x, "*", &found);
		hits = r == 0 ? found : 0;
	}
	if (r == 0 && hits < cost)
		r = index_all_tags(x, &w->arena, &w->counted);
	for (size_t i = 0; r == 0 && i < w->counted.n && hits < cost; i++) {
		r = index_hits(x, index_tag_query(&w->arena, w->counted.p[i]), &found);
		hits += r == 0 ? found : 0;
	}
	*ret = hits >= cost;
	return r;
}

static int load(struct index *x, struct work *w)
{
	uint32_t slot = 0;
	bool     few = true;
	int      r;

	w->known = ARENA_NEW_N(&w->arena, w->ids.n, bool);
	r = look_up(x, w, &slot, LOOKUP_ALWAYS);
	if (r == 0 && slot < w->ids.n)
		r = is_few(x, w, w->ids.n - slot, &few);
	if (r < 0 || few)
		return r < 0 ? r : look_up(x, w, &slot, UINT32_MAX);
	w->pairs.n = 0;
	return by_query(x, w);
}

/* Pairs, by slot. Stable, so the tags of a slot keep their order. */
static void sort_pairs(struct work *w)
{
	size_t *at;

	w->begin = ARENA_NEW_N(&w->arena, (size_t)w->ids.n + 1, size_t);
	at = ARENA_NEW_N(&w->arena, (size_t)w->ids.n + 1, size_t);
	w->sorted = ARENA_NEW_N(&w->arena, w->pairs.n, struct str);
	for (size_t i = 0; i < w->pairs.n; i++)
		w->begin[w->pairs.p[i].slot + 1]++;
	for (uint32_t s = 0; s < w->ids.n; s++)
		w->begin[s + 1] += w->begin[s];
	memcpy(at, w->begin, w->ids.n * sizeof(*at));
	for (size_t i = 0; i < w->pairs.n; i++)
		w->sorted[at[w->pairs.p[i].slot]++] = w->tags.p[w->pairs.p[i].tag];
}

struct tags_of {
	struct work       work;
	const struct str *ids;
	size_t            n;
	uint64_t          since;
	struct index_ids  changed;
};

static int tags_once(struct index *x, void *arg)
{
	struct tags_of *t = arg;
	int             r;

	work_reset(&t->work);
	for (size_t i = 0; i < t->n; i++)
		strmap_add(&t->work.ids, t->ids[i]);
	r = load(x, &t->work);
	if (r == 0)
		sort_pairs(&t->work);
	return r;
}

int index_tags(struct index *x, const struct str *ids, size_t n, index_tags_fn fn, void *arg)
{
	struct tags_of t = { .ids = ids, .n = n };
	struct work   *w = &t.work;
	int            r = index_retry(x, tags_once, &t);

	for (size_t i = 0; r == 0 && i < n; i++) {
		uint32_t slot = strmap_get(&w->ids, ids[i]);

		fn(arg, i, w->known[slot], w->sorted + w->begin[slot], w->begin[slot + 1] - w->begin[slot]);
	}
	work_free(w);
	return r;
}

static int changed_once(struct index *x, void *arg)
{
	struct tags_of *t = arg;
	char            query[64];
	int             r;

	work_reset(&t->work);
	snprintf(query, sizeof(query), "lastmod:%llu..", (unsigned long long)t->since + 1);
	r = index_collect(x, t->since == 0 ? "*" : query, &t->work.arena, &t->changed);
	for (size_t i = 0; r == 0 && i < t->changed.n; i++)
		strmap_add(&t->work.ids, t->changed.p[i]);
	if (r == 0 && t->changed.n > 0)
		r = load(x, &t->work);
	if (r == 0)
		sort_pairs(&t->work);
	return r;
}

int index_changed(struct index *x, uint64_t since, index_message_fn fn, void *arg)
{
	struct tags_of t = { .since = since };
	struct work   *w = &t.work;
	int            r = index_retry(x, changed_once, &t);

	for (uint32_t s = 0; r == 0 && s < w->ids.n; s++)
		if (w->known[s])
			fn(arg, w->ids.keys[s], w->sorted + w->begin[s], w->begin[s + 1] - w->begin[s]);
	VEC_FREE(&t.changed);
	work_free(w);
	return r;
}
