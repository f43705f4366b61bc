#include "box_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "die.h"
#include "drain.h"
#include "folders.h"
#include "sync.h"
#include "sync_query.h"
#include "sync_virtual.h"
#include "vbox.h"
#include "vec.h"

static void add_recent(struct box *b, uint32_t first, uint32_t last)
{
	if (b->n_recent > 0 && b->recent[b->n_recent - 1].last + 1 == first) {
		b->recent[b->n_recent - 1].last = last;
		return;
	}
	if (b->n_recent == b->cap_recent)
		b->recent = vec_grow(b->recent, &b->cap_recent, b->n_recent + 1, sizeof(*b->recent));
	b->recent[b->n_recent++] = (struct uid_range){ first, last };
}

/* RFC 3501 section 2.3.2: \Recent is for the first session that is told, and a read-only one does not count. */
int box_claim_recent(struct box *b)
{
	struct state_txn t;
	struct state_box rec;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_box_get(&t, b->id, &rec, NULL);
	state_abort(&t);
	if (r < 0 || rec.recent >= b->uidnext)
		return r;
	if (b->readonly) {
		b->n_recent = 0;
		add_recent(b, rec.recent, b->uidnext - 1);
		return 0;
	}
	r = state_write(&b->s->state, &t);
	if (r == 0)
		r = state_box_get(&t, b->id, &rec, NULL);
	if (r == 0 && rec.recent < b->uidnext) {
		add_recent(b, rec.recent, b->uidnext - 1);
		rec.recent = b->uidnext;
		r = state_box_put(&t, &rec, STR_NONE);
	}
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

static int fill(struct box *b, box_progress progress, void *arg)
{
	struct buf       dir = BUF(4096);
	struct state_box rec;
	struct state_txn t;
	int              r = vbox_find(b->s, &b->arena, str_of(b->name), &b->v);

	if (r == 0 && b->v.kind == VBOX_FOLDER) {
		r = folders_dir(b->s, str_of(b->name), &dir);
		b->dir = arena_z(&b->arena, buf_view(&dir));
	}
	buf_free(&dir);
	if (r < 0)
		return r == -EINVAL ? -ENOENT : r;
	if (b->v.kind == VBOX_QUERY)
		drain_wait(b->s);
	r = sync_index(b->s);
	if (r == 0)
		r = sync_mailbox(b->s, str_of(b->name), progress, arg, &rec);
	if (r < 0)
		return r;
	b->id = rec.id;
	b->uidvalidity = rec.uidvalidity;
	r = state_read(&b->s->state, &t);
	if (r == 0) {
		r = state_box_get(&t, b->id, &rec, NULL);
		state_abort(&t);
	}
	if (r < 0)
		return r;
	box_view_begin(b, &rec);
	return box_claim_recent(b);
}

int box_open(struct store *s, struct str name, bool readonly, box_progress progress, void *arg, struct box **ret_box)
{
	struct box  *b = calloc(1, sizeof(*b));
	struct arena a = ARENA_INIT;
	int          r;

	if (!b)
		die_memory();
	b->s = s;
	b->readonly = readonly;
	b->due = CLOCK_NEVER;
	name = folders_name(s, &a, name);
	b->name = strndup(name.p, name.n);
	arena_free(&a);
	if (!b->name)
		die_memory();
	r = fill(b, progress, arg);
	if (r < 0) {
		box_close(b);
		return r;
	}
	*ret_box = b;
	return 0;
}

void box_close(struct box *b)
{
	if (!b)
		return;
	free(b->name);
	arena_free(&b->arena);
	free(b->uids);
	free(b->recent);
	free(b);
}

uint32_t box_id(const struct box *b)
{
	return b->id;
}

struct str box_name(const struct box *b)
{
	return str_of(b->name);
}

bool box_readonly(const struct box *b)
{
	return b->readonly;
}

bool box_is_folder(const struct box *b)
{
	return b->v.kind == VBOX_FOLDER;
}

void box_watch(struct box *b)
{
	if (b->dir)
		sync_watch(b->s, b->id, b->dir);
}

int64_t box_due(const struct box *b)
{
	return b->v.kind == VBOX_QUERY ? sync_query_due() : b->due;
}

uint32_t box_uidvalidity(const struct box *b)
{
	return b->uidvalidity;
}

uint32_t box_uidnext(const struct box *b)
{
	return b->uidnext;
}

uint64_t box_highestmodseq(const struct box *b)
{
	return b->modseq;
}

uint64_t box_modseq_told(const struct box *b)
{
	return b->expunge_modseq < b->modseq ? b->expunge_modseq : b->modseq;
}

bool box_is_recent(const struct box *b, uint32_t uid)
{
	for (size_t i = b->n_recent; i-- > 0;)
		if (uid >= b->recent[i].first && uid <= b->recent[i].last)
			return true;
	return false;
}

static struct db_key row_key(uint32_t box, uint32_t uid)
{
	struct db_key k = { .n = 0 };

	db_key_u32(&k, box);
	db_key_u32(&k, uid);
	return k;
}

int box_rows(struct box *b, const uint32_t *uids, size_t n, struct row *rows)
{
	enum { STEPS = 8 };             /* cheaper than looking a key up */
	struct db_key    k, prefix = { .n = 0 };
	struct state_txn t;
	struct db_walk   w;
	bool             more = false;
	int              r = n > 0 ? state_read(&b->s->state, &t) : 0;

	if (r < 0 || n == 0)
		return r;
	db_key_u32(&prefix, b->id);
	r = db_walk_begin(t.db, STATE_ROW, db_key_view(&prefix), db_key_view(&prefix), &w);
	for (size_t i = 0; r == 0 && i < n; i++) {
		for (int steps = 0; more && steps < STEPS && db_be32(w.key.p + 4) < uids[i]; steps++)
			more = db_walk_next(&w);
		if (i == 0 || (more && db_be32(w.key.p + 4) < uids[i])) {
			k = row_key(b->id, uids[i]);
			db_walk_seek(&w, db_key_view(&k));
			more = db_walk_next(&w);
		}
		if (more && db_be32(w.key.p + 4) == uids[i])
			memcpy(&rows[i], w.value.p, sizeof(*rows));
		else
			rows[i] = (struct row){ 0 };
	}
	if (r == 0)
		db_walk_end(&w);
	state_abort(&t);
	return r;
}
