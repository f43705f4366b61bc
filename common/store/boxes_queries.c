#include "boxes_queries.h"

#include <errno.h>

#include "drain.h"
#include "queries.h"
#include "state_metadata.h"
#include "vbox.h"
#include "vec.h"

int boxes_queries_create(struct store *s, struct str name)
{
	struct arena a = ARENA_INIT;
	struct str   text;
	int          r = queries_get(s, vbox_query_of(s, name), &a, &text);

	arena_free(&a);
	if (r == 0)
		return store_fail(s, -EEXIST, "the mailbox is there already");
	return store_fail(s, -EINVAL, "a query is made by its text: SETMETADATA %.*s (/private/vendor/vendor.remuch/query \"TEXT\")",
		name.n < 100 ? (int)name.n : 100, name.p);
}

int boxes_queries_set(struct state_txn *t, struct str box, struct str query, struct str text)
{
	struct state_box b;
	int              r = queries_put(t, query, text);

	if (r < 0 || text.n > 0 || box.n == 0)
		return r;
	if (state_box_find(t, box, &b) == 0)
		return state_box_drop(t, b.id);
	return state_metadata_drop(t, box);
}

int boxes_queries_delete(struct store *s, struct str name)
{
	struct arena     a = ARENA_INIT;
	struct str       query = vbox_query_of(s, name), text;
	struct state_txn t = { 0 };
	int              r = queries_get(s, query, &a, &text);

	arena_free(&a);
	if (r == 0)
		r = queries_check(s, query, STR_NONE);
	if (r == 0)
		r = state_write(&s->state, &t);
	if (r == 0)
		r = boxes_queries_set(&t, name, query, STR_NONE);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == 0)
		drain_kick(s);
	return r;
}

struct renaming {
	struct str from, to;            /* names of queries */
	struct str text;
};

struct renamings {
	struct renaming *p;
	size_t           n, cap;
};

/* The query and all below it. */
static int collect(struct store *s, struct arena *a, struct str from, struct str to, struct renamings *ret)
{
	struct query *q;
	struct str    taken;
	size_t        n;
	int           r = queries_list(s, a, &q, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct str      rest = str_from(q[i].name, from.n);
		struct renaming new = { .from = q[i].name, .text = q[i].text };

		if (!str_starts(q[i].name, from) || (rest.n > 0 && rest.p[0] != '/'))
			continue;
		new.to = str_of(arena_printf(a, "%.*s%.*s", STR_ARG(to), STR_ARG(rest)));
		if (queries_get(s, new.to, a, &taken) == 0)
			return store_fail(s, -EEXIST, "the new name is taken");
		r = queries_check(s, new.from, STR_NONE);
		if (r == 0)
			r = queries_check(s, new.to, STR_NONE);
		VEC_PUSH(ret, new);
	}
	return r < 0 || ret->n > 0 ? r : store_fail(s, -ENOENT, "there is no such mailbox");
}

static int rename_one(struct store *s, struct state_txn *t, struct arena *a, const struct renaming *n)
{
	struct state_box b;
	int              r = queries_put(t, n->to, n->text);

	if (r == 0)
		r = queries_put(t, n->from, STR_NONE);
	if (r == 0 && state_box_find(t, vbox_query_name(s, a, n->from), &b) == 0)
		r = state_box_rename(t, b.id, vbox_query_name(s, a, n->to));
	return r;
}

/* A mailbox of the new name, whose query is gone, is none any more. */
static int drop_old(struct store *s, struct state_txn *t, struct arena *a, const struct renaming *n)
{
	struct state_box b;

	return state_box_find(t, vbox_query_name(s, a, n->to), &b) == 0 ? state_box_drop(t, b.id) : 0;
}

int boxes_queries_rename(struct store *s, struct arena *a, struct str from, struct str to)
{
	struct renamings all = { 0 };
	struct state_txn t = { 0 };
	int              r;

	if (str_starts(to, from) && to.n > from.n && to.p[from.n] == '/')
		return store_fail(s, -EINVAL, "a mailbox cannot be moved below itself");
	r = collect(s, a, vbox_query_of(s, from), vbox_query_of(s, to), &all);
	if (r == 0)
		r = state_write(&s->state, &t);
	for (size_t i = 0; r == 0 && i < all.n; i++) {
		r = drop_old(s, &t, a, &all.p[i]);
		if (r == 0)
			r = rename_one(s, &t, a, &all.p[i]);
	}
	if (r == 0)
		r = state_metadata_rename(&t, from, to);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	VEC_FREE(&all);
	if (r == 0)
		drain_kick(s);
	return r;
}
