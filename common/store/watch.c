/* What is watched, with inotify:
 *   cur/ and new/ of the mailbox        files that come, go and change their names
 *   the state                           written at each commit, by other sessions and by the drainer, and touched
 *                                       when the commit can be seen (db.c)
 *   the Xapian directory                "iamglass" is replaced at each commit
 *   the two directories above that      where a database appears, or is rebuilt or compacted
 *   notmuch's configuration file        may have named queries */
#include "watch.h"

#include <errno.h>
#include <stdlib.h>

#include "box_priv.h"
#include "die.h"
#include "dirwatch.h"
#include "folders.h"
#include "index_stamp.h"
#include "sync.h"
#include "vec.h"

enum {
	FOLDERS_MAX = 2000,             /* a user has some 100,000 watches */
	COMMIT = IN_MOVED_TO | DIRWATCH_GONE,
	APPEAR = IN_CREATE | IN_MOVED_TO | DIRWATCH_GONE,
};

struct watch {
	struct store *s;
	struct arena  arena;
	VEC(const char *) dirs;         /* cur and new, of all folders for a virtual mailbox */
	const char   *state;
	VEC(int)      wds;
	int           fd;               /* the store's (dirwatch.h) */
};

/* Asking again for what is watched already changes nothing. */
static int add(struct watch *w, const char *path, uint32_t mask)
{
	int wd = inotify_add_watch(w->fd, path, mask);

	if (wd < 0)
		return -errno;
	for (size_t i = 0; i < w->wds.n; i++)
		if (w->wds.p[i] == wd)
			return 0;
	VEC_PUSH(&w->wds, wd);
	return 0;
}

/* Any part of it may be missing now; the part above it tells when it comes. */
static void arm_index(struct watch *w)
{
	struct arena a = ARENA_INIT;
	const char  *dir = index_dir(w->s->index_conf, &a);

	add(w, w->s->index_conf->database, APPEAR);
	add(w, arena_printf(&a, "%s/..", dir), APPEAR);
	add(w, dir, COMMIT);
	if (w->s->index_conf->open_config[0] != '\0')
		add(w, w->s->index_conf->open_config, IN_MODIFY | IN_ATTRIB | DIRWATCH_GONE);
	arena_free(&a);
}

static int arm(struct watch *w)
{
	int r = add(w, w->state, IN_MODIFY | IN_ATTRIB | DIRWATCH_GONE);

	for (size_t i = 0; r == 0 && i < w->dirs.n; i++)
		r = add(w, w->dirs.p[i], DIRWATCH_FILES);
	if (r == 0)
		arm_index(w);
	return r;
}

static int name_dirs(struct watch *w, struct str folder)
{
	struct buf dir = BUF(4096);
	int        r = folders_dir(w->s, folder, &dir);

	if (r == 0) {
		VEC_PUSH(&w->dirs, arena_printf(&w->arena, "%s/%s/cur", w->s->index_conf->mail_root, buf_z(&dir)));
		VEC_PUSH(&w->dirs, arena_printf(&w->arena, "%s/%s/new", w->s->index_conf->mail_root, buf_z(&dir)));
	}
	buf_free(&dir);
	return r;
}

/* Mail that comes into any folder may belong. */
static int name_all_dirs(struct watch *w)
{
	struct folder *f;
	size_t         n;
	int            r = folders_walk(w->s, &w->arena, &f, &n);

	for (size_t i = 0; r == 0 && i < n && i < FOLDERS_MAX; i++)
		if (f[i].is_maildir)
			r = name_dirs(w, f[i].name);
	return r;
}

int watch_open(struct store *s, struct box *b, struct watch **ret)
{
	struct watch *w = calloc(1, sizeof(*w));
	int           r = 0;

	if (!w)
		die_memory();
	w->s = s;
	w->state = arena_printf(&w->arena, "%s/state.mdb", s->state_dir);
	w->fd = dirwatch_fd(s);
	if (w->fd < 0)
		r = w->fd;
	if (r == 0 && b && b->dir)
		sync_watch(s, b->id, b->dir);
	else if (r == 0 && b)
		dirwatch_leave(s);      /* what is done there is to wake us now */
	if (r == 0 && b)
		r = b->v.kind == VBOX_FOLDER ? name_dirs(w, box_name(b)) : name_all_dirs(w);
	if (r == 0)
		r = arm(w);
	if (r < 0) {
		watch_close(w);
		return r;
	}
	*ret = w;
	return 0;
}

void watch_close(struct watch *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->wds.n; i++)
		if (!dirwatch_owns(w->s, w->wds.p[i]))
			inotify_rm_watch(w->fd, w->wds.p[i]);
	VEC_FREE(&w->wds);
	VEC_FREE(&w->dirs);
	arena_free(&w->arena);
	free(w);
}

int watch_fd(const struct watch *w)
{
	return w->fd;
}

bool watch_due(const struct watch *w)
{
	return dirwatch_has_others(w->s);
}

void watch_clear(struct watch *w)
{
	dirwatch_listen(w->s);
	/* What is gone for good is found out by the caller. */
	if (dirwatch_others(w->s) & (IN_ISDIR | IN_IGNORED | IN_MOVE_SELF | IN_Q_OVERFLOW))
		arm(w);
}
