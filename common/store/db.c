/* Nobody ever waits for LMDB's own mutexes. They lie in shared memory, and a waiter that is woken and killed before it has taken the mutex
 * takes the wake-up with it: the next one sleeps though the mutex is free. So writers queue at a flock(2) of the database file, which the
 * kernel gives back however a process ends, and a process keeps its slot among the readers, for which the mutex would be taken. */
#include "db.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "die.h"
#include "fd.h"

enum { TABLES_MAX = 32, READERS_MAX = 1024 };

/* Address space, not memory or disk: the file grows as it is filled. */
#define MAP_SIZE ((size_t)64 << 30)

struct db {
	MDB_env *env;
	MDB_dbi  table[TABLES_MAX];
	unsigned n;
	char    *path;
	bool     fast;
	unsigned live;                  /* transactions */
	MDB_txn *reader;                /* not in use; keeps the slot. NULL: it is in use */
};

/* What a struct db_txn * points to. */
struct db_txn {
	MDB_txn   *txn;
	struct db *db;
	bool       writes;
};

static int error_of(int r)
{
	switch (r) {
	case 0:
		return 0;
	case MDB_NOTFOUND:
		return -ENOENT;
	case MDB_KEYEXIST:
		return -EEXIST;
	case MDB_MAP_FULL:
		return -ENOSPC;
	case MDB_BAD_VALSIZE:
		return -EINVAL;
	case MDB_READERS_FULL:
		return -EBUSY;
	case MDB_INVALID:
	case MDB_VERSION_MISMATCH:
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
	case MDB_PANIC:
	case MDB_INCOMPATIBLE:
		return -EUCLEAN;
	default:
		return r > 0 ? -r : -EIO;
	}
}

static int lock(struct db *d, int how)
{
	int fd, r = mdb_env_get_fd(d->env, &fd);

	while (r == 0 && flock(fd, how) < 0)
		if (errno != EINTR)
			r = errno;
	return error_of(r);
}

static int open_tables_in(struct db *d, unsigned txn_flags, unsigned flags)
{
	MDB_txn *txn;
	int      r = mdb_txn_begin(d->env, NULL, txn_flags, &txn);

	for (unsigned i = 0; r == 0 && i < d->n; i++) {
		char name[12];

		snprintf(name, sizeof(name), "%u", i);
		r = mdb_dbi_open(txn, name, flags, &d->table[i]);
		if (r != 0)
			mdb_txn_abort(txn);
	}
	return r != 0 ? r : mdb_txn_commit(txn);
}

/* Only the first time are they made: else nobody who writes is waited for. */
static int open_tables(struct db *d)
{
	int r = open_tables_in(d, MDB_RDONLY, 0);

	return r == MDB_NOTFOUND ? open_tables_in(d, 0, MDB_CREATE) : r;
}

/* Read every page that holds something. */
static int walk_all(struct db *d)
{
	MDB_txn *txn;
	int      r = mdb_txn_begin(d->env, NULL, MDB_RDONLY, &txn);

	if (r != 0)
		return error_of(r);
	for (unsigned i = 0; r == 0 && i < d->n; i++) {
		MDB_cursor *c;
		MDB_val     k, v;

		r = mdb_cursor_open(txn, d->table[i], &c);
		if (r != 0)
			break;
		do
			r = mdb_cursor_get(c, &k, &v, MDB_NEXT);
		while (r == 0);
		r = r == MDB_NOTFOUND ? 0 : r;
		mdb_cursor_close(c);
	}
	mdb_txn_abort(txn);
	return r != 0 ? -EUCLEAN : 0;
}

/* Is the file shorter than its pages? Those at its end may be free ones that were never written; or somebody cut it, and the
 * first page that is not there would end the process with SIGBUS. So it is made long enough. */
static int lengthen(struct db *d, bool *ret_was_short)
{
	MDB_envinfo info;
	MDB_stat    st;
	struct stat file;
	uint64_t    need;
	int         fd;

	if (mdb_env_info(d->env, &info) != 0 || mdb_env_stat(d->env, &st) != 0 || mdb_env_get_fd(d->env, &fd) != 0)
		return -EUCLEAN;
	need = (info.me_last_pgno + 1) * (uint64_t)st.ms_psize;
	if (fstat(fd, &file) < 0)
		return -errno;
	*ret_was_short = (uint64_t)file.st_size < need;
	return *ret_was_short && fallocate(fd, 0, (off_t)need - 1, 1) < 0 ? -errno : 0;
}

static int prepare(struct db *d)
{
	bool was_short;
	int  dead, r = lengthen(d, &was_short);

	if (r == 0)
		r = error_of(mdb_reader_check(d->env, &dead));
	if (r == 0)
		r = error_of(open_tables(d));
	if (r == 0 && was_short)
		r = walk_all(d);
	if (r == 0)
		r = error_of(mdb_txn_begin(d->env, NULL, MDB_RDONLY, &d->reader));
	if (r == 0)
		mdb_txn_reset(d->reader);
	return r;
}

