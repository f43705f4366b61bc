/* Setting annotations: first all is looked at that can be refused, then all is changed in one transaction. */
#include <errno.h>

#include "boxes_queries.h"
#include "boxes_use.h"
#include "drain.h"
#include "filters.h"
#include "journal.h"
#include "metadata_priv.h"
#include "queries.h"
#include "state_metadata.h"
#include "sync.h"
#include "vbox.h"

static int no_use(struct store *s)
{
	return store_fail(s, -EOPNOTSUPP, "a folder can be one of \\Archive \\Drafts \\Junk \\Sent \\Trash");
}

/* All that CREATE ... USE refuses is refused here. */
static int check_use(struct store *s, const struct box_info *box, struct str value)
{
	struct arena     a = ARENA_INIT;
	struct vbox      v;
	enum special_use use = boxes_use_find(value);
	int              r = vbox_find(s, &a, box->name, &v);

	arena_free(&a);
	if (r < 0 || v.kind != VBOX_FOLDER || (box->attrs & BOX_NOSELECT))
		return no_use(s);
	if (value.n > 0 && (use == SPECIAL_NONE || use == SPECIAL_ALL || use == SPECIAL_FLAGGED))
		return no_use(s);
	return 0;
}

/* One change, and the named query that it defines or removes. */
struct step {
	struct metadata    m;
	enum metadata_kind kind;
	struct str         query, text;         /* query.n 0: none */
};

static int plan_query(struct store *s, struct str box, struct step *st)
{
	st->query = vbox_query_of(s, box);
	st->text = st->m.value;
	if (st->query.n == 0)
		return store_fail(s, -EROFS, "only a mailbox below that of the queries has a query");
	if (st->text.p && st->text.n == 0)
		return store_fail(s, -EINVAL, "an empty query is none: NIL removes it");
	return queries_check(s, st->query, st->text);
}

/* What can be refused before anything is changed. A mailbox that shall get a use gets a record to keep it in. */
static int plan(struct store *s, struct arena *a, const struct box_info *box, const struct metadata *m, struct step *ret)
{
	struct state_box b;
	int              r;

	*ret = (struct step){ .m = *m, .kind = metadata_kind(box->name, m->entry) };
	switch (ret->kind) {
	case METADATA_IS_ADMIN:
		return store_fail(s, -EROFS, "/shared/admin cannot be set");
	case METADATA_IS_USE:
		r = check_use(s, box, m->value);
		return r < 0 ? r : sync_known(s, box->name, &b);
	case METADATA_IS_QUERY:
		return plan_query(s, box->name, ret);
	case METADATA_IS_FILTER:
		r = filters_plan(s, a, m, &ret->query, &ret->text);
		if (r < 0 || ret->query.n > 0)
			return r < 0 ? r : queries_check(s, ret->query, ret->text);
		ret->m.said = STR_NONE;
		return 0;
	default:
		return 0;
	}
}

static int set_use(struct state_txn *t, const struct box_info *box, struct str value)
{
	struct state_box b;
	int              r = state_box_find(t, box->name, &b);

	return r < 0 ? r : boxes_use_set(t, b.id, boxes_use_find(value));
}

static int put(struct store *s, struct state_txn *t, const struct box_info *box, const struct step *st)
{
	int r = 0;

	if (st->query.n > 0)
		r = boxes_queries_set(t, vbox_query_name(s, &t->arena, st->query), st->query, st->text);
	if (r < 0 || st->kind == METADATA_IS_QUERY)
		return r < 0 ? r : state_metadata_raise(t, box->name);
	return st->kind == METADATA_IS_USE ? set_use(t, box, st->m.value) : state_metadata_put(t, box->name, &st->m);
}

/* Of a mailbox that goes nothing is left: its other annotations are set before. */
static bool removes(const struct step *st)
{
	return st->kind == METADATA_IS_QUERY && !st->text.p;
}

static int commit(struct store *s, const struct box_info *box, const struct step *v, size_t n, struct metadata_log *ret)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		ret->before = state_metadata_last(&t);
	for (size_t i = 0; r == 0 && i < 2 * n; i++)
		if (removes(&v[i % n]) == (i >= n))
			r = put(s, &t, box, &v[i % n]);
	if (r == 0)
		ret->after = state_metadata_last(&t);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == -E2BIG)
		return store_fail(s, r, "there are as many annotations as can be");
	if (r == -ENAMETOOLONG)
		return store_fail(s, r, "the names of the mailbox and of the entry are too long together");
	return r;
}

/* A query that is not there is made when it is given a text. */
static bool makes(struct store *s, struct str box, const struct metadata *v, size_t n)
{
	bool text = false;

	for (size_t i = 0; i < n; i++)
		text |= metadata_kind(box, v[i].entry) == METADATA_IS_QUERY && v[i].value.p;
	return text && vbox_query_of(s, box).n > 0;
}

int metadata_set(struct store *s, struct str box, const struct metadata *v, size_t n, struct metadata_log *ret)
{
	struct arena    a = ARENA_INIT;
	struct box_info info = { .name = STR("") };
	struct step    *steps = ARENA_NEW_N(&a, n, struct step);
	int             r = box.n > 0 ? metadata_find_box(s, &a, box, false, &info) : 0;

	if (r == -ENOENT && makes(s, info.name, v, n))
		r = 0;
	for (size_t i = 0; r == 0 && i < n; i++)
		r = plan(s, &a, &info, &v[i], &steps[i]);
	if (r == 0)
		r = commit(s, &info, steps, n, ret);
	if (r == 0 && !journal_empty(&s->state))
		drain_kick(s);
	arena_free(&a);
	return r;
}
