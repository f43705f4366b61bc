/* What the index has names for: tags and queries; and counts. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "index_names.h"
#include "index_priv.h"
#include "vec.h"

struct names {
	struct arena     arena;
	struct index_ids v;
};

int index_all_tags(struct index *x, struct arena *a, struct index_ids *ret)
{
	notmuch_tags_t *t = notmuch_database_get_all_tags(x->db);

	ret->n = 0;
	if (!t)
		return -EAGAIN;
	for (; notmuch_tags_valid(t); notmuch_tags_move_to_next(t))
		VEC_PUSH(ret, arena_str(a, str_of(notmuch_tags_get(t))));
	notmuch_tags_destroy(t);
	return 0;
}

static int tags_once(struct index *x, void *arg)
{
	struct names *n = arg;

	return index_all_tags(x, &n->arena, &n->v);
}

int index_tag_names(struct index *x, index_id_fn fn, void *arg)
{
	struct names n = { .arena = ARENA_INIT };
	int          r = index_retry(x, tags_once, &n);

	for (size_t i = 0; r == 0 && i < n.v.n; i++)
		fn(arg, n.v.p[i]);
	VEC_FREE(&n.v);
	arena_free(&n.arena);
	return r;
}

/* Name and text by turns. */
static int queries_once(struct index *x, void *arg)
{
	struct names           *n = arg;
	notmuch_config_pairs_t *p = notmuch_config_get_pairs(x->db, "query.");

	n->v.n = 0;
	if (!p)
		return -EAGAIN;
	for (; notmuch_config_pairs_valid(p); notmuch_config_pairs_move_to_next(p)) {
		const char *text = notmuch_config_pairs_value(p);

		if (!text || !*text)
			continue;
		VEC_PUSH(&n->v, arena_str(&n->arena, str_from(str_of(notmuch_config_pairs_key(p)), strlen("query."))));
		VEC_PUSH(&n->v, arena_str(&n->arena, str_of(text)));
	}
	notmuch_config_pairs_destroy(p);
	return 0;
}

int index_queries(struct index *x, index_query_fn fn, void *arg)
{
	struct names n = { .arena = ARENA_INIT };
	int          r = index_retry(x, queries_once, &n);

	for (size_t i = 0; r == 0 && i < n.v.n; i += 2)
		fn(arg, n.v.p[i], n.v.p[i + 1]);
	VEC_FREE(&n.v);
	arena_free(&n.arena);
	return r;
}

struct lookup {
	char *key, *value;
};

static int query_once(struct index *x, void *arg)
{
	struct lookup *l = arg;
	int            r = index_error(notmuch_database_get_config(x->db, l->key, &l->value));

	if (r == 0 && (!l->value || !*l->value)) {
		free(l->value);
		l->value = NULL;
	}
	return r;
}

int index_query(struct index *x, struct str name, struct arena *a, struct str *ret)
{
	struct lookup l = { .key = arena_printf(a, "query.%.*s", STR_ARG(name)) };
	int           r = index_retry(x, query_once, &l);

	if (r == 0 && !l.value)
		return -ENOENT;
	if (r == 0)
		*ret = arena_str(a, str_of(l.value));
	free(l.value);
	return r;
}

int index_hits(struct index *x, const char *query, uint32_t *ret)
{
	notmuch_query_t *q;
	int              r = index_error(notmuch_query_create_with_syntax(x->db, query, NOTMUCH_QUERY_SYNTAX_XAPIAN, &q));

	if (r < 0)
		return r;
	r = index_error(notmuch_query_count_messages(q, ret));
	notmuch_query_destroy(q);
	return r;
}

struct counting {
	const char *query;
	uint32_t    n;
};

static int count_once(struct index *x, void *arg)
{
	struct counting *c = arg;

	return index_hits(x, c->query, &c->n);
}

int index_count(struct index *x, const char *query, uint32_t *ret)
{
	struct counting c = { .query = query };
	int             r = index_retry(x, count_once, &c);

	if (r == 0)
		*ret = c.n;
	return r;
}