/* The lock file is memory too: where a full disk has no room for a page of it, the process would end with SIGBUS. */
static int reserve_lock(const char *path)
{
	enum { SIZE = 4096 + READERS_MAX * 64 };
	char name[4200];

	snprintf(name, sizeof(name), "%s-lock", path);
	CLEAN(fd_closep) int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	return fd < 0 || (fallocate(fd, 0, 0, SIZE) < 0 && errno != EOPNOTSUPP) ? -errno : 0;
}

int db_open(const char *path, unsigned n, bool fast, struct db **ret)
{
	unsigned   flags = MDB_NOSUBDIR | MDB_NOTLS | (fast ? MDB_NOSYNC : 0);
	struct db *d = calloc(1, sizeof(*d));
	int        r;

	if (!d)
		die_memory();
	d->n = n;
	d->fast = fast;
	d->path = strdup(path);
	if (!d->path)
		die_memory();
	r = reserve_lock(path);
	if (r == 0)
		r = error_of(mdb_env_create(&d->env));
	if (r < 0) {
		free(d->path);
		free(d);
		return r;
	}
	mdb_env_set_mapsize(d->env, MAP_SIZE);
	mdb_env_set_maxdbs(d->env, TABLES_MAX);
	mdb_env_set_maxreaders(d->env, READERS_MAX);
	r = error_of(mdb_env_open(d->env, path, flags, 0600));
	if (r == 0)
		r = lock(d, LOCK_EX);
	if (r == 0) {
		r = prepare(d);
		lock(d, LOCK_UN);
	}
	if (r < 0) {
		db_close(d);
		return r;
	}
	*ret = d;
	return 0;
}

void db_close(struct db *d)
{
	if (!d)
		return;
	if (d->reader)
		mdb_txn_abort(d->reader);
	mdb_env_close(d->env);
	free(d->path);
	free(d);
}

void db_rest(struct db *d)
{
	/* LMDB does not tell where its map is, but makes it anew when its size is set. The reader at rest keeps nothing of it. */
	int r = d->live > 0 ? 0 : mdb_env_set_mapsize(d->env, MAP_SIZE);

	if (r != 0)
		die_system(-error_of(r), "mapping %s", d->path);
}

bool db_replaced(const struct db *d)
{
	struct stat ours, now;
	int         fd;

	return mdb_env_get_fd(d->env, &fd) != 0 || fstat(fd, &ours) < 0 || stat(d->path, &now) < 0 || ours.st_ino != now.st_ino ||
	       ours.st_dev != now.st_dev;
}

static struct db_txn *new_txn(struct db *d, MDB_txn *txn, bool writes)
{
	struct db_txn *t = malloc(sizeof(*t));

	if (!t)
		die_memory();
	*t = (struct db_txn){ txn, d, writes };
	d->live++;
	return t;
}

int db_read(struct db *d, struct db_txn **ret)
{
	MDB_txn *txn = d->reader;
	int      r = txn ? mdb_txn_renew(txn) : mdb_txn_begin(d->env, NULL, MDB_RDONLY, &txn);

	if (r != 0)
		return error_of(r);
	d->reader = NULL;
	*ret = new_txn(d, txn, false);
	return 0;
}

int db_write(struct db *d, struct db_txn **ret)
{
	MDB_txn *txn;
	int      r = lock(d, LOCK_EX);

	if (r < 0)
		return r;
	r = !d->fast && db_replaced(d) ? -ESTALE : error_of(mdb_txn_begin(d->env, NULL, 0, &txn));
	if (r < 0) {
		lock(d, LOCK_UN);
		return r;
	}
	*ret = new_txn(d, txn, true);
	return 0;
}

/* LMDB shows a commit to readers only after it has written the file, so who is woken by the writing (watch.c) may look too
 * early. The file's times are touched when it can be seen. Not for a commit of nothing: watchers would wake each other. */
static void tell_watchers(struct db *d, size_t txn_id)
{
	MDB_envinfo info;
	int         fd;

	if (mdb_env_info(d->env, &info) == 0 && info.me_last_txnid == txn_id && mdb_env_get_fd(d->env, &fd) == 0)
		futimens(fd, NULL);
}

int db_commit(struct db_txn *t)
{
	size_t id = mdb_txn_id(t->txn);
	bool   writes = t->writes;
	int    r = mdb_txn_commit(t->txn);

	if (r == 0 && writes)
		tell_watchers(t->db, id);
	lock(t->db, LOCK_UN);
	t->db->live--;
	free(t);
	return error_of(r);
}

void db_abort(struct db_txn *t)
{
	if (!t)
		return;
	if (t->writes || t->db->reader) {
		mdb_txn_abort(t->txn);
	} else {
		mdb_txn_reset(t->txn);
		t->db->reader = t->txn;
	}
	if (t->writes)
		lock(t->db, LOCK_UN);
	t->db->live--;
	free(t);
}

