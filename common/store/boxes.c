#include "boxes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "box_priv.h"
#include "boxes_use.h"
#include "drain.h"
#include "folders.h"
#include "sync.h"
#include "sync_virtual.h"
#include "vbox.h"
#include "vec.h"

struct list {
	struct box_info *p;
	size_t           n, cap;
};

static int by_name(const void *a, const void *b)
{
	const struct box_info *x = a, *y = b;
	bool                   xi = str_eq(x->name, STR("INBOX")), yi = str_eq(y->name, STR("INBOX"));

	return xi != yi ? (int)yi - (int)xi : str_cmp(x->name, y->name);
}

static struct box_info *find(const struct list *l, struct str name)
{
	struct box_info key = { .name = name };

	return l->n > 0 ? bsearch(&key, l->p, l->n, sizeof(key), by_name) : NULL;
}

static void sort(struct list *l)
{
	if (l->n > 1)
		qsort(l->p, l->n, sizeof(*l->p), by_name);
}

/* The level above; n is 0 at the top. */
static struct str parent(struct str name)
{
	while (name.n > 0 && name.p[name.n - 1] != '/')
		name.n--;
	return str_mid(name, 0, name.n > 0 ? name.n - 1 : 0);
}

/* Levels that have no directory of their own (Maildir++, or a child of INBOX) are there all the same, and who has a child
 * says so. */
static void add_levels(struct list *l)
{
	struct list more = { 0 };

	for (size_t i = 0; i < l->n; i++)
		for (struct str up = parent(l->p[i].name); up.n > 0; up = parent(up)) {
			struct box_info *there = find(l, up);

			if (there)
				there->attrs |= BOX_HAS_CHILDREN;
			else
				VEC_PUSH(&more, ((struct box_info){ up, BOX_NOSELECT | BOX_HAS_CHILDREN, SPECIAL_NONE }));
		}
	sort(&more);
	for (size_t i = 0; i < more.n; i++)
		if (i == 0 || !str_eq(more.p[i].name, more.p[i - 1].name))
			VEC_PUSH(l, more.p[i]);
	VEC_FREE(&more);
	sort(l);
}

static void add_virtual(struct store *s, struct arena *a, struct list *l)
{
	struct vbox_name *v;
	struct list       more = { 0 };
	size_t            n, folders = l->n;

	vbox_list(s, a, &v, &n);
	sort(l);
	for (size_t i = 0; i < n; i++) {
		struct box_info *there = find(l, v[i].name);

		if (there)
			*there = (struct box_info){ v[i].name, BOX_VIRTUAL, v[i].special };
		else
			VEC_PUSH(&more, ((struct box_info){ v[i].name, BOX_VIRTUAL, v[i].special }));
	}
	sort(&more);
	for (size_t i = 0; i < more.n; i++)
		if (l->n == folders || !str_eq(more.p[i].name, l->p[l->n - 1].name))
			VEC_PUSH(l, more.p[i]);
	VEC_FREE(&more);
	sort(l);
}

/* By its name; a query may be undefined. */
static bool is_virtual(struct store *s, struct str name)
{
	struct arena a = ARENA_INIT;
	struct vbox  v;
	bool         is = vbox_find(s, &a, name, &v) < 0 || v.kind != VBOX_FOLDER;

	arena_free(&a);
	return is;
}

static int first_subscriptions(struct store *s, const struct list *l)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	for (size_t i = 0; r == 0 && i < l->n; i++)
		if (!(l->p[i].attrs & BOX_NOSELECT) && !is_virtual(s, l->p[i].name) && l->p[i].name.n <= DB_KEY_MAX)
			r = db_put(t.db, STATE_SUB, l->p[i].name, STR(""));
	if (r == 0)
		r = state_set(&t, "subscribed", 1);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Many clients show subscribed mailboxes only: whoever meets us with folders of their own shall see them, so what is
 * there at the first time counts as subscribed. */
static int add_subscriptions(struct store *s, struct arena *a, struct list *l)
{
	struct list      absent = { 0 };
	struct state_txn t;
	struct db_walk   w;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	if (state_counter(&t, "subscribed") == 0) {
		state_abort(&t);
		r = first_subscriptions(s, l);
		if (r == 0)
			r = state_read(&s->state, &t);
		if (r < 0)
			return r;
	}
	r = db_walk_begin(t.db, STATE_SUB, STR_NONE, STR_NONE, &w);
	while (r == 0 && db_walk_next(&w)) {
		struct box_info *there = find(l, w.key);

		if (there)
			there->attrs |= BOX_SUBSCRIBED;
		else
			VEC_PUSH(&absent, ((struct box_info){ arena_str(a, w.key), BOX_SUBSCRIBED | BOX_NONEXISTENT, SPECIAL_NONE }));
	}
	if (r == 0)
		db_walk_end(&w);
	state_abort(&t);
	for (size_t i = 0; i < absent.n; i++)
		VEC_PUSH(l, absent.p[i]);
	VEC_FREE(&absent);
	sort(l);
	return r;
}

