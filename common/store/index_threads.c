#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index_names.h"
#include "index_priv.h"
#include "index_threads.h"
#include "vec.h"

/* A caller that lacks as much as this part of all messages will come for the others, too. */
enum { MANY = 50 };

struct found {
	struct str id;
	uint64_t   thread;
};

struct threads {
	const struct str *ids;          /* to look up */
	size_t            n;
	uint64_t          since;
	struct arena      arena;
	VEC(struct found) v;
};

/* 0: the reader lost its revision. */
static uint64_t thread_of(notmuch_message_t *msg)
{
	const char *z = notmuch_message_get_thread_id(msg);

	return z ? strtoull(z, NULL, 16) : 0;
}

static int look_up(struct index *x, struct threads *t, struct str id)
{
	notmuch_message_t *msg = NULL;
	uint64_t           thread = 0;
	int                r = 0;

	if (id.n > 0 && !memchr(id.p, '\0', id.n))
		r = index_error(notmuch_database_find_message(x->db, arena_z(&t->arena, id), &msg));
	if (msg) {
		thread = thread_of(msg);
		notmuch_message_destroy(msg);
		r = thread == 0 ? -EAGAIN : r;
	}
	if (r == 0)
		VEC_PUSH(&t->v, ((struct found){ id, thread }));
	return r;
}

static int look_up_once(struct index *x, void *arg)
{
	struct threads *t = arg;
	int             r = 0;

	t->v.n = 0;
	for (size_t i = 0; r == 0 && i < t->n; i++)
		r = look_up(x, t, t->ids[i]);
	return r;
}

static int walk(notmuch_messages_t *m, struct threads *t)
{
	for (; notmuch_messages_valid(m); notmuch_messages_move_to_next(m)) {
		notmuch_message_t *msg = notmuch_messages_get(m);
		const char        *id = msg ? notmuch_message_get_header(msg, "message-id") : NULL;
		uint64_t           thread = id ? thread_of(msg) : 0;

		if (thread != 0)
			VEC_PUSH(&t->v, ((struct found){ arena_str(&t->arena, str_of(id)), thread }));
		if (msg)
			notmuch_message_destroy(msg);
		if (thread == 0)
			return -EAGAIN;
	}
	return 0;
}

static int changed_once(struct index *x, void *arg)
{
	struct threads     *t = arg;
	notmuch_messages_t *m;
	notmuch_query_t    *q;
	char                query[64] = "*";
	int                 r;

	t->v.n = 0;
	arena_reset(&t->arena);
	if (t->since > 0)
		snprintf(query, sizeof(query), "lastmod:%llu..", (unsigned long long)t->since + 1);
	r = index_error(notmuch_query_create_with_syntax(x->db, query, NOTMUCH_QUERY_SYNTAX_XAPIAN, &q));
	if (r < 0)
		return r;
	notmuch_query_set_sort(q, NOTMUCH_SORT_UNSORTED);
	r = index_error(notmuch_query_search_messages(q, &m));
	if (r == 0)
		r = walk(m, t);
	notmuch_query_destroy(q);
	return r;
}

static int tell(struct threads *t, int r, index_thread_fn fn, void *arg)
{
	for (size_t i = 0; r == 0 && i < t->v.n; i++)
		fn(arg, t->v.p[i].id, t->v.p[i].thread);
	VEC_FREE(&t->v);
	arena_free(&t->arena);
	return r;
}

int index_threads(struct index *x, const struct str *ids, size_t n, index_thread_fn fn, void *arg)
{
	struct threads t = { .ids = ids, .n = n, .arena = ARENA_INIT };

	return tell(&t, index_retry(x, look_up_once, &t), fn, arg);
}

int index_threads_changed(struct index *x, uint64_t since, index_thread_fn fn, void *arg)
{
	struct threads t = { .since = since, .arena = ARENA_INIT };

	return tell(&t, index_retry(x, changed_once, &t), fn, arg);
}

bool index_threads_many(struct index *x, size_t n)
{
	uint32_t all;

	return index_count(x, "*", &all) == 0 && n > all / MANY;
}