uint64_t db_number(struct db_txn *t)
{
	return mdb_txn_id(t->txn);
}

size_t db_entries(struct db_txn *t, unsigned table)
{
	MDB_stat st = { 0 };

	mdb_stat(t->txn, t->db->table[table], &st);
	return st.ms_entries;
}

static MDB_val val(struct str s)
{
	return (MDB_val){ s.n, (void *)(uintptr_t)s.p };
}

static struct str str_of_val(MDB_val v)
{
	return (struct str){ v.mv_data, v.mv_size };
}

int db_get(struct db_txn *t, unsigned table, struct str key, struct str *ret_value)
{
	MDB_val k = val(key), v;
	int     r = mdb_get(t->txn, t->db->table[table], &k, &v);

	if (r != 0)
		return error_of(r);
	*ret_value = str_of_val(v);
	return 0;
}

static int put(struct db_txn *t, unsigned table, struct str key, struct str value, unsigned flags)
{
	MDB_val k = val(key), v = val(value);

	return error_of(mdb_put(t->txn, t->db->table[table], &k, &v, flags));
}

int db_put(struct db_txn *t, unsigned table, struct str key, struct str value)
{
	return put(t, table, key, value, 0);
}

int db_add(struct db_txn *t, unsigned table, struct str key, struct str value)
{
	return put(t, table, key, value, MDB_NOOVERWRITE);
}

int db_del(struct db_txn *t, unsigned table, struct str key)
{
	MDB_val k = val(key);
	int     r = error_of(mdb_del(t->txn, t->db->table[table], &k, NULL));

	return r == -ENOENT ? 0 : r;
}

int db_walk_begin(struct db_txn *t, unsigned table, struct str from, struct str prefix, struct db_walk *ret)
{
	MDB_cursor *c;
	int         r = mdb_cursor_open(t->txn, t->db->table[table], &c);

	if (r != 0)
		return error_of(r);
	*ret = (struct db_walk){ .cursor = (struct db_cursor *)c, .prefix = prefix, .key = from };
	return 0;
}

static bool step(struct db_walk *w, MDB_val k, MDB_cursor_op op)
{
	MDB_val v;

	if (mdb_cursor_get((MDB_cursor *)w->cursor, &k, &v, op) != 0)
		return false;
	w->key = str_of_val(k);
	w->value = str_of_val(v);
	return str_starts(w->key, w->prefix);
}

bool db_walk_next(struct db_walk *w)
{
	bool first = !w->started;

	w->started = true;
	if (!first)
		return step(w, val(STR_NONE), MDB_NEXT);
	return step(w, val(w->key), w->key.n > 0 ? MDB_SET_RANGE : MDB_FIRST);
}

void db_walk_seek(struct db_walk *w, struct str from)
{
	w->key = from;
	w->started = false;
}

bool db_walk_last(struct db_walk *w)
{
	char   end[DB_KEY_MAX];
	size_t n = w->prefix.n;

	w->started = true;
	if (n > 0)
		memcpy(end, w->prefix.p, n);
	while (n > 0 && (unsigned char)end[n - 1] == 0xff)
		n--;
	if (n == 0)
		return step(w, val(STR_NONE), MDB_LAST);
	end[n - 1]++;
	if (!step(&(struct db_walk){ .cursor = w->cursor }, val((struct str){ end, n }), MDB_SET_RANGE))
		return step(w, val(STR_NONE), MDB_LAST);
	return step(w, val(STR_NONE), MDB_PREV);
}

bool db_walk_floor(struct db_walk *w, struct str key)
{
	w->started = true;
	if (!step(&(struct db_walk){ .cursor = w->cursor }, val(key), MDB_SET_RANGE))
		return step(w, val(STR_NONE), MDB_LAST);
	if (step(w, val(STR_NONE), MDB_GET_CURRENT) && str_eq(w->key, key))
		return true;
	return step(w, val(STR_NONE), MDB_PREV);
}

bool db_walk_find(struct db_walk *w, struct str key)
{
	if (w->started && step(w, val(STR_NONE), MDB_NEXT) && str_eq(w->key, key))
		return true;
	w->started = step(w, val(key), MDB_SET_KEY);
	return w->started;
}

int db_walk_put(struct db_walk *w, struct str value)
{
	MDB_val k = val(w->key), v = val(value);

	return error_of(mdb_cursor_put((MDB_cursor *)w->cursor, &k, &v, MDB_CURRENT));
}

int db_walk_del(struct db_walk *w)
{
	return error_of(mdb_cursor_del((MDB_cursor *)w->cursor, 0));
}

void db_walk_end(struct db_walk *w)
{
	if (w->cursor)
		mdb_cursor_close((MDB_cursor *)w->cursor);
	w->cursor = NULL;
}
