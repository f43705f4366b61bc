#include "state_rows.h"

#include <errno.h>
#include <string.h>

#include "state_changed.h"

static struct db_key row_key(uint32_t box, uint32_t uid)
{
	struct db_key k;

	db_key_begin(&k);
	db_key_u32(&k, box);
	db_key_u32(&k, uid);
	return k;
}

int state_row_get(struct state_txn *t, uint32_t box, uint32_t uid, struct row *ret)
{
	struct db_key k = row_key(box, uid);
	struct str    v;
	int           r = db_get(t->db, STATE_ROW, db_key_view(&k), &v);

	if (r < 0)
		return r;
	if (v.n != sizeof(*ret))
		return -EUCLEAN;
	memcpy(ret, v.p, sizeof(*ret));
	return 0;
}

static int put(struct state_txn *t, uint32_t box, const struct row *row)
{
	struct db_key k = row_key(box, row->uid);

	return db_put(t->db, STATE_ROW, db_key_view(&k), (struct str){ (const char *)row, sizeof(*row) });
}

static void count(struct state_box *b, uint32_t flags, int by)
{
	b->messages += (uint32_t)by;
	if (!(flags & MAIL_SEEN))
		b->unseen += (uint32_t)by;
	if (flags & MAIL_DELETED)
		b->deleted += (uint32_t)by;
}

/* Give the row this transaction's MODSEQ and put it where CHANGEDSINCE finds it. */
static int changed(struct state_txn *t, struct state_box *b, struct row *row, bool is_new)
{
	uint64_t modseq;
	int      r = state_modseq(t, &modseq);

	if (r == 0 && !is_new && row->modseq != modseq)
		r = state_changed_drop(t, b->id, row->modseq, row->uid, row->uid);
	if (r == 0)
		r = state_changed_add(t, b->id, modseq, row->uid, row->uid);
	if (r < 0)
		return r;
	row->modseq = modseq;
	b->highestmodseq = modseq;
	return put(t, b->id, row);
}

int state_row_add(struct state_txn *t, struct state_box *b, struct row *row)
{
	if (b->uidnext == UINT32_MAX)
		return -EOVERFLOW;
	row->uid = b->uidnext++;
	count(b, row->flags, 1);
	return changed(t, b, row, true);
}

int state_row_flags(struct state_txn *t, struct state_box *b, struct row *row, uint32_t flags, uint32_t kwset)
{
	if (row->flags == flags && row->kwset == kwset)
		return 0;
	count(b, row->flags, -1);
	count(b, flags, 1);
	row->flags = flags;
	row->kwset = kwset;
	return changed(t, b, row, false);
}

int state_row_serial(struct state_txn *t, uint32_t box, uint32_t uid, uint64_t serial)
{
	struct row row;
	int        r = state_row_get(t, box, uid, &row);

	if (r < 0)
		return r;
	row.serial = serial;
	return put(t, box, &row);
}

int state_row_size(struct state_txn *t, uint32_t box, const struct row *from)
{
	struct row row;
	int        r = state_row_get(t, box, from->uid, &row);

	if (r < 0)
		return r;
	row.size = from->size;
	row.open_line = from->open_line;
	return put(t, box, &row);
}

/* Neighbours that go in one transaction share a record. */
static int log_expunge(struct state_txn *t, uint32_t box, uint64_t modseq, uint32_t first, uint32_t last)
{
	struct db_key  at = { .n = 0 }, k = state_log_key(box, modseq, first), v = { .n = 0 };
	struct db_walk w;
	int            r;

	db_key_u32(&at, box);
	db_key_u64(&at, modseq);
	r = db_walk_begin(t->db, STATE_EXPUNGED, db_key_view(&at), db_key_view(&at), &w);
	if (r < 0)
		return r;
	if (db_walk_last(&w) && w.value.n == 4 && db_be32(w.value.p) + 1 == first)
		k = state_log_key(box, modseq, db_be32(w.key.p + 12));
	db_walk_end(&w);
	db_key_u32(&v, last);
	return db_put(t->db, STATE_EXPUNGED, db_key_view(&k), db_key_view(&v));
}

