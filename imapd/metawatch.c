/* What clients set is in a log. What is notmuch's, named queries, is compared with what it was when last told. */
#include "metawatch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "die.h"
#include "log.h"
#include "metaline.h"
#include "vec.h"

struct metawatch {
	uint64_t               told;    /* changes of the log up to here are known to the client */
	struct arena           arena;   /* of the queries */
	struct metadata_query *queries; /* as the client knows them */
	size_t                 n;
};

struct change {
	struct str box, entry;
};

struct changes {
	struct arena *a;
	VEC(struct change) v;
	size_t        n_known;          /* the first of them are not told */
};

static void ignore(void *arg, struct str box, struct str entry)
{
}

struct metawatch *metawatch_new(struct store *s)
{
	struct metawatch   *w = calloc(1, sizeof(*w));
	struct metadata_log log = { .before = UINT64_MAX };

	if (!w)
		die_memory();
	if (metadata_changes(s, &log, ignore, NULL) == 0)
		w->told = log.after;
	if (metadata_queries(s, &w->arena, &w->queries, &w->n) < 0)
		w->n = 0;
	return w;
}

void metawatch_free(struct metawatch *w)
{
	if (!w)
		return;
	arena_free(&w->arena);
	free(w);
}

/* What changed several times is told once. */
static void take(void *arg, struct str box, struct str entry)
{
	struct changes *c = arg;

	for (size_t i = 0; i < c->v.n; i++)
		if (str_eq(c->v.p[i].box, box) && str_ieq(c->v.p[i].entry, entry))
			return;
	VEC_PUSH(&c->v, ((struct change){ arena_str(c->a, box), arena_str(c->a, entry) }));
}

static bool same(const struct metadata_query *x, const struct metadata_query *y)
{
	return str_eq(x->box, y->box) && str_eq(x->entry, y->entry) && str_eq(x->text, y->text);
}

static bool has(const struct metadata_query *v, size_t n, const struct metadata_query *q)
{
	for (size_t i = 0; i < n; i++)
		if (same(&v[i], q))
			return true;
	return false;
}

/* Those of one list that the other has not, or has with another text. An entry without a name or mailbox is not shown. */
static void take_missing(struct changes *c, const struct metadata_query *v, size_t n, const struct metadata_query *in, size_t n_in)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].entry.n > 0 && v[i].box.p && !has(in, n_in, &v[i]))
			take(c, v[i].box, v[i].entry);
}

static void take_queries(struct session *s, struct changes *c)
{
	struct metawatch      *w = s->metawatch;
	struct arena           a = ARENA_INIT;
	struct metadata_query *now;
	size_t                 n, at = 0;

	if (metadata_queries(s->store, &a, &now, &n) < 0) {
		arena_free(&a);         /* the index cannot be read: another time */
		return;
	}
	while (at < n && at < w->n && same(&now[at], &w->queries[at]))
		at++;
	if (at < n || at < w->n) {
		take_missing(c, now + at, n - at, w->queries, w->n);
		take_missing(c, w->queries, w->n, now, n);
	}
	arena_free(&w->arena);
	w->arena = a;
	w->queries = now;
	w->n = n;
}

/* until: of the log; 0 for all. */
static void take_log(struct session *s, uint64_t until, struct changes *c)
{
	struct metadata_log log = { .before = s->metawatch->told, .after = until };
	int                 r = metadata_changes(s->store, &log, take, c);

	if (r == 0)
		s->metawatch->told = log.after;
	else if (r == -ESTALE)
		reply_bye(s, NULL, "Too many annotations have changed to tell of each; please connect again");
	else
		log_line(LOG_WARNING, "following annotations: %s", strerror(-r));
}

static void tell(struct session *s, struct changes *c)
{
	for (size_t i = c->n_known; i < c->v.n && !s->leaving; i++)
		metaline_changed(s, c->v.p[i].box, c->v.p[i].entry);
	VEC_FREE(&c->v);
}

void metawatch_report(struct session *s, struct arena *a)
{
	struct changes c = { .a = a };

	if (!s->metawatch || s->leaving)
		return;
	take_log(s, 0, &c);
	take_queries(s, &c);
	tell(s, &c);
}

void metawatch_own(struct session *s, struct str box, const struct metadata *v, size_t n, const struct metadata_log *log, struct arena *a)
{
	struct changes before = { .a = a }, after = { .a = a };

	if (!s->metawatch)
		return;
	if (s->metawatch->told < log->before)
		take_log(s, log->before, &before);
	tell(s, &before);
	s->metawatch->told = log->after;
	for (size_t i = 0; i < n; i++)
		take(&after, box, v[i].entry);
	after.n_known = after.v.n;
	take_queries(s, &after);
	tell(s, &after);
}
