#include "index_tagsets.h"

#include <inttypes.h>
#include <stdlib.h>

#include "die.h"
#include "index_names.h"
#include "index_priv.h"
#include "strmap.h"
#include "vec.h"

enum {
	PART = 8,                       /* less than this part of all messages is asked for one by one */
	NO_TAGS = 0,                    /* the number of that set */
	FREE = UINT32_MAX,              /* instead of a set: nothing is here, */
	SHARED = UINT32_MAX - 1,        /* or several messages are */
};

/* A message, by the hash of its id. */
struct slot {
	uint32_t hash, set;
};

/* The tags of `less` and one more. */
struct set {
	uint32_t less, tag, n;
	uint32_t more, with;            /* the set that has the tag `with` too, which was the last one added to this; 0: none */
};

struct index_tagsets {
	struct arena     arena;
	uint64_t         revision, seed;
	uint32_t         at_once;
	struct slot     *slots;
	uint32_t         n_slots;
	struct index_ids tags;          /* by number */
	VEC(struct set)  sets;
};

/* Where it is, or belongs: the slots are in the order of hashes, almost. */
static struct slot *find(const struct index_tagsets *t, struct str id, uint32_t *ret_hash)
{
	uint32_t h = strmap_hash(t->seed, id), i = (uint32_t)((uint64_t)h * t->n_slots >> 32);

	while (t->slots[i].set != FREE && t->slots[i].hash != h)
		i = i + 1 < t->n_slots ? i + 1 : 0;
	*ret_hash = h;
	return &t->slots[i];
}

static void take_message(void *arg, struct str id)
{
	struct index_tagsets *t = arg;
	uint32_t              h;
	struct slot          *s = find(t, id, &h);

	*s = (struct slot){ h, s->set == FREE ? NO_TAGS : SHARED };
}

/* Those who send mail do not know the UUID, and cannot choose ids that collide. */
static void reset(struct index_tagsets *t, uint32_t messages, const struct index_version *version)
{
	t->revision = version->revision;
	t->seed = strmap_hash(0, str_of(version->uuid));
	arena_reset(&t->arena);
	t->tags.n = t->sets.n = 0;
	VEC_PUSH(&t->sets, ((struct set){ 0 }));
	free(t->slots);
	t->n_slots = messages + messages / 8 + 1;
	t->slots = malloc(t->n_slots * sizeof(*t->slots));
	if (!t->slots)
		die_memory();
	for (uint32_t i = 0; i < t->n_slots; i++)
		t->slots[i].set = FREE;
}

/* All messages of one tag after those of another: each set is looked for once a tag. */
static uint32_t with(struct index_tagsets *t, uint32_t set, uint32_t tag)
{
	struct set *s = &t->sets.p[set];
	struct set  more = { .less = set, .tag = tag, .n = s->n + 1 };

	if (s->more == 0 || s->with != tag) {
		s->more = (uint32_t)t->sets.n;
		s->with = tag;
		VEC_PUSH(&t->sets, more);
	}
	return t->sets.p[set].more;
}

struct hits {
	struct index_tagsets *all;
	uint32_t              tag;
};

static void take_tag(void *arg, struct str id)
{
	struct hits *h = arg;
	uint32_t     hash;
	struct slot *s = find(h->all, id, &hash);

	if (s->set != FREE && s->set != SHARED)
		s->set = with(h->all, s->set, h->tag);
}

/* The messages of a tag, or all, that were changed in these revisions. */
static char *query_of(struct index_tagsets *t, const char *tag, uint64_t from, uint64_t to)
{
	if (from == 0 && to == t->revision)
		return arena_printf(&t->arena, "%s", tag ? tag : "*");
	return arena_printf(&t->arena, "%s%slastmod:%" PRIu64 "..%" PRIu64, tag ? tag : "", tag ? " and " : "", from, to);
}

/* As index_each(), so many at a time. Messages that were changed in one revision are not taken apart. */
static int each_in_parts(struct index *x, struct index_tagsets *t, const char *tag, uint64_t from, uint64_t to, index_id_fn fn, void *arg)
{
	char    *query = query_of(t, tag, from, to);
	uint64_t width, end;
	uint32_t hits;
	int      r = index_hits(x, query, &hits);

	if (r < 0 || hits <= t->at_once || from == to)
		return r < 0 ? r : index_each(x, query, fn, arg);
	width = (to - from) / (hits / t->at_once + 2) + 1;      /* a little less than that many in each, if they are spread evenly */
	for (; r == 0 && from <= to; from = end + 1) {
		end = to - from < width ? to : from + width - 1;
		r = each_in_parts(x, t, tag, from, end, fn, arg);
	}
	return r;
}

struct load {
	struct index_tagsets *all;
	size_t                n;        /* so many are going to be asked for */
	bool                  few;
};

static int load_once(struct index *x, void *arg)
{
	struct load          *l = arg;
	struct index_tagsets *t = l->all;
	struct hits           h = { .all = t };
	struct index_version  version;
	uint32_t              messages;
	int                   r;

	l->few = l->n < x->expected / PART;
	r = l->few ? 0 : index_hits(x, "*", &messages);
	if (r < 0 || l->few || l->n < messages / PART) {
		l->few = true;
		return r;
	}
	index_version(x, &version);
	reset(t, messages, &version);
	r = each_in_parts(x, t, NULL, 0, t->revision, take_message, t);
	if (r == 0)
		r = index_all_tags(x, &t->arena, &t->tags);
	for (; r == 0 && h.tag < t->tags.n; h.tag++)
		r = each_in_parts(x, t, index_tag_query(&t->arena, t->tags.p[h.tag]), 0, t->revision, take_tag, &h);
	return r;
}

int index_tagsets_load(struct index *x, size_t n, uint32_t at_once, struct index_tagsets **ret)
{
	struct load l = { .all = calloc(1, sizeof(*l.all)), .n = n };
	int         r;

	*ret = NULL;
	if (!l.all)
		die_memory();
	l.all->at_once = at_once;
	r = index_retry(x, load_once, &l);
	if (r == 0 && !l.few)
		*ret = l.all;
	else
		index_tagsets_free(l.all);
	return r;
}

void index_tagsets_free(struct index_tagsets *t)
{
	if (!t)
		return;
	free(t->slots);
	VEC_FREE(&t->tags);
	VEC_FREE(&t->sets);
	arena_free(&t->arena);
	free(t);
}

uint64_t index_tagsets_revision(const struct index_tagsets *t)
{
	return t->revision;
}

bool index_tagsets_get(const struct index_tagsets *t, struct str id, struct arena *a, const struct str **ret, size_t *ret_n)
{
	uint32_t          hash;
	const struct slot *s = find(t, id, &hash);
	const struct set  *set;
	struct str        *tags;

	if (s->set == FREE || s->set == SHARED)
		return false;
	set = &t->sets.p[s->set];
	tags = ARENA_NEW_N(a, set->n, struct str);
	*ret = tags;
	*ret_n = set->n;
	for (; set->n > 0; set = &t->sets.p[set->less])
		tags[set->n - 1] = t->tags.p[set->tag];
	return true;
}