int state_row_expunge(struct state_txn *t, struct state_box *b, uint32_t uid)
{
	struct db_key k = row_key(b->id, uid);
	struct row    row;
	uint64_t      modseq;
	int           r = state_row_get(t, b->id, uid, &row);

	if (r == 0)
		r = state_modseq(t, &modseq);
	if (r < 0)
		return r;
	count(b, row.flags, -1);
	b->highestmodseq = modseq;
	r = state_changed_drop(t, b->id, row.modseq, uid, uid);
	if (r == 0)
		r = db_del(t->db, STATE_ROW, db_key_view(&k));
	return r < 0 ? r : log_expunge(t, b->id, modseq, uid, uid);
}

int state_rows_begin(struct state_txn *t, struct state_box *b, struct state_rows *ret)
{
	*ret = (struct state_rows){ .t = t, .b = b };
	return db_walk_begin(t->db, STATE_ROW, STR_NONE, STR_NONE, &ret->w);
}

int state_rows_get(struct state_rows *rs, uint32_t uid, struct row *ret)
{
	struct db_key k = row_key(rs->b->id, uid);

	if (!db_walk_find(&rs->w, db_key_view(&k)))
		return -ENOENT;
	if (rs->w.value.n != sizeof(*ret))
		return -EUCLEAN;
	memcpy(ret, rs->w.value.p, sizeof(*ret));
	return 0;
}

static int end_run(struct state_rows *rs)
{
	uint32_t first = rs->first, last = rs->last;
	int      r = 0;

	rs->first = 0;
	if (first == 0)
		return 0;
	if (rs->old_modseq != 0 && (rs->gone || rs->old_modseq != rs->t->modseq))
		r = state_changed_drop(rs->t, rs->b->id, rs->old_modseq, first, last);
	if (r < 0)
		return r;
	return rs->gone ? log_expunge(rs->t, rs->b->id, rs->t->modseq, first, last)
	                : state_changed_add(rs->t, rs->b->id, rs->t->modseq, first, last);
}

/* Neighbours that changed last in one transaction change together. Sets the mailbox's MODSEQ. */
static int run_on(struct state_rows *rs, uint32_t uid, uint64_t old_modseq, bool gone)
{
	int r = state_modseq(rs->t, &rs->b->highestmodseq);

	if (r == 0 && rs->first != 0 && (uid != rs->last + 1 || old_modseq != rs->old_modseq || gone != rs->gone))
		r = end_run(rs);
	if (r < 0)
		return r;
	if (rs->first == 0) {
		rs->first = uid;
		rs->old_modseq = old_modseq;
		rs->gone = gone;
	}
	rs->last = uid;
	return 0;
}

int state_rows_flags(struct state_rows *rs, struct row *row, uint32_t flags, uint32_t kwset)
{
	int r = 0;

	if (row->flags == flags && row->kwset == kwset)
		return 0;
	r = run_on(rs, row->uid, row->modseq, false);
	if (r < 0)
		return r;
	count(rs->b, row->flags, -1);
	count(rs->b, flags, 1);
	row->flags = flags;
	row->kwset = kwset;
	row->modseq = rs->b->highestmodseq;
	return db_walk_put(&rs->w, (struct str){ (const char *)row, sizeof(*row) });
}

int state_rows_add(struct state_rows *rs, struct row *row)
{
	int r = rs->b->uidnext == UINT32_MAX ? -EOVERFLOW : run_on(rs, rs->b->uidnext, 0, false);

	if (r < 0)
		return r;
	row->uid = rs->b->uidnext++;
	row->modseq = rs->b->highestmodseq;
	count(rs->b, row->flags, 1);
	return put(rs->t, rs->b->id, row);
}

int state_rows_expunge(struct state_rows *rs, const struct row *row)
{
	int r = run_on(rs, row->uid, row->modseq, true);

	if (r < 0)
		return r;
	count(rs->b, row->flags, -1);
	return db_walk_del(&rs->w);
}

int state_rows_end(struct state_rows *rs)
{
	db_walk_end(&rs->w);
	return end_run(rs);
}
