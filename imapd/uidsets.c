#include "uidsets.h"

#include <string.h>

#include "arena.h"
#include "box.h"
#include "command.h"
#include "searchres.h"

/* Index of the first of n ascending UIDs that is at least uid. */
static size_t lower_bound(const uint32_t *v, size_t n, uint32_t uid)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v[mid] < uid)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Indexes [*ret_from, *ret_to) of the view that one resolved range means. */
static void slice(const struct seqset_range *r, bool by_uid, const uint32_t *view, size_t count, size_t *ret_from,
	size_t *ret_to)
{
	if (!by_uid) {
		*ret_from = r->lo - 1;
		*ret_to = r->hi;
		return;
	}
	*ret_from = lower_bound(view, count, r->lo);
	*ret_to = r->hi == UINT32_MAX ? count : lower_bound(view, count, r->hi + 1);
}

/* Both ascending. */
static struct uids merge(struct arena *a, struct uids x, struct uids y)
{
	uint32_t *v = ARENA_NEW_N(a, x.n + y.n + 1, uint32_t);
	size_t    i = 0, j = 0, n = 0;

	while (i < x.n || j < y.n) {
		if (j == y.n || (i < x.n && x.v[i] < y.v[j])) {
			v[n++] = x.v[i++];
		} else {
			if (i < x.n && x.v[i] == y.v[j])
				i++;
			v[n++] = y.v[j++];
		}
	}
	return (struct uids){ v, n };
}

/* The messages of a resolved set that goes not beyond the view. */
static struct uids pick(struct box *box, struct arena *a, const struct seqset *set, bool by_uid)
{
	const uint32_t *view = box_uids(box);
	size_t          count = box_count(box), n = 0, from, to;
	struct uids     got = { 0 };
	uint32_t       *v;

	for (size_t i = 0; i < set->n; i++) {
		slice(&set->v[i], by_uid, view, count, &from, &to);
		n += to - from;
	}
	if (set->n == 1) {
		slice(&set->v[0], by_uid, view, count, &from, &to);
		got = (struct uids){ view + from, to - from };
	} else if (n > 0) {
		v = ARENA_NEW_N(a, n, uint32_t);
		got.v = v;
		for (size_t i = 0; i < set->n; i++) {
			slice(&set->v[i], by_uid, view, count, &from, &to);
			memcpy(v + got.n, view + from, (to - from) * sizeof(*v));
			got.n += to - from;
		}
	}
	return got;
}

static uint32_t star(struct box *box, bool by_uid)
{
	size_t count = box_count(box);

	if (!by_uid)
		return (uint32_t)count;
	return count > 0 ? box_uids(box)[count - 1] : box_uidnext(box);
}

/* The saved result holds what the client has not been told to be gone; the view may have lost no more than that. */
struct uids uidsets_saved(const struct session *s)
{
	struct uids u;

	u.v = searchres_uids(s->searchres, &u.n);
	return u;
}

struct uids uidsets_search(struct box *box, struct uids saved, struct arena *a, const struct seqset *set, bool by_uid)
{
	struct seqset copy = { .v = ARENA_NEW_N(a, set->n, struct seqset_range), .n = set->n };
	struct uids   got;

	if (set->n > 0)
		memcpy(copy.v, set->v, set->n * sizeof(*copy.v));
	seqset_resolve(&copy, star(box, by_uid));
	if (!by_uid)
		seqset_clip(&copy, box_count(box));
	got = pick(box, a, &copy, by_uid);
	return set->saved ? merge(a, got, saved) : got;
}

const struct reply *uidsets_resolve(struct session *s, struct request *rq, struct seqset *set, struct uids *ret)
{
	static const struct reply beyond = { REPLY_BAD, NULL, "the mailbox has no message of that number" };
	uint32_t                  count = box_count(s->box);
	struct uids               got;

	if (!rq->by_uid && seqset_has_star(set) && count == 0)
		return &beyond;
	seqset_resolve(set, star(s->box, rq->by_uid));
	if (!rq->by_uid && seqset_largest(set) > count)
		return &beyond;
	got = pick(s->box, rq->arena, set, rq->by_uid);
	*ret = set->saved ? merge(rq->arena, got, uidsets_saved(s)) : got;
	return NULL;
}
