#include "pending.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "journal.h"
#include "vec.h"

/* A message: its tags in the index, and those it will have. */
struct step {
	const struct str *before, *after;
	size_t            n_before, n_after;
	bool              was, is;              /* whether the index knows it; whether it will */
};

struct summing {
	struct pending     *out;
	struct state_txn   *t;
	struct arena        tmp;
	struct str         *ids;                /* of the messages that the journal speaks of */
	size_t              n_ids;
	int                 r;
};

static bool has(const struct str *v, size_t n, struct str tag)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], tag))
			return true;
	return false;
}

static void count(struct pending_counts *c, int by, bool unread)
{
	c->messages += by;
	c->unseen += unread ? by : 0;
}

static uint32_t number_of(struct pending *p, struct str tag)
{
	uint32_t at = strmap_get(&p->tags, tag);

	if (at != STRMAP_NONE)
		return at;
	at = strmap_add(&p->tags, arena_str(&p->arena, tag));
	if (p->n_of == p->cap_of)
		p->of = vec_grow(p->of, &p->cap_of, p->n_of + 1, sizeof(*p->of));
	if (p->n_given == p->cap_given)
		p->given = vec_grow(p->given, &p->cap_given, p->n_given + 1, sizeof(*p->given));
	p->of[p->n_of++] = (struct pending_counts){ 0 };
	p->given[p->n_given++] = false;
	return at;
}

static void count_tags(struct pending *p, const struct str *tags, size_t n, int by)
{
	bool unread = has(tags, n, STR("unread"));

	count(&p->all, by, unread);
	for (size_t i = 0; i < n; i++) {
		uint32_t at = number_of(p, tags[i]);

		count(&p->of[at], by, unread);
		p->given[at] |= by > 0;
	}
}

static void add(struct pending *p, const struct step *s)
{
	if (s->was)
		count_tags(p, s->before, s->n_before, -1);
	if (s->is)
		count_tags(p, s->after, s->n_after, 1);
}

/* A message of the journal: who is in no folder any more leaves the index. */
static void take(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct summing *x = arg;
	struct step     step = { .before = tags, .after = tags, .n_before = n, .n_after = n, .was = known, .is = known };
	struct str      id = x->ids[i];
	uint64_t       *serials;
	size_t          n_serials;

	arena_reset(&x->tmp);
	if (x->r == 0)
		x->r = state_mails_of_id(x->t, id, &x->tmp, &serials, &n_serials);
	if (x->r == 0)
		x->r = journal_tags(x->t, id, &x->tmp, &step.is, &step.after, &step.n_after);
	if (x->r < 0)
		return;
	step.is = step.is && n_serials > 0;
	add(x->out, &step);
}

static int sum_up(struct state_txn *t, struct index *index, struct pending *ret)
{
	struct summing x = { .out = ret, .t = t };
	int            r = journal_messages(t, &ret->arena, &x.ids, &x.n_ids);

	if (r == 0 && index && x.n_ids > 0)
		r = index_tags(index, x.ids, x.n_ids, take, &x);
	for (size_t i = 0; r == 0 && !index && i < x.n_ids; i++)
		take(&x, i, false, NULL, 0);
	if (index)
		index_version(index, &ret->index);
	arena_free(&x.tmp);
	return r < 0 ? r : x.r;
}

static struct pending *new(void)
{
	struct pending *p = calloc(1, sizeof(*p));

	if (!p)
		die_memory();
	return p;
}

/* The state first: what has left the journal by then is in the index. */
int pending_get(struct store *s, const struct pending **ret, struct index **ret_index)
{
	struct state_txn t;
	uint64_t         state;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	*ret_index = store_index(s);
	state = db_number(t.db);
	if (!s->pending || s->pending->state != state || (*ret_index && !pending_holds(s->pending, *ret_index))) {
		pending_free(s->pending);
		s->pending = new();
		s->pending->state = state;
		r = sum_up(&t, *ret_index, s->pending);
	}
	state_abort(&t);
	if (r < 0) {
		pending_free(s->pending);
		s->pending = NULL;
		return r;
	}
	*ret = s->pending;
	return 0;
}

bool pending_holds(const struct pending *p, struct index *x)
{
	struct index_version now;

	index_version(x, &now);
	return now.revision == p->index.revision && strcmp(now.uuid, p->index.uuid) == 0;
}

void pending_free(struct pending *p)
{
	if (!p)
		return;
	strmap_free(&p->tags);
	free(p->of);
	free(p->given);
	arena_free(&p->arena);
	free(p);
}

struct pending_counts pending_of(const struct pending *p, const struct vbox *v)
{
	uint32_t              at = strmap_get(&p->tags, v->arg);
	struct pending_counts c = at == STRMAP_NONE ? (struct pending_counts){ 0 } : p->of[at];

	return v->kind == VBOX_TAG ? c : (struct pending_counts){ p->all.messages - c.messages, p->all.unseen - c.unseen };
}
