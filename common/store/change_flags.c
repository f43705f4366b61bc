#include <errno.h>
#include <string.h>

#include "box_priv.h"
#include "change.h"
#include "change_virtual.h"
#include "drain.h"
#include "journal.h"
#include "tag_change.h"
#include "vec.h"

struct work {
	struct state_txn  *t;
	struct tag_change  change;
	const struct flag_change *how;
	uint32_t          *modified;            /* UIDs that failed unchanged_since */
	size_t             n_modified;
	bool               journal;
};

static uint32_t new_deleted(const struct flag_change *how, uint32_t flags)
{
	uint32_t old = flags & MAIL_DELETED, given = how->flags & MAIL_DELETED;

	return how->how == CHANGE_SET ? given | (old & how->keep) : how->how == CHANGE_ADD ? old | given : old & ~given;
}

/* The tags, which all copies share, and a journal record for the index. */
static int change_tags(struct work *w, const struct row *row)
{
	struct journal_record  rec = { .kind = JOURNAL_TAGS };
	const struct tag_step *step;
	struct state_mail      m;
	struct row             home;            /* in its folder: a virtual mailbox's row may be behind until the commit */
	int                    r = state_mail_get(w->t, row->serial, &m);

	if (r == 0)
		r = state_row_get(w->t, m.box, m.uid, &home);
	if (r == 0)
		r = tag_change_step(&w->change, w->t, (struct state_tags){ home.flags & MAIL_TAG_FLAGS, home.kwset }, &step);
	if (r < 0 || step->n_add + step->n_remove == 0)
		return r;
	r = state_mail_get(w->t, row->serial, &m);
	if (r < 0)
		return r;
	rec.id = arena_str(w->change.a, m.id);
	rec.add = step->add;
	rec.n_add = step->n_add;
	rec.remove = step->remove;
	rec.n_remove = step->n_remove;
	w->journal = true;
	r = journal_put(w->t, &rec);
	return r < 0 ? r : state_tags_apply(w->t, rec.id, step->to);
}

static int change_one(struct work *w, uint32_t box, uint32_t uid)
{
	struct state_box b;
	struct row       row;
	int              r = state_row_get(w->t, box, uid, &row);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (row.modseq > w->how->unchanged_since) {
		w->modified[w->n_modified++] = uid;
		return 0;
	}
	r = change_tags(w, &row);
	if (r == 0)
		r = state_row_get(w->t, box, uid, &row);
	if (r < 0 || new_deleted(w->how, row.flags) == (row.flags & MAIL_DELETED))
		return r;
	r = state_box_get(w->t, box, &b, NULL);
	if (r == 0)
		r = state_row_flags(w->t, &b, &row, (row.flags & MAIL_TAG_FLAGS) | new_deleted(w->how, row.flags), row.kwset);
	return r < 0 ? r : state_box_put(w->t, &b, STR_NONE);
}

static int begin(struct work *w, struct store *s, struct state_txn *t, size_t n, const struct flag_change *c, struct arena *a)
{
	int r;

	*w = (struct work){ .t = t, .how = c, .modified = ARENA_NEW_N(a, n, uint32_t) };
	r = tag_change_init(&w->change, s, t, c, a);
	if (r == -EINVAL)
		store_fail(s, r, "a keyword is of no use as a tag: at most 200 octets, not \"-\" first, and none of draft, flagged, "
			"passed, replied, unread, which the system flags are");
	return r;
}

static void end(struct work *w, struct change_flagged *ret)
{
	tag_change_free(&w->change);
	*ret = (struct change_flagged){ w->modified, w->n_modified, w->journal };
}

int change_flags_in(struct state_txn *t, struct box *b, const uint32_t *uids, size_t n, const struct flag_change *c,
	struct arena *a, struct change_flagged *ret)
{
	struct work w;
	int         r = begin(&w, b->s, t, n, c, a);

	for (size_t i = 0; r == 0 && i < n; i++)
		r = change_one(&w, b->id, uids[i]);
	end(&w, ret);
	return r;
}

int change_flags_of(struct state_txn *t, struct store *s, const struct str *ids, size_t n, const struct flag_change *c,
	struct arena *a, struct change_flagged *ret)
{
	struct work w;
	int         r = begin(&w, s, t, n, c, a);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct state_mail m;
		uint64_t         *serials;
		size_t            found = 0;

		if (ids[i].n > 0)
			r = state_mails_of_id(t, ids[i], a, &serials, &found);
		if (r == 0 && found > 0)
			r = state_mail_get(t, serials[0], &m);
		if (r == 0 && found > 0)
			r = change_one(&w, m.box, m.uid);
	}
	end(&w, ret);
	return r;
}

int change_flags(struct box *b, const uint32_t *uids, size_t n, const struct flag_change *c, struct arena *a,
	const uint32_t **ret_modified, size_t *ret_n_modified)
{
	struct change_flagged done = { 0 };
	struct state_txn      t = { 0 };
	int                   r = b->readonly ? store_fail(b->s, -EROFS, "the mailbox was opened read-only") : state_write(&b->s->state, &t);

	if (r == 0)
		r = change_flags_in(&t, b, uids, n, c, a, &done);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r < 0)
		return r == -EINVAL || r == -EROFS ? r : store_fail(b->s, r, "cannot write the state: %s", strerror(-r));
	if (done.journal)
		drain_kick(b->s);
	*ret_modified = done.modified;
	*ret_n_modified = done.n_modified;
	return 0;
}

int change_seen(struct box *b, const uint32_t *uids, size_t n)
{
	const struct flag_change seen = { .how = CHANGE_ADD, .flags = MAIL_SEEN, .unchanged_since = UINT64_MAX };
	struct arena             a = ARENA_INIT;
	const uint32_t          *modified;
	size_t                   n_modified;
	int                      r = b->readonly || n == 0 ? 0 : change_flags(b, uids, n, &seen, &a, &modified, &n_modified);

	arena_free(&a);
	return r;
}
