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
	bool              was, is;              /* whether the index knows it; whether it will be there */
};

struct summing {
	struct pending  *out;
	struct arena     tmp;
	VEC(struct str)  gone;                  /* messages that are in no folder any more: the index is asked what it knows of them */
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

static void add(struct summing *x, const struct step *s)
{
	if (s->was)
		count_tags(x->out, s->before, s->n_before, -1);
	if (s->is)
		count_tags(x->out, s->after, s->n_after, 1);
}

/* A message with records. */
static int take(struct summing *x, struct state_txn *t, struct str id)
{
	struct step       step = { .was = true, .is = true };
	struct state_mail   m;
	struct row          row;
	struct str         *tags;
	uint64_t           *serials;
	size_t              n;
	int                 r = state_mails_of_id(t, id, &x->tmp, &serials, &n);

	if (r == 0 && n == 0) {
		VEC_PUSH(&x->gone, arena_str(&x->out->arena, id));
		return 0;
	}
	if (r == 0)
		r = state_mail_get(t, serials[0], &m);
	if (r == 0)
		r = state_row_get(t, m.box, m.uid, &row);
	if (r == 0)
		r = state_tags_list(t, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset }, &x->tmp, &tags, &step.n_after);
	if (r < 0)
		return r;
	step.after = step.before = tags;
	step.n_before = step.n_after;
	r = journal_before(t, id, &x->tmp, &step.was, &step.before, &step.n_before);
	if (r == 0)
		add(x, &step);
	arena_reset(&x->tmp);
	return r;
}

static int take_all(struct summing *x, struct state_txn *t)
{
	struct arena   a = ARENA_INIT;
	struct db_walk w;
	struct str     last = STR_NONE;
	int            r = db_walk_begin(t->db, STATE_PENDING, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		struct str id = str_mid(w.key, 0, w.key.n - 9);

		if (last.p && str_eq(id, last))
			continue;
		arena_reset(&a);
		last = arena_str(&a, id);
		r = take(x, t, last);
	}
	db_walk_end(&w);
	arena_free(&a);
	return r;
}

static void take_gone(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct summing *x = arg;

	if (known)
		add(x, &(struct step){ .before = tags, .n_before = n, .was = true });
}

static int sum_up(struct store *s, struct state_txn *t, struct pending *ret)
{
	struct summing x = { .out = ret };
	struct index  *index = store_index(s);
	int            r = take_all(&x, t);

	if (r == 0 && index && x.gone.n > 0)
		r = index_tags(index, x.gone.p, x.gone.n, take_gone, &x);
	VEC_FREE(&x.gone);
	arena_free(&x.tmp);
	return r;
}

static struct pending *new(void)
{
	struct pending *p = calloc(1, sizeof(*p));

	if (!p)
		die_memory();
	return p;
}

int pending_get(struct store *s, const struct pending **ret)
{
	struct state_txn t;
	uint64_t         first = 0, last = 0;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	journal_ends(&t, &first, &last);
	if (!s->pending || s->pending->first != first || s->pending->last != last) {
		pending_free(s->pending);
		s->pending = new();
		s->pending->first = first;
		s->pending->last = last;
		r = last > 0 ? sum_up(s, &t, s->pending) : 0;
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
