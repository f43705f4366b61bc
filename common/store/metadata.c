#include "metadata_priv.h"

#include <errno.h>
#include <string.h>

#include "filters.h"
#include "folders.h"
#include "maildir.h"
#include "queries.h"
#include "state_metadata.h"
#include "vbox.h"
#include "vec.h"

enum metadata_kind metadata_kind(struct str box, struct str entry)
{
	if (box.n > 0)
		return str_ieq(entry, STR(METADATA_QUERY)) ? METADATA_IS_QUERY : str_ieq(entry, STR(METADATA_USE)) ? METADATA_IS_USE : METADATA_PLAIN;
	if (filters_name(entry).n > 0)
		return METADATA_IS_FILTER;
	return str_ieq(entry, STR(METADATA_ADMIN)) ? METADATA_IS_ADMIN : METADATA_PLAIN;
}

bool metadata_wants(const struct metadata_wanted *w, struct str entry)
{
	for (size_t i = 0; i < w->n; i++) {
		struct str rest = str_from(entry, w->entries[i].n);
		unsigned   below = 0;

		if (!str_istarts(entry, w->entries[i]) || (rest.n > 0 && rest.p[0] != '/'))
			continue;
		for (size_t k = 0; k < rest.n; k++)
			below += rest.p[k] == '/';
		if (below <= w->depth)
			return true;
	}
	return false;
}

struct gathering {
	const struct metadata_wanted *wanted;
	struct arena                 *a;
	VEC(struct metadata) v;
	bool                 server;
	VEC(struct metadata) filters;   /* as clients set them */
};

static void gather(struct gathering *g, struct str entry, struct str value)
{
	if (metadata_wants(g->wanted, entry))
		VEC_PUSH(&g->v, ((struct metadata){ arena_str(g->a, entry), arena_str(g->a, value), STR_NONE }));
}

static int gather_one(void *arg, const struct metadata *m)
{
	struct gathering *g = arg;

	if (g->server && filters_name(m->entry).n > 0)
		VEC_PUSH(&g->filters, ((struct metadata){ arena_str(g->a, m->entry), arena_str(g->a, m->value), arena_str(g->a, m->said) }));
	else
		gather(g, m->entry, m->value);
	return 0;
}

static int gather_state(struct store *s, struct str box, struct gathering *g)
{
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_metadata_each(&t, box, gather_one, g);
	state_abort(&t);
	return r;
}

static int give(struct gathering *g, int r, struct metadata **ret, size_t *ret_n)
{
	if (r == 0) {
		*ret = ARENA_NEW_N(g->a, g->v.n, struct metadata);
		if (g->v.n > 0)
			memcpy(*ret, g->v.p, g->v.n * sizeof(**ret));
		*ret_n = g->v.n;
	}
	VEC_FREE(&g->v);
	VEC_FREE(&g->filters);
	return r;
}

static int gather_query(struct store *s, struct str box, struct gathering *g)
{
	struct str text;
	int        r = queries_get(s, vbox_query_of(s, box), g->a, &text);

	if (r == 0)
		gather(g, STR(METADATA_QUERY), text);
	return r == -ENOENT ? 0 : r;
}

static int gather_filters(struct store *s, struct gathering *g)
{
	struct metadata *v;
	size_t           n;
	int              r = filters_list(s, g->a, g->filters.p, g->filters.n, &v, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		gather(g, v[i].entry, v[i].value);
	return r;
}

int metadata_of(struct store *s, const struct box_info *box, const struct metadata_wanted *w, struct arena *a, struct metadata **ret,
	size_t *ret_n)
{
	struct gathering g = { .wanted = w, .a = a, .server = box->name.n == 0 };
	int              r = gather_state(s, box->name, &g);

	if (r == 0 && box->special != SPECIAL_NONE)
		gather(&g, STR(METADATA_USE), str_of(boxes_use_name(box->special)));
	if (r == 0 && g.server && filters_wanted(w))
		r = gather_filters(s, &g);
	if (r == 0 && vbox_query_of(s, box->name).n > 0 && metadata_wants(w, STR(METADATA_QUERY)))
		r = gather_query(s, box->name, &g);
	return give(&g, r, ret, ret_n);
}

/* Is there such a mailbox, as far as that can be said without reading all directories and tags? */
static bool is_plain(struct store *s, struct arena *a, struct str name)
{
	struct state_txn t;
	struct state_box b;
	struct vbox      v;
	struct buf       dir = BUF(4096);
	bool             is = false;

	if (vbox_find(s, a, name, &v) < 0)
		return false;
	if (v.kind == VBOX_FOLDER) {
		is = folders_dir(s, name, &dir) == 0 && maildir_is(s->root, buf_z(&dir));
	} else if (v.kind == VBOX_TAG && state_read(&s->state, &t) == 0) {
		is = state_box_find(&t, name, &b) == 0;
		state_abort(&t);
	}
	buf_free(&dir);
	return is || v.kind == VBOX_QUERY || v.kind == VBOX_ALL;
}

int metadata_find_box(struct store *s, struct arena *a, struct str name, bool use, struct box_info *ret)
{
	struct box_info *list;
	size_t           n;
	int              r;

	*ret = (struct box_info){ .name = folders_name(s, a, name) };
	if (!use && is_plain(s, a, ret->name))
		return 0;
	r = boxes_list(s, a, &list, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (str_eq(list[i].name, ret->name) && !(list[i].attrs & BOX_NONEXISTENT)) {
			*ret = list[i];
			return 0;
		}
	return r < 0 ? r : store_fail(s, -ENOENT, "there is no such mailbox");
}

int metadata_get(struct store *s, struct str box, const struct metadata_wanted *w, struct arena *a, struct metadata **ret, size_t *ret_n)
{
	struct box_info info = { .name = STR("") };
	int             r = box.n > 0 ? metadata_find_box(s, a, box, metadata_wants(w, STR(METADATA_USE)), &info) : 0;

	return r < 0 ? r : metadata_of(s, &info, w, a, ret, ret_n);
}

int metadata_queries(struct store *s, struct arena *a, struct metadata_query **ret, size_t *ret_n)
{
	struct metadata_query *v;
	struct query          *q;
	size_t                 n;
	int                    r = queries_list(s, a, &q, &n);

	if (r < 0)
		return r;
	v = ARENA_NEW_N(a, 2 * n, struct metadata_query);
	for (size_t i = 0; i < n; i++) {
		v[2 * i] = (struct metadata_query){ vbox_query_name(s, a, q[i].name), STR(METADATA_QUERY), q[i].text };
		v[2 * i + 1] = (struct metadata_query){ STR(""), filters_entry(a, q[i].name), q[i].text };
	}
	*ret = v;
	*ret_n = 2 * n;
	return 0;
}

int metadata_changes(struct store *s, struct metadata_log *log, metadata_changed_fn fn, void *arg)
{
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	if (log->after == 0)
		log->after = state_metadata_last(&t);
	r = state_metadata_changes(&t, log->before, log->after, fn, arg);
	state_abort(&t);
	return r;
}
