#include "metadata.h"

#include <errno.h>
#include <string.h>

#include "boxes_use.h"
#include "folders.h"
#include "maildir.h"
#include "state_metadata.h"
#include "sync.h"
#include "vbox.h"
#include "vec.h"

static const struct str special_use = STR_LIT("/private/specialuse");
static const struct str admin = STR_LIT("/shared/admin");

bool metadata_wants(const struct metadata_wanted *w, struct str entry)
{
	for (size_t i = 0; i < w->n; i++) {
		struct str rest = str_from(entry, w->entries[i].n);
		unsigned   below = 0;

		if (!str_istarts(entry, w->entries[i]) || (rest.n > 0 && rest.p[0] != '/'))
			continue;
		for (size_t k = 0; k < rest.n; k++)
			below += rest.p[k] == '/';
		if (below <= w->depth)
			return true;
	}
	return false;
}

struct gathering {
	const struct metadata_wanted *wanted;
	struct arena                 *a;
	VEC(struct metadata) v;
};

static void gather(struct gathering *g, struct str entry, struct str value)
{
	if (metadata_wants(g->wanted, entry))
		VEC_PUSH(&g->v, ((struct metadata){ arena_str(g->a, entry), arena_str(g->a, value), STR_NONE }));
}

static int gather_one(void *arg, const struct metadata *m)
{
	gather(arg, m->entry, m->value);
	return 0;
}

static int gather_state(struct store *s, struct str box, struct gathering *g)
{
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_metadata_each(&t, box, gather_one, g);
	state_abort(&t);
	return r;
}

static int give(struct gathering *g, int r, struct metadata **ret, size_t *ret_n)
{
	if (r == 0) {
		*ret = ARENA_NEW_N(g->a, g->v.n, struct metadata);
		if (g->v.n > 0)
			memcpy(*ret, g->v.p, g->v.n * sizeof(**ret));
		*ret_n = g->v.n;
	}
	VEC_FREE(&g->v);
	return r;
}

int metadata_of(struct store *s, const struct box_info *box, const struct metadata_wanted *w, struct arena *a, struct metadata **ret,
	size_t *ret_n)
{
	struct gathering g = { .wanted = w, .a = a };
	int              r = gather_state(s, box->name, &g);

	if (r == 0 && box->special != SPECIAL_NONE)
		gather(&g, special_use, str_of(boxes_use_name(box->special)));
	return give(&g, r, ret, ret_n);
}

/* Is there such a mailbox, as far as that can be said without reading all directories and tags? */
static bool is_plain(struct store *s, struct arena *a, struct str name)
{
	struct state_txn t;
	struct state_box b;
	struct vbox      v;
	struct buf       dir = BUF(4096);
	bool             is = false;

	if (vbox_find(s, a, name, &v) < 0)
		return false;
	if (v.kind == VBOX_FOLDER) {
		is = folders_dir(s, name, &dir) == 0 && maildir_is(s->root, buf_z(&dir));
	} else if (v.kind == VBOX_TAG && state_read(&s->state, &t) == 0) {
		is = state_box_find(&t, name, &b) == 0;
		state_abort(&t);
	}
	buf_free(&dir);
	return is || v.kind == VBOX_QUERY || v.kind == VBOX_ALL;
}

/* use: its special use is to be known. */
static int find_box(struct store *s, struct arena *a, struct str name, bool use, struct box_info *ret)
{
	struct box_info *list;
	size_t           n;
	int              r;

	*ret = (struct box_info){ .name = folders_name(s, a, name) };
	if (!use && is_plain(s, a, ret->name))
		return 0;
	r = boxes_list(s, a, &list, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (str_eq(list[i].name, ret->name) && !(list[i].attrs & BOX_NONEXISTENT)) {
			*ret = list[i];
			return 0;
		}
	return r < 0 ? r : store_fail(s, -ENOENT, "there is no such mailbox");
}

int metadata_get(struct store *s, struct str box, const struct metadata_wanted *w, struct arena *a, struct metadata **ret, size_t *ret_n)
{
	struct box_info info = { .name = STR("") };
	int             r = box.n > 0 ? find_box(s, a, box, metadata_wants(w, special_use), &info) : 0;

	return r < 0 ? r : metadata_of(s, &info, w, a, ret, ret_n);
}

static int no_use(struct store *s)
{
	return store_fail(s, -EOPNOTSUPP, "a folder can be one of \\Archive \\Drafts \\Junk \\Sent \\Trash");
}

/* All that CREATE ... USE refuses is refused here. */
static int check_use(struct store *s, const struct box_info *box, struct str value)
{
	struct arena     a = ARENA_INIT;
	struct vbox      v;
	enum special_use use = boxes_use_find(value);
	int              r = vbox_find(s, &a, box->name, &v);

	arena_free(&a);
	if (r < 0 || v.kind != VBOX_FOLDER || (box->attrs & BOX_NOSELECT))
		return no_use(s);
	if (value.n > 0 && (use == SPECIAL_NONE || use == SPECIAL_ALL || use == SPECIAL_FLAGGED))
		return no_use(s);
	return 0;
}

/* What can be refused before anything is changed. A mailbox that shall get a use gets a record to keep it in. */
static int check(struct store *s, const struct box_info *box, const struct metadata *v, size_t n)
{
	struct state_box b;
	int              r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		if (box->name.n == 0 && str_ieq(v[i].entry, admin))
			return store_fail(s, -EROFS, "/shared/admin cannot be set");
		if (box->name.n == 0 || !str_ieq(v[i].entry, special_use))
			continue;
		r = check_use(s, box, v[i].value);
		if (r == 0)
			r = sync_known(s, box->name, &b);
	}
	return r;
}

static int set_use(struct state_txn *t, const struct box_info *box, struct str value)
{
	struct state_box b;
	int              r = state_box_find(t, box->name, &b);

	return r < 0 ? r : boxes_use_set(t, b.id, boxes_use_find(value));
}

static int commit(struct store *s, const struct box_info *box, const struct metadata *v, size_t n, struct metadata_log *ret)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		ret->before = state_metadata_last(&t);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = box->name.n > 0 && str_ieq(v[i].entry, special_use) ? set_use(&t, box, v[i].value)
		                                                         : state_metadata_put(&t, box->name, &v[i]);
	if (r == 0)
		ret->after = state_metadata_last(&t);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == -E2BIG)
		return store_fail(s, r, "there are as many annotations as can be");
	if (r == -ENAMETOOLONG)
		return store_fail(s, r, "the names of the mailbox and of the entry are too long together");
	return r;
}

int metadata_set(struct store *s, struct str box, const struct metadata *v, size_t n, struct metadata_log *ret)
{
	struct arena    a = ARENA_INIT;
	struct box_info info = { .name = STR("") };
	int             r = box.n > 0 ? find_box(s, &a, box, false, &info) : 0;

	if (r == 0)
		r = check(s, &info, v, n);
	if (r == 0)
		r = commit(s, &info, v, n, ret);
	arena_free(&a);
	return r;
}

int metadata_changes(struct store *s, struct metadata_log *log, metadata_changed_fn fn, void *arg)
{
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	if (log->after == 0)
		log->after = state_metadata_last(&t);
	r = state_metadata_changes(&t, log->before, log->after, fn, arg);
	state_abort(&t);
	return r;
}
