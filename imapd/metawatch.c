#include "metawatch.h"

#include <stdlib.h>

#include "command.h"
#include "die.h"
#include "log.h"
#include "metaline.h"
#include "vec.h"

struct metawatch {
	uint64_t told;                  /* changes of the log up to here are known to the client */
};

struct change {
	struct str box, entry;
};

struct changes {
	struct arena *a;
	VEC(struct change) v;
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
	return w;
}

void metawatch_free(struct metawatch *w)
{
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

/* until: 0 for all. */
static void tell(struct session *s, uint64_t until, struct arena *a)
{
	struct changes      c = { .a = a };
	struct metadata_log log = { .before = s->metawatch->told, .after = until };
	int                 r = metadata_changes(s->store, &log, take, &c);

	if (r < 0)
		log_line(LOG_WARNING, "following annotations: %s", store_why(s->store));
	else
		s->metawatch->told = log.after;
	for (size_t i = 0; r == 0 && i < c.v.n; i++)
		metaline_changed(s, c.v.p[i].box, c.v.p[i].entry);
	VEC_FREE(&c.v);
}

void metawatch_report(struct session *s, struct arena *a)
{
	if (s->metawatch && !s->leaving)
		tell(s, 0, a);
}

void metawatch_own(struct session *s, const struct metadata_log *log, struct arena *a)
{
	if (!s->metawatch)
		return;
	if (s->metawatch->told < log->before)
		tell(s, log->before, a);
	s->metawatch->told = log->after;
}
