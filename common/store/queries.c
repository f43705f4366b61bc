#include "queries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "index_check.h"
#include "index_conf_edit.h"
#include "index_names.h"
#include "journal.h"
#include "limits.h"
#include "text.h"
#include "vec.h"

static int no_index(struct store *s)
{
	return store_fail(s, -EIO, "the notmuch index cannot be read now");
}

/* The journal is asked first: what it does not hold any more the index has by then. */
int queries_get(struct store *s, struct str name, struct arena *a, struct str *ret)
{
	struct state_txn t;
	struct index    *x;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = journal_query(&t, name, a, ret);
	state_abort(&t);
	if (r == -ENOENT) {
		x = store_index(s);
		r = x ? index_query(x, name, a, ret) : -EIO;
	} else if (r == 0 && ret->n == 0) {
		r = -ENOENT;
	}
	if (r == -ENOENT)
		return store_fail(s, r, "notmuch has no query of that name");
	return r < 0 ? no_index(s) : 0;
}

struct list {
	struct state_txn *t;
	struct arena     *a;
	struct query     *p;
	size_t            n, cap;
	size_t            n_pending;    /* the first of them, sorted, are from the journal; an empty text: there is none */
};

static void take_pending(void *arg, struct str name)
{
	struct list *l = arg;
	struct query q = { .name = arena_str(l->a, name) };

	if (journal_query(l->t, q.name, l->a, &q.text) == 0)
		VEC_PUSH(l, q);
}

static int by_name(const void *a, const void *b)
{
	const struct query *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

static void take_indexed(void *arg, struct str name, struct str text)
{
	struct list *l = arg;
	struct query q = { arena_str(l->a, name), arena_str(l->a, text) };

	if (l->n_pending == 0 || !bsearch(&q, l->p, l->n_pending, sizeof(q), by_name))
		VEC_PUSH(l, q);
}

int queries_list(struct store *s, struct arena *a, struct query **ret, size_t *ret_n)
{
	struct state_txn t;
	struct list      l = { .t = &t, .a = a };
	struct index    *x;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = journal_queries(&t, take_pending, &l);
	state_abort(&t);
	l.n_pending = l.n;              /* the table is in order */
	x = store_index(s);
	if (r == 0 && x)
		r = index_queries(x, take_indexed, &l);
	*ret = ARENA_NEW_N(a, l.n, struct query);
	*ret_n = 0;
	for (size_t i = 0; i < l.n; i++)
		if (l.p[i].text.n > 0)
			(*ret)[(*ret_n)++] = l.p[i];
	VEC_FREE(&l);
	if (*ret_n > 1)
		qsort(*ret, *ret_n, sizeof(**ret), by_name);
	return r < 0 ? no_index(s) : 0;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return true;
	return false;
}

static int check_text(struct store *s, struct str text)
{
	struct arena  a = ARENA_INIT;
	struct index *x = store_index(s);
	const char   *words = "";
	int           r;

	if (text.n > QUERY_MAX)
		return store_fail(s, -EINVAL, "a query has at most %d octets", QUERY_MAX);
	if (has_control(text) || !text_is_utf8(text))
		return store_fail(s, -EINVAL, "a query is one line of UTF-8");
	r = x ? index_check(x, arena_z(&a, text), &a, &words) : -EIO;
	if (r == -EINVAL)
		store_fail(s, r, "notmuch does not understand the query: %s", words);
	else if (r < 0)
		r = no_index(s);
	arena_free(&a);
	return r;
}

int queries_check(struct store *s, struct str name, struct str text)
{
	if (name.n == 0 || name.n > QUERY_NAME_MAX || has_control(name))
		return store_fail(s, -EINVAL, "a query's name has at most %d octets", QUERY_NAME_MAX);
	if (index_conf_query(s->index_conf, name) && !index_conf_writable(s->index_conf))
		return store_fail(s, -EROFS, "%s defines that query and cannot be written", s->index_conf->config);
	return text.n > 0 ? check_text(s, text) : 0;
}

int queries_put(struct state_txn *t, struct str name, struct str text)
{
	return journal_put(t, &(struct journal_record){ .kind = JOURNAL_QUERY, .query = name, .text = text });
}
