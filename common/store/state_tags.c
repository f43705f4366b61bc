#include "state_virtual.h"

#include <stdlib.h>
#include <string.h>

/* The tags that are flags. `unread` is the one that means its absence. */
static const struct {
	struct str tag;
	uint32_t   flag;
} flag_tags[] = {
	{ STR_LIT("draft"), MAIL_DRAFT },
	{ STR_LIT("flagged"), MAIL_FLAGGED },
	{ STR_LIT("passed"), MAIL_FORWARDED },
	{ STR_LIT("replied"), MAIL_ANSWERED },
	{ STR_LIT("unread"), MAIL_SEEN },
};

enum { FLAG_TAGS = sizeof(flag_tags) / sizeof(flag_tags[0]) };

uint32_t state_tag_flag(struct str tag)
{
	for (size_t i = 0; i < FLAG_TAGS; i++)
		if (str_eq(flag_tags[i].tag, tag))
			return flag_tags[i].flag;
	return 0;
}

int state_tags_get(struct state_txn *t, uint64_t serial, struct state_tags *ret)
{
	struct state_mail m;
	struct row        row;
	int               r = state_mail_get(t, serial, &m);

	if (r == 0)
		r = state_row_get(t, m.box, m.uid, &row);
	if (r == 0)
		*ret = (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset };
	return r;
}

/* One set has one number, in whatever order its tags came: the index sorts them, what pending records add comes last. */
static size_t sort_unique(struct str *v, size_t n)
{
	size_t k = 0;

	if (n > 1)
		qsort(v, n, sizeof(*v), str_order);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || !str_eq(v[i], v[i - 1]))
			v[k++] = v[i];
	return k;
}

int state_tags_of(struct state_txn *t, const struct str *tags, size_t n, struct state_tags *ret)
{
	struct arena a = ARENA_INIT;
	struct str  *words = ARENA_NEW_N(&a, n, struct str);
	size_t       n_words = 0;
	uint32_t     flags = MAIL_SEEN, set = 0;
	int          r;

	for (size_t i = 0; i < n; i++) {
		uint32_t f = state_tag_flag(tags[i]);

		if (f == MAIL_SEEN)
			flags &= ~(uint32_t)MAIL_SEEN;
		else if (f != 0)
			flags |= f;
		else
			words[n_words++] = tags[i];
	}
	r = state_kwset_of(t, words, sort_unique(words, n_words), &set);
	arena_free(&a);
	if (r == 0)
		*ret = (struct state_tags){ flags, set };
	return r;
}

int state_tags_list(struct state_txn *t, struct state_tags of, struct arena *a, struct str **ret, size_t *ret_n)
{
	struct str *words, *all;
	size_t      n;
	int         r = state_kwset_tags(t, of.kwset, a, &words, &n);

	if (r < 0)
		return r;
	all = ARENA_NEW_N(a, n + FLAG_TAGS, struct str);
	if (n > 0)
		memcpy(all, words, n * sizeof(*words));
	for (size_t i = 0; i < FLAG_TAGS; i++) {
		bool set = of.flags & flag_tags[i].flag;

		if (flag_tags[i].flag == MAIL_SEEN ? !set : set)
			all[n++] = flag_tags[i].tag;
	}
	*ret = all;
	*ret_n = n;
	return 0;
}

static struct str *without(const struct str *v, size_t n, const struct str *other, size_t n_other, struct arena *a, size_t *ret_n)
{
	struct str *left = ARENA_NEW_N(a, n, struct str);
	size_t      kept = 0;

	for (size_t i = 0; i < n; i++)
		if (n_other == 0 || !bsearch(&v[i], other, n_other, sizeof(*other), str_order))
			left[kept++] = v[i];
	*ret_n = kept;
	return left;
}

int state_tags_differ(struct state_txn *t, struct state_tags from, struct state_tags to, struct arena *a, struct state_tags_diff *ret)
{
	struct str *old, *now;
	size_t      n_old, n_now;
	int         r = state_tags_list(t, from, a, &old, &n_old);

	if (r == 0)
		r = state_tags_list(t, to, a, &now, &n_now);
	if (r < 0)
		return r;
	qsort(old, n_old, sizeof(*old), str_order);
	qsort(now, n_now, sizeof(*now), str_order);
	ret->add = without(now, n_now, old, n_old, a, &ret->n_add);
	ret->remove = without(old, n_old, now, n_now, a, &ret->n_remove);
	return 0;
}

int state_tags_apply_one(struct state_txn *t, uint64_t serial, struct state_tags to)
{
	struct state_mail m;
	struct state_box  b;
	struct row        row;
	int               r = state_mail_get(t, serial, &m);

	if (r == 0)
		r = state_row_get(t, m.box, m.uid, &row);
	if (r == 0)
		r = state_box_get(t, m.box, &b, NULL);
	if (r < 0)
		return r;
	if ((row.flags & MAIL_TAG_FLAGS) == to.flags && row.kwset == to.kwset)
		return 0;
	r = state_row_flags(t, &b, &row, to.flags | (row.flags & MAIL_DELETED), to.kwset);
	return r < 0 ? r : state_box_put(t, &b, STR_NONE);
}

int state_tags_apply(struct state_txn *t, struct str id, struct state_tags to)
{
	struct arena a = ARENA_INIT;
	uint64_t    *serials;
	size_t       n;
	int          r = state_mails_of_id(t, id, &a, &serials, &n);

	state_virtual_touch(t, id);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = state_tags_apply_one(t, serials[i], to);
	arena_free(&a);
	return r;
}