int boxes_list(struct store *s, struct arena *a, struct box_info **ret_list, size_t *ret_n)
{
	struct list    l = { 0 };
	struct folder *f;
	size_t         n;
	int            r = folders_walk(s, a, &f, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		VEC_PUSH(&l, ((struct box_info){ f[i].name, f[i].is_maildir ? 0 : BOX_NOSELECT, SPECIAL_NONE }));
	if (r == 0) {
		add_virtual(s, a, &l);
		add_levels(&l);
		r = add_subscriptions(s, a, &l);
	}
	if (r == 0)
		r = boxes_use_add(s, l.p, l.n);
	if (r == 0) {
		*ret_list = ARENA_NEW_N(a, l.n, struct box_info);
		memcpy(*ret_list, l.p, l.n * sizeof(*l.p));
		*ret_n = l.n;
	}
	VEC_FREE(&l);
	return r;
}

/* Sum of all sizes; reads the files not measured before. One that cannot be read counts for nothing. */
static int count_size(struct store *s, struct str name, uint64_t *ret)
{
	enum { PIECE = 512 };
	struct row  rows[PIECE];
	struct box *b;
	uint64_t    sum = 0;
	int         r = box_open(s, name, true, NULL, NULL, &b);

	if (r < 0)
		return r;
	for (size_t at = 0; r == 0 && at < b->n; at += PIECE) {
		size_t n = b->n - at < PIECE ? b->n - at : PIECE;

		r = box_rows(b, box_uids(b) + at, n, rows);
		if (r == 0)
			r = box_sizes(b, rows, n);
		for (size_t i = 0; r == 0 && i < n; i++)
			sum += rows[i].uid != 0 && rows[i].size != ROW_SIZE_UNKNOWN ? rows[i].size : 0;
	}
	box_close(b);
	if (r == 0)
		*ret = sum;
	return r;
}

static uint32_t count_recent(struct state_txn *t, const struct state_box *b)
{
	struct db_key  from = { .n = 0 }, prefix = { .n = 0 };
	struct db_walk w;
	uint32_t       n = 0;

	db_key_u32(&prefix, b->id);
	db_key_u32(&from, b->id);
	db_key_u32(&from, b->recent);
	if (b->recent >= b->uidnext || db_walk_begin(t->db, STATE_ROW, db_key_view(&from), db_key_view(&prefix), &w) < 0)
		return 0;
	while (db_walk_next(&w))
		n++;
	db_walk_end(&w);
	return n;
}

static int status(struct store *s, struct str name, unsigned what, struct box_status *ret)
{
	struct box_status st = { 0 };
	struct state_box  b;
	struct state_txn  t;
	int               r = sync_index(s);

	if (r == 0)
		r = sync_mailbox(s, name, NULL, NULL, &b);
	if (r == 0 && (what & STATUS_SIZE))
		r = count_size(s, name, &st.size);
	if (r == 0)
		r = state_read(&s->state, &t);
	if (r < 0)
		return r;
	r = state_box_get(&t, b.id, &b, NULL);
	if (r == 0)
		st.recent = count_recent(&t, &b);
	state_abort(&t);
	if (r < 0)
		return r;
	st.uidvalidity = b.uidvalidity;
	st.uidnext = b.uidnext;
	st.highestmodseq = b.highestmodseq;
	st.messages = b.messages;
	st.unseen = b.unseen;
	st.deleted = b.deleted;
	*ret = st;
	return 0;
}

/* Counts of a tag or query that nobody selected yet: two queries, and nothing is made of it. -EAGAIN: it is not such a one. */
static int count(struct store *s, struct arena *a, struct str name, const struct vbox *v, struct box_status *ret)
{
	struct vbox_counts n;
	struct state_box   b;
	struct state_txn   t;
	int                r;

	if (v->kind == VBOX_FOLDER || state_read(&s->state, &t) < 0)
		return -EAGAIN;
	r = state_box_find(&t, name, &b);
	state_abort(&t);
	if (r != -ENOENT || vbox_count(s, a, v, &n) < 0)
		return -EAGAIN;
	if (n.messages == 0 && !vbox_lasts(s, name, v))
		return store_fail(s, -ENOENT, "there is no such tag");
	*ret = (struct box_status){ .messages = n.messages, .unseen = n.unseen };
	return 0;
}

int boxes_status(struct store *s, struct str name, unsigned what, struct box_status *ret)
{
	struct arena a = ARENA_INIT;
	struct vbox  v;
	int          r = -EAGAIN;

	name = folders_name(s, &a, name);
	if (vbox_find(s, &a, name, &v) < 0)
		v.kind = VBOX_FOLDER;           /* a query that is not defined: status() says so */
	if (v.kind == VBOX_QUERY)
		drain_wait(s);
	if (what & STATUS_COUNTS)
		r = count(s, &a, name, &v, ret);
	if (r == -EAGAIN)
		r = status(s, name, what, ret);
	arena_free(&a);
	return r;
}
