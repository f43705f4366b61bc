#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "die.h"
#include "dirwatch.h"
#include "drain.h"
#include "fd.h"
#include "folders.h"
#include "journal.h"
#include "keywords_priv.h"
#include "limits.h"
#include "log.h"
#include "mail.h"
#include "maildir.h"
#include "pending.h"
#include "state_expunged.h"
#include "store_priv.h"
#include "sync.h"

/* Tables of the cache behind those of mails, and how much one entry holds. */
enum { CACHE_SAID = MAIL_CACHES, CACHE_TABLES, SAID_MAX = 128 * 1024 };

int store_fail(struct store *s, int r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->why, sizeof(s->why), fmt, ap);
	va_end(ap);
	return r;
}

const char *store_why(const struct store *s)
{
	return s->why;
}

/* mkdir -p, private. */
static int make_path(const char *path)
{
	char  part[4096];
	char *slash = part;

	if ((size_t)snprintf(part, sizeof(part), "%s", path) >= sizeof(part))
		return -ENAMETOOLONG;
	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			return -errno;
		*slash = '/';
	}
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

const char *store_state_dir(const struct store_conf *conf, struct arena *a)
{
	const char *xdg = getenv("XDG_STATE_HOME");

	if (conf->state_dir)
		return conf->state_dir;
	if (xdg && xdg[0] == '/')
		return arena_printf(a, "%s/remuch", xdg);
	return arena_printf(a, "%s/.local/state/remuch", conf->home);
}

static int open_state(struct store *s)
{
	bool fresh;
	int  r;

	s->state_dir = store_state_dir(&s->conf, &s->arena);
	r = make_path(s->state_dir);
	if (r < 0)
		return store_fail(s, r, "cannot make the state directory %s: %s", s->state_dir, strerror(-r));
	r = state_open(s->state_dir, &s->state, &fresh);
	if (r < 0)
		return store_fail(s, r, "cannot open the state in %s: %s", s->state_dir, strerror(-r));
	return 0;
}

/* The cache may be thrown away at any time, so a broken one is. */
static void open_cache(struct store *s)
{
	const char *path = arena_printf(&s->arena, "%s/cache.mdb", s->state_dir);
	int         r = db_open(path, CACHE_TABLES, true, &s->cache);

	if (r == -EUCLEAN) {
		unlink(path);
		unlink(arena_printf(&s->arena, "%s-lock", path));
		r = db_open(path, CACHE_TABLES, true, &s->cache);
	}
	if (r < 0) {
		s->cache = NULL;
		log_line(LOG_WARNING, "cannot open the cache %s: %s; going on without", path, strerror(-r));
	}
}

/* What notmuch said of its configuration the last time. */
static void recall_conf(struct store *s, struct buf *ret)
{
	struct db_txn *t;
	struct str     kept;

	if (!s->cache || db_read(s->cache, &t) < 0)
		return;
	if (db_get(t, CACHE_SAID, STR("notmuch"), &kept) == 0)
		buf_str(ret, kept);
	db_abort(t);
}

static void keep_conf(struct store *s, struct str kept)
{
	struct db_txn *t;

	if (!s->cache || db_write(s->cache, &t) < 0)
		return;
	if (db_put(t, CACHE_SAID, STR("notmuch"), kept) == 0)
		db_commit(t);
	else
		db_abort(t);
}

static int load_conf(struct store *s)
{
	struct buf  kept = BUF(SAID_MAX), before = BUF(SAID_MAX);
	const char *why = "";
	int         r;

	recall_conf(s, &kept);
	buf_str(&before, buf_view(&kept));
	r = index_conf_load(s->conf.notmuch_config, s->conf.mail_root, &kept, &s->index_conf, &why);
	if (r < 0)
		store_fail(s, r, "%s", why);
	else if (!str_eq(buf_view(&before), buf_view(&kept)))
		keep_conf(s, buf_view(&kept));
	buf_free(&before);
	buf_free(&kept);
	return r;
}

static int open_all(struct store *s)
{
	int r = open_state(s);

	if (r == 0) {
		open_cache(s);
		r = load_conf(s);
	}
	if (r < 0)
		return r;
	s->root = open(s->index_conf->mail_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->root < 0)
		return store_fail(s, -errno, "cannot open the mail root %s: %s", s->index_conf->mail_root, strerror(errno));
	return folders_find_inbox(s);
}

int store_open(const struct store_conf *conf, struct store **ret_store, const char **ret_why)
{
	static char   why[sizeof(((struct store *)0)->why)];
	struct store *s = calloc(1, sizeof(*s));
	int           r;

	if (!s)
		die_memory();
	s->conf = *conf;
	s->root = -1;
	s->drain.wake = -1;
	r = open_all(s);
	if (r < 0) {
		snprintf(why, sizeof(why), "%s", s->why);
		*ret_why = why;
		store_close(s);
		return r;
	}
	if (!journal_empty(&s->state))
		drain_kick(s);          /* what an earlier session left */
	*ret_store = s;
	return 0;
}

const char *store_spool(const struct store *s)
{
	return s->state_dir;
}

void store_settle(struct store *s)
{
	if (!sync_unsettled(s))
		return;
	poll(NULL, 0, MAILDIR_SETTLE_MS);
	sync_watched(s);
}

void store_close(struct store *s)
{
	if (!s)
		return;
	index_close(s->index);
	index_conf_free(s->index_conf);
	keywords_free(s->keywords);
	pending_free(s->pending);
	dirwatch_end(s);
	db_close(s->cache);
	if (s->state.db) {
		state_expunged_trim(&s->state, EXPUNGED_MAX);
		state_close(&s->state);
	}
	fd_closep(&s->root);
	fd_closep(&s->drain.wake);
	arena_free(&s->arena);
	free(s);
}

void store_rest(struct store *s)
{
	db_rest(s->state.db);
	if (s->cache)
		db_rest(s->cache);
}

/* Most of what the index has is in the state, too. */
static void expect(struct store *s)
{
	struct state_txn t;

	if (state_read(&s->state, &t) < 0)
		return;
	index_expect(s->index, db_entries(t.db, STATE_MAIL));
	state_abort(&t);
}

struct index *store_index(struct store *s)
{
	const char *why = "";
	bool        moved = s->index && index_moved(s->index);

	if (moved && index_refresh(s->index) < 0) {
		index_close(s->index);
		s->index = NULL;
	}
	if (s->index && !moved)
		return s->index;
	if (!s->index && index_open(s->index_conf, &s->index, &why) < 0)
		s->index = NULL;
	if (s->index)
		expect(s);
	return s->index;
}
