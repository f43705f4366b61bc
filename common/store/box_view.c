/* The view: read when it is first asked for, as it was when the mailbox was opened. A client that only looks whether there is something
 * new, or idles, costs neither the reading nor the memory. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "box_priv.h"
#include "die.h"
#include "state_expunged.h"
#include "vec.h"

void box_view_begin(struct box *b, const struct state_box *rec)
{
	b->n = rec->messages;
	b->uidnext = rec->uidnext;
	b->modseq = b->expunge_modseq = rec->highestmodseq;
}

static void add(struct box *b, uint32_t uid)
{
	if (b->n == b->cap)
		b->uids = vec_grow(b->uids, &b->cap, b->n + 1, sizeof(*b->uids));
	b->uids[b->n++] = uid;
}

/* UIDs from first on, but less than end; 0: all. */
static int add_rows(struct box *b, struct state_txn *t, uint32_t first, uint32_t end)
{
	struct db_key  from = { .n = 0 }, prefix = { .n = 0 };
	struct db_walk w;
	int            r;

	db_key_u32(&prefix, b->id);
	db_key_u32(&from, b->id);
	db_key_u32(&from, first);
	r = db_walk_begin(t->db, STATE_ROW, db_key_view(&from), db_key_view(&prefix), &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		uint32_t uid = db_be32(w.key.p + 4);

		if (end != 0 && uid >= end)
			break;
		add(b, uid);
	}
	db_walk_end(&w);
	return 0;
}

/* What has been expunged since, and was not told. */
static int add_expunged(struct box *b, struct state_txn *t)
{
	struct expunged_walk w;
	struct expunged      gone;
	int                  r = state_expunged_since(t, b->id, b->expunge_modseq, &w);

	if (r < 0)
		return r;
	while (state_expunged_next(&w, &gone))
		for (uint32_t uid = gone.first; uid <= gone.last && uid < b->uidnext; uid++)
			add(b, uid);
	state_expunged_end(&w);
	return 0;
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Where nothing has changed and no UID is missing, the first and the last tell of all between them. How many; 0: that is not so. */
static size_t range(struct box *b, struct state_txn *t, uint32_t *ret_first)
{
	struct db_key    prefix = { .n = 0 };
	struct state_box rec;
	struct db_walk   w;
	size_t           n = 0;

	db_key_u32(&prefix, b->id);
	if (state_box_get(t, b->id, &rec, NULL) < 0 || rec.highestmodseq != b->modseq ||
	    db_walk_begin(t->db, STATE_ROW, db_key_view(&prefix), db_key_view(&prefix), &w) < 0)
		return 0;
	if (db_walk_next(&w)) {
		*ret_first = db_be32(w.key.p + 4);
		if (db_walk_last(&w) && db_be32(w.key.p + 4) - *ret_first + 1 == rec.messages)
			n = rec.messages;
	}
	db_walk_end(&w);
	return n;
}

static int add_all(struct box *b, struct state_txn *t)
{
	uint32_t first;
	size_t   n = range(b, t, &first);

	for (size_t i = 0; i < n; i++)
		add(b, first + (uint32_t)i);
	return n > 0 ? 0 : add_rows(b, t, 1, b->uidnext);
}

int box_view_load(struct box *b, struct state_txn *t)
{
	size_t told = b->n, there;
	int    r;

	if (b->loaded)
		return 0;
	b->n = 0;
	r = add_all(b, t);
	there = b->n;
	if (r == 0)
		r = add_expunged(b, t);
	if (b->n > there)
		qsort(b->uids, b->n, sizeof(*b->uids), by_value);
	if (r == 0 && b->n != told)
		r = -EUCLEAN;
	if (r == 0)
		b->loaded = true;
	else
		b->n = told;
	return r;
}

int box_view_grow(struct box *b, struct state_txn *t)
{
	struct state_box rec;
	int              r = state_box_get(t, b->id, &rec, NULL);

	if (r == 0)
		r = add_rows(b, t, b->uidnext, 0);
	if (r < 0)
		return r;
	b->uidnext = rec.uidnext;
	b->modseq = rec.highestmodseq;
	return 0;
}

/* The state was readable a moment ago, and without the view no number of the client means anything. */
static void need(struct box *b)
{
	struct state_txn t = { 0 };
	int              r = b->loaded ? 0 : state_read(&b->s->state, &t);

	if (r == 0)
		r = box_view_load(b, &t);
	if (r < 0)
		die_system(-r, "reading the mailbox %s from the state", b->name);
	state_abort(&t);
}

void box_ready(struct box *b)
{
	need(b);
}

uint32_t box_count(const struct box *b)
{
	return (uint32_t)b->n;
}

const uint32_t *box_uids(struct box *b)
{
	need(b);
	return b->uids;
}

uint32_t box_uid(struct box *b, uint32_t seq)
{
	need(b);
	return b->uids[seq - 1];
}

/* How many UIDs of the view are below uid. From either end it is at most as many places as the numbers are apart, so that only the gaps are
 * searched. */
static size_t lower_bound(struct box *b, uint32_t uid)
{
	size_t lo = 0, hi;

	need(b);
	hi = b->n;
	if (hi == 0 || uid <= b->uids[0] || uid > b->uids[hi - 1])
		return hi == 0 || uid <= b->uids[0] ? 0 : hi;
	if (b->uids[hi - 1] - uid < hi)
		lo = hi - 1 - (b->uids[hi - 1] - uid);
	if (uid - b->uids[0] < hi)
		hi = uid - b->uids[0];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (b->uids[mid] < uid)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

uint32_t box_seq(struct box *b, uint32_t uid)
{
	size_t at = lower_bound(b, uid);

	return at < b->n && b->uids[at] == uid ? (uint32_t)at + 1 : 0;
}

/* The rows are counted, and are the view as long as nothing has changed. */
static uint32_t count_to_unseen(struct box *b, struct state_txn *t)
{
	struct db_key    prefix = { .n = 0 };
	struct state_box rec;
	struct db_walk   w;
	struct row       row;
	uint32_t         seq = 0, found = 0;

	db_key_u32(&prefix, b->id);
	if (state_box_get(t, b->id, &rec, NULL) < 0 || rec.unseen == 0 || rec.highestmodseq != b->modseq ||
	    db_walk_begin(t->db, STATE_ROW, db_key_view(&prefix), db_key_view(&prefix), &w) < 0)
		return 0;
	while (found == 0 && db_walk_next(&w)) {
		memcpy(&row, w.value.p, sizeof(row));
		seq++;
		if (!(row.flags & MAIL_SEEN))
			found = seq;
	}
	db_walk_end(&w);
	return found;
}

uint32_t box_first_unseen(struct box *b)
{
	struct state_txn t;
	uint32_t         found = 0;

	if (state_read(&b->s->state, &t) == 0) {
		found = count_to_unseen(b, &t);
		state_abort(&t);
	}
	return found;
}

uint32_t box_recent_count(struct box *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n_recent; i++)
		n += lower_bound(b, b->recent[i].last + 1) - lower_bound(b, b->recent[i].first);
	return (uint32_t)n;
}
