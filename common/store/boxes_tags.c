#include "boxes_tags.h"

#include <errno.h>
#include <string.h>

#include "box.h"
#include "boxes.h"
#include "change_virtual.h"
#include "drain.h"
#include "state_metadata.h"
#include "sync_virtual.h"
#include "vec.h"

static int no_tag(struct store *s)
{
	return store_fail(s, -EINVAL, "that mailbox stays as it is: folders, tags and queries are made, renamed and removed, each among its own");
}

static bool is_listed(struct store *s, struct arena *a, struct str name)
{
	struct vbox_name *v;
	size_t            n;

	vbox_list(s, a, &v, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return true;
	return false;
}

int boxes_tags_create(struct store *s, struct arena *a, struct str name, const struct vbox *v)
{
	struct state_box b;

	if (is_listed(s, a, name))
		return store_fail(s, -EEXIST, "the mailbox is there already");
	if (v->kind != VBOX_TAG)
		return no_tag(s);
	if (vbox_tag_name(s, a, v->arg).n == 0)
		return store_fail(s, -EINVAL, "that tag has no mailbox by configuration");
	return sync_virtual_make(s, name, v, &b);
}

static int all_uids(struct state_txn *t, uint32_t box, struct arena *a, uint32_t **ret, size_t *ret_n)
{
	struct db_key    k = { .n = 0 };
	struct state_box b;
	struct db_walk   w;
	size_t           n = 0;
	int              r = state_box_get(t, box, &b, NULL);

	db_key_u32(&k, box);
	if (r == 0)
		r = db_walk_begin(t->db, STATE_ROW, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	*ret = ARENA_NEW_N(a, b.messages, uint32_t);
	while (n < b.messages && db_walk_next(&w))
		(*ret)[n++] = db_be32(w.key.p + 4);
	db_walk_end(&w);
	*ret_n = n;
	return 0;
}

/* Give every message of a tag mailbox a tag, unless that is STR_NONE, and take another one away. */
static int retag(struct store *s, struct state_txn *t, uint32_t box, struct str give, struct str take, struct arena *a)
{
	struct box            b = { .s = s, .id = box };
	struct change_flagged done;
	struct flag_change    change, without;
	uint32_t             *uids;
	size_t                n;
	int                   r = all_uids(t, box, a, &uids, &n);

	change_virtual_tag(a, take, false, &without);
	change = without;
	if (give.n > 0) {
		change_virtual_tag(a, give, true, &change);
		change.then = &without;
	}
	return r < 0 ? r : change_flags_in(t, &b, uids, n, &change, a, &done);
}

int boxes_tags_delete(struct store *s, struct arena *a, struct str name, const struct vbox *v)
{
	struct state_box b;
	struct state_txn t;
	int              r;

	if (v->kind != VBOX_TAG || str_eq(name, str_of(s->conf.flagged ? s->conf.flagged : "")))
		return no_tag(s);
	if (!is_listed(s, a, name))
		return store_fail(s, -ENOENT, "there is no such mailbox");
	r = sync_virtual(s, name, v, NULL, NULL, &b);
	if (r == 0)
		r = state_write(&s->state, &t);
	if (r < 0)
		return r;
	r = retag(s, &t, b.id, STR_NONE, v->arg, a);
	if (r == 0)
		r = state_box_drop(&t, b.id);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == 0)
		drain_kick(s);
	return r;
}

struct renaming {
	struct str       from, to;      /* mailbox names */
	struct str       old, new;      /* tags */
	struct state_box b;
};

struct renamings {
	struct renaming *p;
	size_t           n, cap;
};

/* The mailbox and all tags below it; each is materialised, so that its UIDs can stay. */
static int collect(struct store *s, struct arena *a, struct str from, struct str to, struct renamings *ret)
{
	struct vbox_name *list;
	size_t            n;
	int               r = 0;

	vbox_list(s, a, &list, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct str      rest = str_from(list[i].name, from.n);
		struct renaming new = { .from = list[i].name };
		struct vbox     v;

		if (!str_starts(list[i].name, from) || (rest.n > 0 && rest.p[0] != '/'))
			continue;
		for (size_t k = 0; k < ret->n && new.from.n > 0; k++)
			if (str_eq(ret->p[k].from, new.from))
				new.from = STR_NONE;            /* listed twice */
		if (new.from.n == 0)
			continue;
		new.to = str_of(arena_printf(a, "%.*s%.*s", STR_ARG(to), STR_ARG(rest)));
		if (is_listed(s, a, new.to))
			return store_fail(s, -EEXIST, "the new name is taken");
		r = vbox_find(s, a, new.to, &v);
		new.new = v.arg;
		if (r == 0)
			r = vbox_find(s, a, new.from, &v);
		new.old = v.arg;
		if (r == 0)
			r = sync_virtual(s, new.from, &v, NULL, NULL, &new.b);
		VEC_PUSH(ret, new);
	}
	return r;
}

/* The record means the new tag before the messages get it, so they stay where they are. */
static int rename_one(struct store *s, struct state_txn *t, const struct renaming *n, struct arena *a)
{
	const struct vbox v = { VBOX_TAG, n->new };
	int               r = state_virtual_set(t, n->b.id, &v);

	if (r == 0)
		r = state_box_rename(t, n->b.id, n->to);
	return r < 0 ? r : retag(s, t, n->b.id, n->new, n->old, a);
}

int boxes_tags_rename(struct store *s, struct arena *a, struct str from, struct str to, const struct vbox *v)
{
	struct renamings all = { 0 };
	struct state_txn t = { 0 };
	struct vbox      target;
	int              r = vbox_find(s, a, to, &target);

	if (r < 0 || v->kind != VBOX_TAG || target.kind != VBOX_TAG || vbox_tag_name(s, a, target.arg).n == 0)
		return no_tag(s);
	r = collect(s, a, from, to, &all);
	if (r == 0 && all.n == 0)
		r = store_fail(s, -ENOENT, "there is no such mailbox");
	if (r == 0)
		r = state_write(&s->state, &t);
	for (size_t i = 0; r == 0 && i < all.n; i++)
		r = rename_one(s, &t, &all.p[i], a);
	if (r == 0)
		r = state_metadata_rename(&t, from, to);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	VEC_FREE(&all);
	if (r == 0)
		drain_kick(s);
	return r;
}

struct str boxes_tag_name(struct store *s, struct arena *a, struct str tag)
{
	return vbox_tag_name(s, a, tag);
}

bool boxes_is_idle_tag(struct store *s, struct str name)
{
	struct arena     a = ARENA_INIT;
	struct state_box b;
	struct state_txn t;
	struct vbox      v;
	bool             idle = vbox_find(s, &a, name, &v) == 0 && v.kind == VBOX_TAG && state_tag_flag(v.arg) == 0;

	/* INBOX may be a tag's mailbox under another name. */
	idle = idle && str_eq(vbox_tag_name(s, &a, v.arg), name) && state_read(&s->state, &t) == 0;
	if (idle) {
		idle = state_box_find(&t, name, &b) == -ENOENT;
		state_abort(&t);
	}
	arena_free(&a);
	return idle;
}
