#include "pending.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "journal.h"
#include "strmap.h"
#include "vec.h"

struct summing {
	struct store    *s;
	struct pending  *out;
	struct strmap    kinds;                 /* a step each */
	struct arena     tmp;
	VEC(struct str)  gone;                  /* messages that are in no folder any more: the index is asked what it knows of them */
};

static void put_tags(struct buf *b, const struct str *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_str(b, v[i]);
		buf_putc(b, '\0');
	}
	buf_putc(b, '\0');
}

static const struct str *copy(struct arena *a, const struct str *v, size_t n)
{
	struct str *c = ARENA_NEW_N(a, n, struct str);

	for (size_t i = 0; i < n; i++)
		c[i] = arena_str(a, v[i]);
	return c;
}

static void add(struct summing *x, const struct pending_step *step)
{
	struct arena       *a = &x->out->arena;
	struct buf          kind = BUF(1024 * 1024);
	struct pending_step mine = *step;
	uint32_t            at;

	buf_putc(&kind, (char)('0' + step->was + 2 * step->is));
	put_tags(&kind, step->before, step->n_before);
	put_tags(&kind, step->after, step->n_after);
	at = strmap_get(&x->kinds, buf_view(&kind));
	if (at == STRMAP_NONE) {
		at = strmap_add(&x->kinds, arena_str(a, buf_view(&kind)));
		mine.before = copy(a, step->before, step->n_before);
		mine.after = copy(a, step->after, step->n_after);
		mine.n = 0;
		VEC_PUSH(x->out, mine);
	}
	buf_free(&kind);
	x->out->p[at].n++;
}

/* A message with records. */
static int take(struct summing *x, struct state_txn *t, struct str id)
{
	struct pending_step step = { .was = true, .is = true };
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
		add(x, &(struct pending_step){ .before = tags, .n_before = n, .was = true });
}

static int sum_up(struct store *s, struct state_txn *t, struct pending *ret)
{
	struct summing x = { .s = s, .out = ret };
	struct index  *index = store_index(s);
	int            r = take_all(&x, t);

	if (r == 0 && index && x.gone.n > 0)
		r = index_tags(index, x.gone.p, x.gone.n, take_gone, &x);
	VEC_FREE(&x.gone);
	strmap_free(&x.kinds);
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
	VEC_FREE(p);
	arena_free(&p->arena);
	free(p);
}

static bool has(const struct str *v, size_t n, struct str tag)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], tag))
			return true;
	return false;
}

static bool belongs(const struct vbox *v, const struct str *tags, size_t n, bool unread)
{
	return has(tags, n, v->arg) == (v->kind == VBOX_TAG) && (!unread || has(tags, n, STR("unread")));
}

static int64_t difference(const struct pending *p, const struct vbox *v, bool unread)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct pending_step *s = &p->p[i];

		sum += (s->is && belongs(v, s->after, s->n_after, unread)) ? s->n : 0;
		sum -= (s->was && belongs(v, s->before, s->n_before, unread)) ? s->n : 0;
	}
	return sum;
}

int64_t pending_messages(const struct pending *p, const struct vbox *v)
{
	return difference(p, v, false);
}

int64_t pending_unseen(const struct pending *p, const struct vbox *v)
{
	return difference(p, v, true);
}
