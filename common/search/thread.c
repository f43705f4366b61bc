#include "thread.h"

#include "numbers.h"
#include "radix.h"
#include "thread_priv.h"
#include "traits.h"

enum { CHUNK = 1024 };

struct loading {
	struct store       *s;
	struct box         *b;
	struct thread_mails mails;
	struct thread_links links;
	struct numbers      ids, subjects;
	size_t              n_refs;
	bool                by_references, by_subject;  /* what is asked for */
	int64_t            *sent;
	size_t              first;              /* of the chunk */
};

static size_t count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* What a mail says of itself. Of several with one id it is that of the first. */
static void take_own(void *arg, size_t i, const struct traits *t)
{
	struct loading *l = arg;
	uint32_t        m = (uint32_t)(l->first + i);
	struct str      subject = t->text[TRAIT_SUBJECT], id = t->text[TRAIT_ID];

	if (t->has_sent)
		l->sent[m] = t->sent;
	l->mails.replies[m] = t->reply;
	if (l->by_subject && subject.n > 0) {
		l->mails.subjects[m] = numbers_put(&l->subjects, subject, (uint32_t)l->mails.n_subjects);
		l->mails.n_subjects += l->mails.subjects[m] == l->mails.n_subjects;
	}
	if (!l->by_references)
		return;
	if (id.n > 0)
		numbers_put(&l->ids, str_mid(id, 0, id.n - 1), m);
	l->n_refs += count_lines(t->text[TRAIT_REFERENCES]);
}

/* The node of an id; THREAD_NONE: a mail says more now than it did before. */
static uint32_t node_of(struct loading *l, struct str id)
{
	struct thread_links *links = &l->links;
	uint32_t             node = numbers_put(&l->ids, id, (uint32_t)links->n_nodes);

	if (node < links->n_nodes)
		return node;
	if (links->n_nodes == links->most)
		return THREAD_NONE;
	thread_links_add(links);
	return node;
}

static void take_references(void *arg, size_t i, const struct traits *t)
{
	struct loading *l = arg;
	struct str      rest = t->text[TRAIT_REFERENCES], line;
	uint32_t        before = THREAD_NONE;

	while (str_cut(rest, '\n', &line, &rest)) {
		uint32_t ref = node_of(l, line);

		if (ref == THREAD_NONE)
			break;
		thread_link_reference(&l->links, before, ref);
		before = ref;
	}
	thread_link_mail(&l->links, before, (uint32_t)(l->first + i));
}

static int load(struct loading *l, traits_fn fn)
{
	struct arena a = ARENA_INIT;
	struct row  *rows = ARENA_NEW_N(&a, CHUNK, struct row);
	uint64_t    *serials = ARENA_NEW_N(&a, CHUNK, uint64_t);
	int          r = 0;

	for (l->first = 0; l->first < l->mails.n && r == 0; l->first += CHUNK) {
		size_t some = l->mails.n - l->first < CHUNK ? l->mails.n - l->first : CHUNK;

		r = box_rows(l->b, l->mails.uids + l->first, some, rows);
		for (size_t i = 0; i < some && r == 0; i++) {
			serials[i] = rows[i].serial;
			l->sent[l->first + i] = rows[i].date;
			if (l->mails.arrived)
				l->mails.arrived[l->first + i] = rows[i].date;
		}
		if (r == 0)
			r = traits_load(l->s, serials, some, fn, l);
	}
	arena_free(&a);
	return r;
}

static int load_links(struct loading *l)
{
	int r;

	l->links = thread_links_begin(l->mails.work, l->mails.n, l->n_refs);
	r = load(l, take_references);
	if (r == 0)
		thread_links_end(&l->links, &l->mails);
	return r;
}

int thread_run(struct store *s, struct box *b, enum thread_algorithm how, const uint32_t *uids, size_t n, struct scratch *work,
	struct thread_forest *ret)
{
	static struct thread_forest (*const algorithms[])(struct thread_mails *) = {
		[THREAD_ORDEREDSUBJECT] = thread_by_subject, [THREAD_REFERENCES] = thread_by_references, [THREAD_REFS] = thread_by_refs,
	};
	struct loading l = {
		.s = s, .b = b, .by_references = how != THREAD_ORDEREDSUBJECT, .by_subject = how != THREAD_REFS,
		.sent = SCRATCH_NEW_N(work, n, int64_t), .mails = { .n = n, .uids = uids, .n_subjects = 1, .work = work },
	};
	int r;

	l.mails.subjects = SCRATCH_NEW_N(work, n, uint32_t);
	l.mails.replies = SCRATCH_NEW_N(work, n, bool);
	if (how == THREAD_REFS)
		l.mails.arrived = SCRATCH_NEW_N(work, n, int64_t);
	if (l.by_subject)
		l.subjects = numbers_begin(work, n / 4);
	if (l.by_references)
		l.ids = numbers_begin(work, n);
	r = load(&l, take_own);
	l.mails.order = thread_order(work, l.sent, n);
	if (r == 0 && l.by_references)
		r = load_links(&l);
	if (r == 0)
		*ret = algorithms[how](&l.mails);
	return r;
}

/* By 32 bits of how far they are from the first date. v has room for as many. */
static void order_by_half(uint32_t *order, const int64_t *dates, size_t n, int64_t first, unsigned shift, uint64_t *v)
{
	for (size_t i = 0; i < n; i++)
		v[i] = ((uint64_t)dates[order[i]] - (uint64_t)first) >> shift << 32 | i;
	radix_sort(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = order[(uint32_t)v[i]];
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)v[i];
}

uint32_t *thread_order(struct scratch *work, const int64_t *dates, size_t n)
{
	uint32_t *order = SCRATCH_NEW_N(work, n, uint32_t);
	uint64_t *v = SCRATCH_NEW_N(work, n, uint64_t);
	int64_t   first = INT64_MAX, last = INT64_MIN;

	for (size_t i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		first = dates[i] < first ? dates[i] : first;
		last = dates[i] > last ? dates[i] : last;
	}
	order_by_half(order, dates, n, first, 0, v);
	if ((uint64_t)last - (uint64_t)first > UINT32_MAX)
		order_by_half(order, dates, n, first, 32, v);
	return order;
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

static void prepend(struct thread_node *nodes, uint32_t *first, uint32_t at)
{
	nodes[at].next = *first;
	*first = at;
}

struct thread_forest thread_plant(const struct thread_mails *mails, struct thread_node *nodes)
{
	struct thread_forest f = {
		.nodes = nodes ? nodes : SCRATCH_NEW_N(mails->work, thread_room(mails->n), struct thread_node), .first = THREAD_NONE,
	};

	for (size_t i = 0; i < mails->n_nodes; i++)
		f.nodes[i] = (struct thread_node){ i < mails->n ? mails->uids[i] : 0, mails->parent[i], THREAD_NONE, THREAD_NONE };
	for (size_t i = mails->n; i-- > 0;) {
		uint32_t at = mails->order[i];

		if (mails->parent[at] != THREAD_NONE)
			prepend(f.nodes, &f.nodes[mails->parent[at]].child, at);
	}
	for (size_t i = mails->n; i-- > 0;) {
		uint32_t at = mails->order[i], up = mails->parent[at];

		if (up == THREAD_NONE)
			prepend(f.nodes, &f.first, at);
		else if (up >= mails->n && f.nodes[up].child == at)
			prepend(f.nodes, &f.first, up);
	}
	return f;
}
