/* First all rows are looked at, then all are changed: messages that stand one behind the other are found without looking them up. */
#include <errno.h>
#include <string.h>

#include "box_priv.h"
#include "change.h"
#include "change_virtual.h"
#include "drain.h"
#include "journal.h"
#include "state_rows.h"
#include "tag_change.h"
#include "vec.h"

enum { NO_STEP = UINT32_MAX };

/* A message that changes. */
struct planned {
	uint32_t   uid, step;           /* uid: in the mailbox; step: of its tags, by number */
	uint64_t   serial;
	struct str id;
	bool       home;                /* the mailbox is the folder of its file */
	bool       alone;               /* and no other file has its id */
};

struct work {
	struct state_txn  *t;
	struct tag_change  change;
	const struct flag_change *how;
	struct state_box   box;
	struct state_rows  rows;                /* of the mailbox */
	struct db_walk     mails;
	VEC(struct planned) planned;
	struct arena       tmp;
	uint32_t          *modified;            /* UIDs that failed unchanged_since */
	size_t             n_modified, n_gone;
	uint64_t           told;                /* the MODSEQ that the view is of */
	bool               overtaken, alone, journal;
};

static uint32_t new_deleted(const struct flag_change *how, uint32_t flags)
{
	uint32_t old = flags & MAIL_DELETED, given = how->flags & MAIL_DELETED;

	return how->how == CHANGE_SET ? given | (old & how->keep) : how->how == CHANGE_ADD ? old | given : old & ~given;
}

/* By the row in its folder: that of a virtual mailbox may be behind until the commit. */
static int step_of(struct work *w, const struct row *home, uint32_t *ret)
{
	const struct tag_step *step;
	int                    r = tag_change_step(&w->change, w->t, (struct state_tags){ home->flags & MAIL_TAG_FLAGS, home->kwset }, &step);

	if (r == 0)
		*ret = step->diff.n_add + step->diff.n_remove > 0 ? (uint32_t)(step - w->change.steps) : NO_STEP;
	return r;
}

static int fail(struct work *w, uint32_t uid)
{
	w->modified[w->n_modified++] = uid;
	return 0;
}

/* Keywords that the message does not have have never changed; flags are always there. */
static bool is_new(const struct work *w, uint32_t step)
{
	const struct state_tags_diff *d = step != NO_STEP ? &w->change.steps[step].diff : NULL;

	if (w->how->flags != 0 || w->how->how == CHANGE_SET)
		return false;
	return w->how->how == CHANGE_REMOVE ? !d : (d ? d->n_add : 0) == w->change.parts[0].n_words;
}

static int plan_one(struct work *w, uint32_t uid)
{
	struct planned    p = { .uid = uid };
	struct row        row, home;
	struct state_mail m;
	int               r = state_rows_get(&w->rows, uid, &row);

	w->n_gone += r == -ENOENT;
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (w->how->unchanged_since > 0 && row.modseq > w->how->unchanged_since)
		return fail(w, uid);
	home = row;
	r = state_mail_next(&w->mails, row.serial, &m);
	p.home = r == 0 && m.box == w->box.id && m.uid == uid;
	p.alone = p.home && m.alone;
	if (r == 0 && !p.home)
		r = state_row_get(w->t, m.box, m.uid, &home);
	if (r == 0)
		r = step_of(w, &home, &p.step);
	if (r == 0 && w->how->unchanged_since == 0 && !is_new(w, p.step))
		return fail(w, uid);
	if (r < 0 || (p.step == NO_STEP && new_deleted(w->how, row.flags) == (row.flags & MAIL_DELETED)))
		return r;
	w->overtaken |= row.modseq > w->told;
	p.serial = row.serial;
	p.id = arena_str(w->change.a, m.id);
	VEC_PUSH(&w->planned, p);
	return 0;
}

static int put_records(struct work *w, const struct tag_step *step, const struct str *ids, size_t n)
{
	const struct state_tags_diff *d = &step->diff;
	const struct journal_record   change = {
		.kind = JOURNAL_TAGS, .add = d->add, .n_add = d->n_add, .remove = d->remove, .n_remove = d->n_remove,
	};

	w->journal |= n > 0;
	return journal_put_each(w->t, ids, n, &change);
}

/* Of the messages whose tags change, those together to which the same is done. */
static int put_all_records(struct work *w)
{
	size_t      n = w->change.n, *ends = ARENA_NEW_N(w->change.a, n + 1, size_t), begin = 0;
	struct str *ids = ARENA_NEW_N(w->change.a, w->planned.n, struct str);
	int         r = 0;

	for (size_t i = 0; i < w->planned.n; i++)
		if (w->planned.p[i].step != NO_STEP)
			ends[w->change.steps[w->planned.p[i].step].like + 1]++;
	for (size_t k = 1; k < n; k++)
		ends[k] += ends[k - 1];
	for (size_t i = 0; i < w->planned.n; i++)
		if (w->planned.p[i].step != NO_STEP)
			ids[ends[w->change.steps[w->planned.p[i].step].like]++] = w->planned.p[i].id;
	for (size_t k = 0; r == 0 && k < n; begin = ends[k++])
		r = put_records(w, &w->change.steps[k], ids + begin, ends[k] - begin);
	return r;
}

