#include "state.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "state_mail.h"
#include "state_virtual.h"

enum { SCHEMA = 3 };

static const char file_name[] = "state.mdb";

/* Keep the broken one for whoever wants to look, out of the way. */
static int move_aside(const char *path)
{
	char lock[4200], to[4200];

	snprintf(to, sizeof(to), "%s.broken-%lld", path, (long long)clock_now());
	if (rename(path, to) < 0)
		return -errno;
	snprintf(lock, sizeof(lock), "%s-lock", path);
	unlink(lock);
	log_line(LOG_ERR, "the state %s is of no use and was moved to %s; a new one is made, so clients will see new UIDVALIDITYs",
		path, to);
	return 0;
}

/* Serials name mails in the cache and outside: no new state may give one out again. MODSEQs count transactions, of which no state has
 * had one a second: a new one begins above all that clients remember. */
static int make(struct state_txn *t)
{
	int r = state_set(t, "serial", (uint64_t)clock_now_ns());

	return r < 0 ? r : state_set(t, "modseq", (uint64_t)clock_now());
}

/* It had no table of the files in new/. */
static int upgrade_2(struct state_txn *t)
{
	struct db_walk    w;
	struct state_file f;
	int               r = db_walk_begin(t->db, STATE_FILE, STR_NONE, STR_NONE, &w);

	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		memcpy(&f, w.value.p, sizeof(f));
		if (f.in_new)
			r = db_put(t->db, STATE_NEW, w.key, w.value);
	}
	db_walk_end(&w);
	return r;
}

/* Another process may have done so meanwhile. */
static int bring_up(struct state *st)
{
	struct state_txn t;
	uint64_t         schema;
	int              r = state_write(st, &t);

	if (r < 0)
		return r;
	schema = state_counter(&t, "schema");
	if (schema == 0)
		r = make(&t);
	else if (schema == 2)
		r = upgrade_2(&t);
	else if (schema != SCHEMA)
		r = -EUCLEAN;
	if (r == 0)
		r = state_set(&t, "schema", SCHEMA);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

static int open_checked(const char *path, struct state *ret)
{
	struct state_txn t;
	uint64_t         schema;
	int              r = db_open(path, STATE_TABLES, false, &ret->db);

	if (r < 0)
		return r;
	r = state_read(ret, &t);
	if (r == 0) {
		schema = state_counter(&t, "schema");
		state_abort(&t);
		r = schema == SCHEMA ? 0 : bring_up(ret);
	}
	if (r < 0)
		state_close(ret);
	return r;
}

int state_open(const char *dir, struct state *ret, bool *ret_fresh)
{
	char path[4096];
	int  r;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, file_name) >= sizeof(path))
		return -ENAMETOOLONG;
	*ret_fresh = access(path, F_OK) < 0;
	r = open_checked(path, ret);
	if (r != -EUCLEAN)
		return r;
	*ret_fresh = true;
	r = move_aside(path);
	return r < 0 ? r : open_checked(path, ret);
}

void state_close(struct state *st)
{
	db_close(st->db);
	st->db = NULL;
}

int state_read(struct state *st, struct state_txn *ret)
{
	*ret = (struct state_txn){ 0 };
	return db_read(st->db, &ret->db);
}

int state_write(struct state *st, struct state_txn *ret)
{
	int r;

	*ret = (struct state_txn){ 0 };
	r = db_write(st->db, &ret->db);
	if (r == 0)
		ret->virtuals = state_counter(ret, "virtual");
	return r;
}

int state_commit(struct state_txn *t)
{
	struct db_txn *db;
	int            r = state_virtual_settle(t);

	if (r < 0) {
		state_abort(t);
		return r;
	}
	db = t->db;
	t->db = NULL;
	state_abort(t);
	return db_commit(db);
}

void state_abort(struct state_txn *t)
{
	db_abort(t->db);
	t->db = NULL;
	VEC_FREE(&t->touched);
	arena_free(&t->arena);
}

uint64_t state_counter(struct state_txn *t, const char *counter)
{
	struct str v;
	uint64_t   n;

	if (db_get(t->db, STATE_META, str_of(counter), &v) < 0 || v.n != sizeof(n))
		return 0;
	memcpy(&n, v.p, sizeof(n));
	return n;
}

int state_set(struct state_txn *t, const char *counter, uint64_t value)
{
	return db_put(t->db, STATE_META, str_of(counter), (struct str){ (const char *)&value, sizeof(value) });
}

int state_next(struct state_txn *t, const char *counter, uint64_t *ret)
{
	uint64_t n = state_counter(t, counter) + 1;
	int      r = state_set(t, counter, n);

	if (r < 0)
		return r;
	*ret = n;
	return 0;
}

int state_modseq(struct state_txn *t, uint64_t *ret)
{
	int r = t->modseq == 0 ? state_next(t, "modseq", &t->modseq) : 0;

	if (r < 0)
		return r;
	*ret = t->modseq;
	return 0;
}
