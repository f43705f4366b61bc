#include "change_virtual.h"

#include <errno.h>
#include <string.h>

#include "boxes.h"
#include "drain.h"
#include "folders.h"
#include "keywords.h"
#include "sync_virtual.h"

void change_virtual_tag(struct arena *a, struct str tag, bool add, struct flag_change *ret)
{
	uint32_t flag = state_tag_flag(tag);

	*ret = (struct flag_change){ .how = add ? CHANGE_ADD : CHANGE_REMOVE, .flags = flag, .unchanged_since = UINT64_MAX };
	if (flag == MAIL_SEEN)                  /* "unread" is its absence */
		ret->how = add ? CHANGE_REMOVE : CHANGE_ADD;
	if (flag == 0) {
		ret->tags = memcpy(ARENA_NEW(a, struct str), &tag, sizeof(tag));
		ret->n_tags = 1;
	}
}

void change_virtual_way(struct box *b, struct arena *a, struct flag_change *ret)
{
	if (b->v.kind == VBOX_TAG)
		change_virtual_tag(a, b->v.arg, false, ret);
	else
		change_virtual_tag(a, str_of(b->s->conf.deleted_tag), true, ret);
}

static int id_of(struct state_txn *t, uint32_t box, uint32_t uid, struct arena *a, struct str *ret)
{
	struct state_mail m;
	struct row        row;
	int               r = state_row_get(t, box, uid, &row);

	if (r == 0)
		r = state_mail_get(t, row.serial, &m);
	if (r == 0)
		*ret = arena_str(a, m.id);
	return r;
}

/* Those that are gone have no id. */
static int ids_of(struct state_txn *t, uint32_t box, const uint32_t *uids, size_t n, struct arena *a, struct str *ret)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		r = id_of(t, box, uids[i], a, &ret[i]);
		r = r == -ENOENT ? 0 : r;
	}
	return r;
}

int change_virtual_out(struct state_txn *t, struct box *b, const struct str *ids, size_t n, const struct flag_change *way,
	struct arena *a, struct change_flagged *ret)
{
	int r = change_flags_of(t, b->s, ids, n, way, a, ret);

	/* A query is asked again only when the index has learnt of the tag. */
	for (size_t i = 0; r == 0 && i < n; i++)
		if (ids[i].n > 0)
			r = state_virtual_leave(t, ids[i], b->id);
	return r;
}

int change_virtual_expunge(struct box *b, const uint32_t *uids, size_t n, struct arena *a, const uint32_t **ret_uids, size_t *ret_n)
{
	struct change_flagged done = { 0 };
	struct flag_change    way;
	struct state_txn      t;
	struct str           *ids = ARENA_NEW_N(a, n, struct str);
	int                   r = state_write(&b->s->state, &t);

	change_virtual_way(b, a, &way);
	if (r == 0)
		r = ids_of(&t, b->id, uids, n, a, ids);
	if (r == 0)
		r = change_virtual_out(&t, b, ids, n, &way, a, &done);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r < 0)
		return store_fail(b->s, r, "cannot take the messages out: %s", strerror(-r));
	if (done.journal)
		drain_kick(b->s);
	*ret_uids = uids;
	*ret_n = n;
	return 0;
}

/* The mailbox of a use; n is 0: there is none. In a. */
static struct str of_use(struct store *s, struct arena *a, enum special_use use)
{
	struct box_info *list;
	size_t           n;

	if (boxes_list(s, a, &list, &n) == 0)
		for (size_t i = 0; i < n; i++)
			if (list[i].special == use)
				return list[i].name;
	return STR_NONE;
}

bool change_virtual_is(struct store *s, struct str folder, enum special_use use)
{
	struct arena a = ARENA_INIT;
	bool         is = str_eq(of_use(s, &a, use), folder);

	arena_free(&a);
	return is;
}

bool change_virtual_takes_files(struct store *s, struct str folder)
{
	return change_virtual_is(s, folder, SPECIAL_TRASH) || change_virtual_is(s, folder, SPECIAL_JUNK);
}

int change_virtual_home(struct store *s, struct arena *a, struct str from, struct str to, struct str *ret)
{
	if (s->conf.append)
		*ret = str_of(s->conf.append);
	else if (str_eq(to, STR("INBOX")))
		*ret = folders_inbox(s);
	else
		*ret = of_use(s, a, SPECIAL_ARCHIVE);
	if (ret->n > 0 && !str_eq(*ret, from))
		return 0;
	return store_fail(s, -EINVAL, "a tag holds no files, and %s: copy the message instead",
		ret->n > 0 ? "here is where they go" : "there is no folder Archive for them to go to");
}

int change_virtual_places(struct store *s, const struct str *ids, const uint32_t *uids, size_t n, const struct state_box *to,
	struct arena *a, struct change_copied *ret)
{
	uint32_t        *from = ARENA_NEW_N(a, n, uint32_t), *places = ARENA_NEW_N(a, n, uint32_t);
	struct state_txn t;
	size_t           k = 0;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		if (ids[i].n > 0 && state_virtual_place(&t, ids[i], to->id, &places[k]) == 0)
			from[k++] = uids[i];
	state_abort(&t);
	*ret = (struct change_copied){ to->uidvalidity, from, places, k };
	return 0;
}

static int tag_all(struct box *b, const uint32_t *uids, size_t n, struct str tag, bool move, struct str *ids, struct arena *a)
{
	struct change_flagged done = { 0 };
	struct flag_change    add, way;
	struct state_txn      t;
	int                   r = state_write(&b->s->state, &t);

	change_virtual_tag(a, tag, true, &add);
	change_virtual_way(b, a, &way);
	if (r == 0)
		r = ids_of(&t, b->id, uids, n, a, ids);
	add.then = move ? &way : NULL;
	if (r == 0)
		r = move ? change_virtual_out(&t, b, ids, n, &add, a, &done) : change_flags_of(&t, b->s, ids, n, &add, a, &done);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r == 0 && done.journal)
		drain_kick(b->s);
	return r;
}

int change_virtual_copy(struct box *b, const uint32_t *uids, size_t n, struct str to, const struct vbox *v, bool move,
	struct arena *a, struct change_copied *ret)
{
	struct str      *ids = ARENA_NEW_N(a, n, struct str);
	struct state_box rec;
	int              r;

	if (v->kind != VBOX_TAG)
		return store_fail(b->s, -EINVAL, "what is in that mailbox is found, not put there");
	r = sync_virtual(b->s, to, v, NULL, NULL, &rec);
	if (r == 0 && move && str_eq(b->v.arg, v->arg) && b->v.kind == v->kind)
		move = false;                   /* onto itself */
	if (r == 0)
		r = tag_all(b, uids, n, v->arg, move, ids, a);
	if (r == 0)
		r = change_virtual_places(b->s, ids, uids, n, &rec, a, ret);
	return r < 0 && r != -ENOENT ? store_fail(b->s, r, "cannot tag the messages: %s", strerror(-r)) : r;
}
