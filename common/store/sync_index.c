#include "sync.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "die.h"
#include "drain.h"
#include "index_stamp.h"
#include "index_write.h"
#include "journal.h"
#include "log.h"
#include "newcomers.h"
#include "vec.h"

enum { TRIES = 4 };

/* What the state says it has seen of the index. */
struct seen {
	struct index_stamp stamp;
	uint64_t           revision, drained;
	char               uuid[40];
	bool               no_mail;
};

static void read_seen(struct state_txn *t, struct seen *ret)
{
	struct str     v;
	struct db_walk w;

	*ret = (struct seen){ .revision = state_counter(t, "index-revision"), .drained = state_counter(t, "drained") };
	if (db_get(t->db, STATE_META, STR("index-stamp"), &v) == 0 && v.n == sizeof(ret->stamp))
		memcpy(&ret->stamp, v.p, sizeof(ret->stamp));
	if (db_get(t->db, STATE_META, STR("index-uuid"), &v) == 0)
		snprintf(ret->uuid, sizeof(ret->uuid), "%.*s", STR_ARG(v));
	if (db_walk_begin(t->db, STATE_MAIL, STR_NONE, STR_NONE, &w) == 0) {
		ret->no_mail = !db_walk_next(&w);
		db_walk_end(&w);
	}
}

/* stamp NULL: it is another one by now. */
static int write_seen(struct state_txn *t, const struct index_stamp *stamp, const struct index_version *v)
{
	int r = state_set(t, "index-revision", v->revision);

	if (r == 0)
		r = db_put(t->db, STATE_META, STR("index-uuid"), str_of(v->uuid));
	if (r == 0 && stamp)
		r = db_put(t->db, STATE_META, STR("index-stamp"), (struct str){ (const char *)stamp, sizeof(*stamp) });
	return r;
}

struct message {
	struct str  id;
	struct str *tags;
	size_t      n_tags;
};

struct news {
	struct arena arena;
	VEC(struct message) v;
	bool         journal;                   /* the index has something to learn of them */
};

struct sync_drained {
	struct store        *s;
	struct index_section done;
	bool                 follows;           /* the state knew all that the index had before */
	bool                 newest;            /* nobody has changed the index since */
	struct index_stamp   stamp;             /* then */
	const struct str    *ids;
	struct news          news;
};

static void collect(void *arg, struct str id, const struct str *tags, size_t n)
{
	struct news   *w = arg;
	struct message m = { .id = arena_str(&w->arena, id), .tags = ARENA_NEW_N(&w->arena, n, struct str), .n_tags = n };

	for (size_t i = 0; i < n; i++)
		m.tags[i] = arena_str(&w->arena, tags[i]);
	VEC_PUSH(&w->v, m);
}

/* Mails of which the index tells for the first time. If the drainer has missed their files (drain_batch.c, note_message), it has dropped what
 * clients did to them since, and then others indexed them: that is to be told again. */
static int take_indexed(struct store *s, struct state_txn *t, struct str id, const uint64_t *serials, size_t n, struct news *news)
{
	int r = 0;

	if (state_mails_unindexed(t, serials, n) && !journal_pending(t, id, JOURNAL_INDEX)) {
		r = newcomers_again(s, t, id, &news->arena);
		news->journal = true;
	}
	for (size_t i = 0; r == 0 && i < n; i++)
		r = state_mail_unindexed_set(t, serials[i], false);
	return r;
}

/* With what the index has still to learn. To wait until it has learned that would not do: what it knew already does not change it, so
 * it would not tell of the message again. */
static int apply_one(struct store *s, struct state_txn *t, const struct message *m, struct news *news)
{
	struct arena     *a = &news->arena;
	const struct str *tags = m->tags;
	size_t            n, n_tags = m->n_tags;
	bool              known = true;
	struct state_tags to;
	uint64_t         *serials;
	int               r = state_mails_of_id(t, m->id, a, &serials, &n);

	if (r < 0 || n == 0)
		return r;
	r = take_indexed(s, t, m->id, serials, n, news);
	if (r == 0)
		r = journal_tags(t, m->id, a, &known, &tags, &n_tags);
	if (r == 0)
		r = state_tags_of(t, tags, n_tags, &to);
	return r < 0 ? r : state_tags_apply(t, m->id, to);
}

