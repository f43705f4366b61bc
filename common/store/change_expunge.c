#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "box_priv.h"
#include "change.h"
#include "change_files.h"
#include "change_virtual.h"
#include "drain.h"
#include "journal.h"
#include "mail.h"
#include "state_rows.h"
#include "vec.h"

/* The \Deleted ones among uids, or of all the mailbox. */
static int marked(struct box *b, const uint32_t *uids, size_t n, struct arena *a, uint32_t **ret, size_t *ret_n)
{
	enum { PIECE = 512 };
	struct row rows[PIECE];
	uint32_t  *v = ARENA_NEW_N(a, n, uint32_t);
	size_t     k = 0;

	for (size_t at = 0; at < n; at += PIECE) {
		size_t m = n - at < PIECE ? n - at : PIECE;
		int    r = box_rows(b, uids + at, m, rows);

		if (r < 0)
			return r;
		for (size_t i = 0; i < m; i++)
			if (rows[i].uid != 0 && (rows[i].flags & MAIL_DELETED))
				v[k++] = rows[i].uid;
	}
	*ret = v;
	*ret_n = k;
	return 0;
}

static int all_uids(struct box *b, struct arena *a, uint32_t **ret, size_t *ret_n)
{
	struct db_key    k = { .n = 0 };
	struct state_box rec;
	struct state_txn t;
	struct db_walk   w;
	size_t           n = 0;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	db_key_u32(&k, b->id);
	r = state_box_get(&t, b->id, &rec, NULL);
	if (r == 0)
		*ret = ARENA_NEW_N(a, rec.deleted > 0 ? rec.messages : 0, uint32_t);
	if (r == 0 && rec.deleted > 0) {
		r = db_walk_begin(t.db, STATE_ROW, db_key_view(&k), db_key_view(&k), &w);
		while (r == 0 && n < rec.messages && db_walk_next(&w))
			(*ret)[n++] = db_be32(w.key.p + 4);
		if (r == 0)
			db_walk_end(&w);
	}
	state_abort(&t);
	*ret_n = n;
	return r;
}

static int unlink_file(void *arg, struct change_file *f)
{
	struct store *s = arg;

	return unlinkat(s->root, f->path, 0) < 0 ? -errno : 0;
}

static int drop(struct box *b, struct state_txn *t, struct state_rows *rows, const struct change_file *f)
{
	struct row row;
	int        r;

	if (state_rows_get(rows, f->uid, &row) == 0) {
		r = state_rows_expunge(rows, &row);
		if (r == 0)
			r = state_mail_drop(t, f->serial);
	} else {
		r = f->missing ? -ENOENT : 0;   /* somebody's sync was faster */
	}
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	return journal_put(t, &(struct journal_record){ .kind = JOURNAL_UNINDEX, .id = f->id, .dir = str_of(b->dir), .base = f->base });
}

static int drop_all(struct box *b, struct state_txn *t, const struct change_file *f, size_t n)
{
	struct state_rows rows;
	struct state_box  rec;
	int               r = state_box_get(t, b->id, &rec, NULL), e;

	if (r == 0)
		r = state_rows_begin(t, &rec, &rows);
	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < n; i++)
		r = drop(b, t, &rows, &f[i]);
	e = state_rows_end(&rows);
	if (r == 0)
		r = e;
	return r < 0 ? r : state_box_put(t, &rec, STR_NONE);
}

static int commit(struct box *b, const struct change_file *f, size_t n)
{
	struct state_txn t;
	int              r = state_write(&b->s->state, &t);

	if (r == 0)
		r = drop_all(b, &t, f, n);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Files go first: a crash in between leaves rows without files, which the next sync expunges. The other way round the
 * files would come back as new messages. */
int change_expunge(struct box *b, const uint32_t *uids, size_t n, struct arena *a, const uint32_t **ret_uids, size_t *ret_n)
{
	struct change_file *f = NULL;
	uint32_t           *all, *gone;
	uint64_t           *serials;
	size_t              n_files = 0;
	int                 r = b->readonly ? store_fail(b->s, -EROFS, "the mailbox was opened read-only") : 0;

	if (r == 0 && !uids) {
		r = all_uids(b, a, &all, &n);
		uids = all;
	}
	if (r == 0)
		r = marked(b, uids, n, a, &gone, &n);
	if (r == 0 && b->v.kind != VBOX_FOLDER)
		return change_virtual_expunge(b, gone, n, a, ret_uids, ret_n);
	if (r == 0)
		r = change_files(b, gone, n, a, &f, &n_files);
	if (r == 0 && n_files > 0)
		r = change_files_each(b, f, n_files, a, unlink_file, b->s);
	if (r == 0 && n_files > 0)
		r = change_files_sync(b->s, b->dir, true);
	if (r == 0 && n_files > 0)
		r = commit(b, f, n_files);
	if (r < 0)
		return r == -EROFS ? r : store_fail(b->s, r, "cannot remove the messages: %s", strerror(-r));
	if (n_files > 0)
		drain_kick(b->s);
	serials = ARENA_NEW_N(a, n_files, uint64_t);
	for (size_t i = 0; i < n_files; i++) {
		gone[i] = f[i].uid;
		serials[i] = f[i].serial;
	}
	mail_cache_drop(b->s, serials, n_files);
	*ret_uids = gone;
	*ret_n = n_files;
	return 0;
}