/* to NULL: the tags stay. */
static int set_row(struct work *w, uint32_t uid, const struct state_tags *to, bool deleted_too)
{
	struct row row;
	uint32_t   deleted;
	int        r = state_rows_get(&w->rows, uid, &row);

	if (r < 0)
		return r;
	deleted = deleted_too ? new_deleted(w->how, row.flags) : row.flags & MAIL_DELETED;
	return state_rows_flags(&w->rows, &row, (to ? to->flags : row.flags & MAIL_TAG_FLAGS) | deleted, to ? to->kwset : row.kwset);
}

static int set_copy(struct work *w, uint64_t serial, const struct state_tags *to)
{
	struct state_mail m;
	int               r = state_mail_get(w->t, serial, &m);

	if (r < 0)
		return r;
	if (m.box != w->box.id)
		return state_tags_apply_one(w->t, serial, *to);
	w->alone = false;
	return set_row(w, m.uid, to, false);
}

/* All copies share the tags. */
static int change_one(struct work *w, const struct planned *p)
{
	const struct state_tags *to = p->step != NO_STEP ? &w->change.steps[p->step].to : NULL;
	uint64_t                *serials;
	size_t                   n = 0;
	int                      r = 0;

	if (to)
		state_virtual_touch(w->t, p->id);
	if (to && !p->alone)
		r = state_mails_of_id(w->t, p->id, &w->tmp, &serials, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (serials[i] != p->serial || !p->home)
			r = set_copy(w, serials[i], to);
	arena_reset(&w->tmp);
	return r < 0 ? r : set_row(w, p->uid, p->home ? to : NULL, true);
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
	VEC_FREE(&w->planned);
	arena_free(&w->tmp);
	*ret = (struct change_flagged){
		.modified = w->modified, .n_modified = w->n_modified, .modseq = w->t->modseq, .n_gone = w->n_gone,
		.overtaken = w->overtaken, .alone = w->alone, .journal = w->journal,
	};
}

static int change_all(struct work *w, const uint32_t *uids, size_t n)
{
	int r = state_rows_begin(w->t, &w->box, &w->rows), e;

	if (r < 0)
		return r;
	r = db_walk_begin(w->t->db, STATE_MAIL, STR_NONE, STR_NONE, &w->mails);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = plan_one(w, uids[i]);
	db_walk_end(&w->mails);
	if (r == 0)
		r = put_all_records(w);
	for (size_t i = 0; r == 0 && i < w->planned.n; i++)
		r = change_one(w, &w->planned.p[i]);
	e = state_rows_end(&w->rows);
	if (r == 0)
		r = e;
	return r < 0 || w->planned.n == 0 ? r : state_box_put(w->t, &w->box, STR_NONE);
}

int change_flags_in(struct state_txn *t, struct box *b, const uint32_t *uids, size_t n, const struct flag_change *c,
	struct arena *a, struct change_flagged *ret)
{
	struct work w;
	int         r = begin(&w, b->s, t, n, c, a);

	w.told = b->modseq;
	if (r == 0)
		r = state_box_get(t, b->id, &w.box, NULL);
	w.alone = r == 0 && b->dir && w.box.highestmodseq == b->modseq;
	if (r == 0)
		r = change_all(&w, uids, n);
	if (r == -ENOENT) {                     /* nothing is there any more */
		w.n_gone = n;
		r = 0;
	}
	end(&w, ret);
	return r;
}

/* Its tags; by its first file. */
static int change_message(struct work *w, struct str id)
{
	const struct tag_step *step;
	struct state_mail      m;
	struct row             home;
	uint64_t              *serials;
	uint32_t               number;
	size_t                 n;
	int                    r = state_mails_of_id(w->t, id, &w->tmp, &serials, &n);

	if (r < 0 || n == 0)
		return r;
	r = state_mail_get(w->t, serials[0], &m);
	arena_reset(&w->tmp);
	if (r == 0)
		r = state_row_get(w->t, m.box, m.uid, &home);
	if (r == 0)
		r = step_of(w, &home, &number);
	if (r < 0 || number == NO_STEP)
		return r == -ENOENT ? 0 : r;
	step = &w->change.steps[number];
	r = put_records(w, step, &id, 1);
	return r < 0 ? r : state_tags_apply(w->t, id, step->to);
}

int change_flags_of(struct state_txn *t, struct store *s, const struct str *ids, size_t n, const struct flag_change *c,
	struct arena *a, struct change_flagged *ret)
{
	struct work w;
	int         r = begin(&w, s, t, n, c, a);

	for (size_t i = 0; r == 0 && i < n; i++)
		if (ids[i].n > 0)
			r = change_message(&w, ids[i]);
	end(&w, ret);
	return r;
}

int change_flags(struct box *b, const uint32_t *uids, size_t n, const struct flag_change *c, struct arena *a,
	struct change_flagged *ret)
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
	*ret = done;
	return 0;
}

int change_seen(struct box *b, const uint32_t *uids, size_t n)
{
	const struct flag_change seen = { .how = CHANGE_ADD, .flags = MAIL_SEEN, .unchanged_since = UINT64_MAX };
	struct arena             a = ARENA_INIT;
	struct change_flagged    done;
	int                      r = b->readonly || n == 0 ? 0 : change_flags(b, uids, n, &seen, &a, &done);

	arena_free(&a);
	return r;
}