/* -EAGAIN: the drainer or another session got in between, what was read may be old. */
static int apply(struct store *s, struct news *news, const struct seen *before, const struct index_stamp *stamp,
	const struct index_version *version)
{
	struct state_txn t;
	struct seen      now;
	int              r = state_write(&s->state, &t);

	if (r < 0)
		return r;
	read_seen(&t, &now);
	if (now.drained != before->drained || now.revision != before->revision || strcmp(now.uuid, before->uuid) != 0)
		r = -EAGAIN;
	for (size_t i = 0; r == 0 && i < news->v.n; i++)
		r = apply_one(s, &t, &news->v.p[i], news);
	if (r == 0)
		r = write_seen(&t, stamp, version);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == 0 && news->journal)
		drain_kick(s);
	return r;
}

static int once(struct store *s)
{
	struct news          news = { .arena = ARENA_INIT };
	struct index_stamp   stamp;
	struct index_version version;
	struct index        *x;
	struct state_txn     t;
	struct seen          seen;
	uint64_t             since;
	int                  r;

	if (index_stamp(s->index_conf, &stamp) < 0)
		return 0;
	r = state_read(&s->state, &t);
	if (r < 0)
		return r;
	read_seen(&t, &seen);
	state_abort(&t);
	if (memcmp(&stamp, &seen.stamp, sizeof(stamp)) == 0)
		return 0;
	x = store_index(s);
	if (!x)
		return 0;
	index_version(x, &version);
	since = strcmp(version.uuid, seen.uuid) == 0 ? seen.revision : 0;
	if (seen.no_mail || (since > 0 && version.revision == since))
		r = 0;
	else
		r = index_changed(x, since, collect, &news);
	if (r < 0)
		log_line(LOG_WARNING, "the notmuch index cannot be read now; flags may be behind");
	else
		r = apply(s, &news, &seen, &stamp, &version);
	VEC_FREE(&news.v);
	arena_free(&news.arena);
	return r == -EIO ? 0 : r;
}

static void collect_own(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct sync_drained *d = arg;

	if (known)
		collect(&d->news, d->ids[i], tags, n);
}

/* When the index cannot be read, or does not say what was committed, sessions find out by themselves. */
static void look(struct store *s, struct sync_drained *d, size_t n)
{
	struct index        *x;
	struct index_version now;

	d->follows = index_stamp(s->index_conf, &d->stamp) == 0 && (x = store_index(s)) != NULL;
	if (!d->follows)
		return;
	index_version(x, &now);
	d->newest = now.revision == d->done.after;
	d->follows = now.revision >= d->done.after && strcmp(now.uuid, d->done.before.uuid) == 0 &&
	             (n == 0 || index_tags(x, d->ids, n, collect_own, d) == 0);
}

static bool knew_all_before(struct state_txn *t, const struct index_section *done)
{
	struct seen seen;

	read_seen(t, &seen);
	return seen.revision == done->before.revision && strcmp(seen.uuid, done->before.uuid) == 0;
}

int sync_drained_look(struct store *s, const struct index_section *done, const struct str *ids, size_t n, struct sync_drained **ret)
{
	struct sync_drained *d = calloc(1, sizeof(*d));
	struct state_txn     t;
	int                  r;

	if (!d)
		die_memory();
	*d = (struct sync_drained){ .s = s, .done = *done, .ids = ids, .news.arena = ARENA_INIT };
	*ret = d;
	r = state_read(&s->state, &t);
	if (r < 0)
		return r;
	d->follows = knew_all_before(&t, done);
	state_abort(&t);
	if (d->follows)
		look(s, d, n);
	return 0;
}

int sync_drained_put(struct sync_drained *d, struct state_txn *t)
{
	struct index_version now = d->done.before;
	int                  r = 0;

	if (!d->follows || !knew_all_before(t, &d->done))
		return 0;
	for (size_t i = 0; r == 0 && i < d->news.v.n; i++)
		r = apply_one(d->s, t, &d->news.v.p[i], &d->news);
	now.revision = d->done.after;
	return r < 0 ? r : write_seen(t, d->newest ? &d->stamp : NULL, &now);
}

void sync_drained_free(struct sync_drained *d)
{
	if (!d)
		return;
	VEC_FREE(&d->news.v);
	arena_free(&d->news.arena);
	free(d);
}

int sync_index(struct store *s)
{
	int r = 0;

	for (int i = 0; i < TRIES; i++) {
		r = once(s);
		if (r != -EAGAIN)
			break;
	}
	if (r == -EAGAIN)
		return 0;               /* busy times: the next poll goes on */
	return r < 0 ? store_fail(s, r, "cannot write the state: %s", strerror(-r)) : 0;
}
