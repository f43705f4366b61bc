#include "thread.h"

#include <stdlib.h>
#include <string.h>

#include "strmap.h"
#include "thread_priv.h"
#include "traits.h"

enum { CHUNK = 1024 };

struct loading {
	struct thread_mails mails;
	struct row         *rows;               /* CHUNK; serials likewise */
	uint64_t           *serials;
	struct arena       *a;
	struct arena        texts;              /* of ids: of no use when all have their numbers */
	struct strmap       ids, bases;         /* bases: subjects */
	bool               *taken;              /* ids that a mail has; by number */
	size_t              n_taken;
	bool                subjects, references; /* what is asked for */
};

static uint32_t number_of(struct strmap *m, struct arena *a, struct str s)
{
	uint32_t n = strmap_get(m, s);

	return n != STRMAP_NONE ? n : strmap_add(m, arena_str(a, s));
}

static struct str subject(struct loading *l, struct str base)
{
	uint32_t n = number_of(&l->bases, l->a, base);

	return l->bases.keys[n];
}

static uint32_t id_number(struct loading *l, struct str id)
{
	return number_of(&l->ids, &l->texts, id);
}

/* True for the first mail with that id: later ones count as having none. */
static bool take_id(struct loading *l, uint32_t id)
{
	if (id >= l->n_taken) {
		size_t n = 2 * (size_t)id + 64;
		bool  *more = ARENA_NEW_N(l->a, n, bool);

		if (l->n_taken > 0)
			memcpy(more, l->taken, l->n_taken * sizeof(*more));
		l->taken = more;
		l->n_taken = n;
	}
	if (l->taken[id])
		return false;
	l->taken[id] = true;
	return true;
}

static size_t count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static void take_ids(struct loading *l, const struct traits *t, struct thread_mail *m)
{
	struct str id = t->text[TRAIT_ID], rest = t->text[TRAIT_REFERENCES], line;
	uint32_t  *refs = ARENA_NEW_N(l->a, count_lines(rest), uint32_t);

	m->id = THREAD_NONE;
	if (id.n > 0) {
		uint32_t n = id_number(l, str_mid(id, 0, id.n - 1));

		if (take_id(l, n))
			m->id = n;
	}
	while (str_cut(rest, '\n', &line, &rest))
		refs[m->n_refs++] = id_number(l, line);
	m->refs = refs;
}

static void take(void *arg, size_t i, const struct traits *t)
{
	struct loading     *l = arg;
	const struct row   *row = &l->rows[i];
	struct thread_mail *m;

	if (row->uid == 0)
		return;
	m = &l->mails.p[l->mails.n++];
	m->uid = row->uid;
	m->arrived = row->date;
	m->sent = t->has_sent ? t->sent : row->date;
	m->reply = t->reply;
	if (l->subjects)
		m->subject = subject(l, t->text[TRAIT_SUBJECT]);
	if (l->references)
		take_ids(l, t, m);
}

static int load(struct loading *l, struct store *s, struct box *b, const uint32_t *uids, size_t n)
{
	int r = 0;

	for (size_t first = 0; r == 0 && first < n; first += CHUNK) {
		size_t some = n - first < CHUNK ? n - first : CHUNK;

		r = box_rows(b, uids + first, some, l->rows);
		for (size_t i = 0; r == 0 && i < some; i++)
			l->serials[i] = l->rows[i].serial;
		if (r == 0)
			r = traits_load(s, l->serials, some, take, l);
	}
	return r;
}

int thread_run(struct store *s, struct box *b, enum thread_algorithm how, const uint32_t *uids, size_t n, struct arena *a,
	struct thread_forest *ret)
{
	static struct thread_forest (*const algorithms[])(const struct thread_mails *) = {
		[THREAD_ORDEREDSUBJECT] = thread_by_subject, [THREAD_REFERENCES] = thread_by_references, [THREAD_REFS] = thread_by_refs,
	};
	struct loading l = {
		.mails = { .p = ARENA_NEW_N(a, n, struct thread_mail), .a = a }, .a = a, .subjects = how != THREAD_REFS,
		.references = how != THREAD_ORDEREDSUBJECT, .texts = ARENA_INIT, .rows = ARENA_NEW_N(a, CHUNK, struct row),
		.serials = ARENA_NEW_N(a, CHUNK, uint64_t),
	};
	int r = load(&l, s, b, uids, n);

	l.mails.n_ids = l.ids.n;
	strmap_free(&l.ids);
	strmap_free(&l.bases);
	arena_free(&l.texts);
	if (r < 0)
		return r;
	*ret = algorithms[how](&l.mails);
	return 0;
}

uint32_t thread_next(const struct thread_forest *f, uint32_t at)
{
	const struct thread_node *nodes = f->nodes;

	if (nodes[at].child != THREAD_NONE)
		return nodes[at].child;
	while (nodes[at].parent != THREAD_NONE) {
		if (nodes[at].next != THREAD_NONE)
			return nodes[at].next;
		at = nodes[at].parent;
	}
	return THREAD_NONE;
}

struct dated {
	int64_t  sent;
	uint32_t mail;
};

static int by_sent(const void *p, const void *q)
{
	const struct dated *x = p, *y = q;

	if (x->sent != y->sent)
		return x->sent < y->sent ? -1 : 1;
	return (x->mail > y->mail) - (x->mail < y->mail);
}

uint32_t *thread_sent_order(const struct thread_mails *mails)
{
	struct dated *dated = ARENA_NEW_N(mails->a, mails->n, struct dated);
	uint32_t     *order = ARENA_NEW_N(mails->a, mails->n, uint32_t);

	for (uint32_t i = 0; i < mails->n; i++)
		dated[i] = (struct dated){ mails->p[i].sent, i };
	qsort(dated, mails->n, sizeof(*dated), by_sent);
	for (size_t i = 0; i < mails->n; i++)
		order[i] = dated[i].mail;
	return order;
}

/* Behind the last child so far. */
static void append(struct thread_node *nodes, uint32_t *last, uint32_t *first, uint32_t at)
{
	if (*last == THREAD_NONE)
		*first = at;
	else
		nodes[*last].next = at;
	*last = at;
}

struct thread_forest thread_plant(const struct thread_mails *mails, const uint32_t *parent, size_t n, const uint32_t *order)
{
	struct thread_forest f = { .nodes = ARENA_NEW_N(mails->a, n, struct thread_node), .first = THREAD_NONE };
	uint32_t            *last = ARENA_NEW_N(mails->a, n, uint32_t), last_top = THREAD_NONE;

	for (size_t i = 0; i < n; i++) {
		f.nodes[i] = (struct thread_node){ i < mails->n ? mails->p[i].uid : 0, parent[i], THREAD_NONE, THREAD_NONE };
		last[i] = THREAD_NONE;
	}
	for (size_t i = 0; i < mails->n; i++) {
		uint32_t m = order[i], up = parent[m];

		if (up == THREAD_NONE) {
			append(f.nodes, &last_top, &f.first, m);
			continue;
		}
		if (up >= mails->n && last[up] == THREAD_NONE)
			append(f.nodes, &last_top, &f.first, up);
		append(f.nodes, &last[up], &f.nodes[up].child, m);
	}
	return f;
}
