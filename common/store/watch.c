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
#include <sys/inotify.h>
#include <unistd.h>

#include "box_priv.h"
#include "die.h"
#include "folders.h"
#include "index_stamp.h"
#include "vec.h"

enum {
	FOLDERS_MAX = 2000,             /* a user has some 100,000 watches */
	GONE = IN_DELETE_SELF | IN_MOVE_SELF,
	FILES = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | GONE,
	COMMIT = IN_MOVED_TO | GONE,
	APPEAR = IN_CREATE | IN_MOVED_TO | GONE,
};

struct watch {
	struct store *s;
	struct arena  arena;
	VEC(const char *) dirs;         /* cur and new, of all folders for a virtual mailbox */
	const char   *state;
	int           fd;
};

/* Asking again for what is watched already changes nothing. */
static int add(struct watch *w, const char *path, uint32_t mask)
{
	return inotify_add_watch(w->fd, path, mask) < 0 ? -errno : 0;
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
		add(w, w->s->index_conf->open_config, IN_MODIFY | IN_ATTRIB | GONE);
	arena_free(&a);
}

static int arm(struct watch *w)
{
	int r = add(w, w->state, IN_MODIFY | IN_ATTRIB | GONE);

	for (size_t i = 0; r == 0 && i < w->dirs.n; i++)
		r = add(w, w->dirs.p[i], FILES);
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
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd < 0)
		r = -errno;
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
	if (w->fd >= 0)
		close(w->fd);
	VEC_FREE(&w->dirs);
	arena_free(&w->arena);
	free(w);
}

int watch_fd(const struct watch *w)
{
	return w->fd;
}

void watch_clear(struct watch *w)
{
	/* Room for many events at once, aligned as they are. */
	char    events[4 * 1024] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n;
	bool    moved = false;

	while ((n = read(w->fd, events, sizeof(events))) > 0)
		for (char *p = events; p < events + n; p += sizeof(struct inotify_event) + ((struct inotify_event *)p)->len)
			moved |= ((struct inotify_event *)p)->mask & (IN_ISDIR | IN_IGNORED | IN_MOVE_SELF | IN_Q_OVERFLOW);
	/* What is gone for good is found out by the caller. */
	if (moved)
		arm(w);
}
