#include "box_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "maildir.h"
#include "state_changed.h"
#include "state_expunged.h"
#include "sync.h"
#include "sync_virtual.h"
#include "vec.h"

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct uids {
	uint32_t *p;
	size_t    n, cap;
};

/* UIDs of the view among the expunged ranges since. */
static int read_expunged(struct box *b, struct state_txn *t, struct uids *ret)
{
	struct expunged_walk w;
	struct expunged      gone;
	int                  r = state_expunged_since(t, b->id, b->expunge_modseq, &w);

	if (r < 0)
		return r;
	while (state_expunged_next(&w, &gone))
		for (uint32_t uid = gone.first; uid <= gone.last && uid != 0; uid++)
			if (box_seq(b, uid) != 0)
				VEC_PUSH(ret, uid);
	state_expunged_end(&w);
	if (ret->n > 1)
		qsort(ret->p, ret->n, sizeof(*ret->p), by_value);
	return 0;
}

/* Those of the view. */
static int read_changed(struct box *b, struct state_txn *t, struct arena *a, struct box_changes *ret)
{
	struct row *rows;
	size_t      n, there = 0;
	int         r = state_changed_since(t, b->id, b->modseq, a, &rows, &n);

	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		if (box_seq(b, rows[i].uid) != 0)
			rows[there++] = rows[i];
	ret->changed = rows;
	ret->n_changed = there;
	return 0;
}

/* Take the UIDs (ascending, all of them in the view) out of it and note the sequence numbers to tell. */
static void drop(struct box *b, const struct uids *gone, struct arena *a, struct box_changes *ret)
{
	uint32_t *seqs = ARENA_NEW_N(a, gone->n, uint32_t), *uids = ARENA_NEW_N(a, gone->n, uint32_t);
	size_t    kept, g = 0;

	if (gone->n == 0)
		return;
	kept = box_seq(b, gone->p[0]) - 1;
	for (size_t i = kept; i < b->n; i++) {
		if (g < gone->n && b->uids[i] == gone->p[g]) {
			uids[g] = gone->p[g];
			seqs[g++] = (uint32_t)kept + 1;
		} else {
			b->uids[kept++] = b->uids[i];
		}
	}
	b->n = kept;
	ret->expunged = seqs;
	ret->expunged_uids = uids;
	ret->n_expunged = g;
}

/* Expunges wait: all is told up to the first of the view that was expunged. */
static int hold_back(struct box *b, struct state_txn *t, uint64_t *ret_told)
{
	struct expunged_walk w;
	struct expunged      gone;
	bool                 found = false;
	int                  r = state_expunged_since(t, b->id, b->expunge_modseq, &w);

	if (r < 0)
		return r;
	while (!found && state_expunged_next(&w, &gone)) {
		for (uint32_t uid = gone.first; !found && uid <= gone.last && uid < b->uidnext; uid++)
			found = box_seq(b, uid) != 0;
		if (found)
			*ret_told = gone.modseq - 1;
	}
	state_expunged_end(&w);
	return 0;
}

static int take(struct box *b, struct state_txn *t, bool keep_expunged, struct arena *a, struct box_changes *ret)
{
	struct uids gone = { 0 };
	uint64_t    forgotten, told = UINT64_MAX;       /* told: up to where expunges are, then */
	size_t      before;
	int         r = state_expunged_forgotten(t, b->id, &forgotten);

	if (r == 0 && forgotten > b->expunge_modseq)
		return -ENOENT;                 /* who has missed so much has to begin anew */
	if (r == 0)
		r = box_view_load(b, t);
	if (r == 0)
		r = keep_expunged ? hold_back(b, t, &told) : read_expunged(b, t, &gone);
	if (r == 0)
		r = read_changed(b, t, a, ret);
	if (r == 0) {
		drop(b, &gone, a, ret);
		before = b->n;
		r = box_view_grow(b, t);
		ret->grown = b->n > before;
	}
	if (r == 0)
		b->expunge_modseq = told < b->modseq ? told : b->modseq;
	VEC_FREE(&gone);
	return r;
}

/* What the state has of the mailbox by now. */
static int look(struct box *b, bool keep_expunged, struct arena *a, struct box_changes *ret)
{
	struct box_changes c = { 0 };
	struct state_box   rec;
	struct state_txn   t;
	int                r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_box_get(&t, b->id, &rec, NULL);
	if (r == 0 && (rec.highestmodseq != b->modseq || (!keep_expunged && b->expunge_modseq != b->modseq)))
		r = take(b, &t, keep_expunged, a, &c);
	state_abort(&t);
	if (r == 0 && c.grown)
		r = box_claim_recent(b);
	if (r == 0)
		*ret = c;
	return r;
}

int box_poll_again(struct box *b, bool keep_expunged, struct arena *a, struct box_changes *ret)
{
	int r = db_replaced(b->s->state.db) ? -ENOENT : look(b, keep_expunged, a, ret);

	if (r == -ENOENT)
		*ret = (struct box_changes){ .lost = true };
	return r == -ENOENT ? 0 : r;
}

/* Directories that have just changed may change once more without their time moving, so no time was noted that others could trust. */
static void look_again(struct box *b, const struct state_box *rec)
{
	bool fresh = b->v.kind == VBOX_FOLDER && (rec->cur_mtime == 0 || rec->new_mtime == 0);

	b->due = fresh ? clock_ms() + MAILDIR_SETTLE_MS : CLOCK_NEVER;
}

int box_poll(struct box *b, bool keep_expunged, struct arena *a, struct box_changes *ret)
{
	struct state_box rec;
	int              r = db_replaced(b->s->state.db) ? -ENOENT : sync_index(b->s);

	if (r == 0)
		r = sync_mailbox(b->s, str_of(b->name), NULL, NULL, &rec);
	if (r == -EINVAL) {                     /* a query that was broken meanwhile: what is in it stays, and changes */
		rec = (struct state_box){ .id = b->id, .uidvalidity = b->uidvalidity };
		r = 0;
	}
	if (r == 0 && (rec.id != b->id || rec.uidvalidity != b->uidvalidity))
		r = -ENOENT;
	if (r == 0) {
		look_again(b, &rec);
		r = look(b, keep_expunged, a, ret);
	}
	if (r == -ENOENT)
		*ret = (struct box_changes){ .lost = true };
	return r == -ENOENT ? 0 : r;
}

void box_told(struct box *b, uint64_t modseq)
{
	if (b->expunge_modseq == b->modseq)
		b->expunge_modseq = modseq;
	b->modseq = modseq;
}
