#include "dirwatch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "die.h"
#include "fd.h"
#include "store_priv.h"
#include "vec.h"

enum {
	HEARD_MAX = 64 * 1024,          /* names; reading the directory costs less */
	ROUNDS = 16,
	CUR = 0, NEW = 1, SUBS = 2,
};

struct sub {
	const char     *path;           /* below the mail root; in names */
	int             wd;             /* -1: none */
	struct stat     is;             /* which directory is watched */
	struct timespec changed;        /* when it was trusted */
	bool            told;           /* something was, since then */
};

struct dirwatch {
	int           fd;
	uint32_t      box;              /* 0: none */
	bool          trusted, lost;    /* lost: not all was told */
	uint32_t      others;           /* masks */
	struct sub    sub[SUBS];
	struct arena  names, arena;     /* arena: of what was heard */
	VEC(struct heard) heard;
};

/* NULL: not aimed at it. */
static struct dirwatch *at(const struct store *s, uint32_t box)
{
	return s->dirwatch && s->dirwatch->box == box ? s->dirwatch : NULL;
}

int dirwatch_fd(struct store *s)
{
	struct dirwatch *w = s->dirwatch;
	int              fd = w ? w->fd : inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (w || fd < 0)
		return fd < 0 ? -errno : fd;
	w = calloc(1, sizeof(*w));
	if (!w)
		die_memory();
	w->fd = fd;
	w->sub[CUR].wd = w->sub[NEW].wd = -1;
	s->dirwatch = w;
	return fd;
}

static struct sub *sub_of(struct dirwatch *w, int wd)
{
	for (int i = 0; i < SUBS; i++)
		if (w->sub[i].wd == wd)
			return &w->sub[i];
	return NULL;
}

bool dirwatch_owns(const struct store *s, int wd)
{
	return s->dirwatch && sub_of(s->dirwatch, wd);
}

static void forget(struct dirwatch *w)
{
	w->heard.n = 0;
	w->sub[CUR].told = w->sub[NEW].told = false;
	arena_reset(&w->arena);
}

static void unaim(struct dirwatch *w)
{
	for (int i = 0; i < SUBS; i++) {
		if (w->sub[i].wd >= 0)
			inotify_rm_watch(w->fd, w->sub[i].wd);
		w->sub[i].wd = -1;
	}
	w->box = 0;
	w->trusted = w->lost = false;
	forget(w);
	arena_reset(&w->names);
}

/* Where every change is made by this machine's kernel, which tells it. */
static bool is_local(const char *path)
{
	static const unsigned long local[] = {
		EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC, F2FS_SUPER_MAGIC, TMPFS_MAGIC, OVERLAYFS_SUPER_MAGIC,
		0x2fc12fc1,             /* ZFS */
		0xca451a4e,             /* bcachefs */
	};
	struct statfs fs;

	if (statfs(path, &fs) < 0)
		return false;
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
		if ((unsigned long)fs.f_type == local[i])
			return true;
	return false;
}

/* What is watched is at least as new as what was looked at: settle() sees when they are two. */
static bool aim_at(struct store *s, struct dirwatch *w, struct sub *sub, const char *dir, const char *name)
{
	char *path;

	sub->path = arena_printf(&w->names, "%s%s%s", dir, *dir ? "/" : "", name);
	path = arena_printf(&w->names, "%s/%s", s->index_conf->mail_root, sub->path);
	if (!is_local(path) || stat(path, &sub->is) < 0)
		return false;
	sub->wd = inotify_add_watch(w->fd, path, DIRWATCH_FILES | IN_ONLYDIR);
	return sub->wd >= 0;
}

bool dirwatch_aim(struct store *s, uint32_t box, const char *dir)
{
	struct dirwatch *w;

	if (at(s, box) || dirwatch_fd(s) < 0)
		return false;
	w = s->dirwatch;
	unaim(w);
	if (!aim_at(s, w, &w->sub[CUR], dir, "cur") || !aim_at(s, w, &w->sub[NEW], dir, "new")) {
		unaim(w);
		return false;
	}
	w->box = box;
	return true;
}

uint32_t dirwatch_box(const struct store *s)
{
	return s->dirwatch ? s->dirwatch->box : 0;
}

void dirwatch_leave(struct store *s)
{
	if (s->dirwatch)
		unaim(s->dirwatch);
}

/* *left: a file has left a name, and may have another. */
static void note(struct dirwatch *w, struct sub *sub, const struct inotify_event *ev, bool *left)
{
	struct heard h = { .file.in_new = sub == &w->sub[NEW], .came = (ev->mask & (IN_CREATE | IN_MOVED_TO)) != 0 };

	sub->told = true;
	if (ev->len == 0 || ev->name[0] == '.' || ev->mask & IN_ISDIR)
		return;
	maildir_split(arena_str(&w->arena, str_of(ev->name)), &h.file.base, &h.file.info);
	if (h.file.base.n > 0)
		VEC_PUSH(&w->heard, h);
	*left |= (ev->mask & IN_MOVED_FROM) != 0;
}

static void take(struct dirwatch *w, const struct inotify_event *ev, bool *left)
{
	struct sub *sub = sub_of(w, ev->wd);

	if (!sub || ev->mask & (DIRWATCH_GONE | IN_IGNORED | IN_Q_OVERFLOW))
		w->others |= ev->mask;
	if ((sub && ev->mask & (DIRWATCH_GONE | IN_IGNORED)) || ev->mask & IN_Q_OVERFLOW)
		w->lost = true;
	else if (sub)
		note(w, sub, ev, left);
	if (sub && ev->mask & IN_IGNORED)
		sub->wd = -1;
}

static void drain(struct dirwatch *w, bool *left)
{
	char    events[16 * 1024] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n;

	*left = false;
	while ((n = read(w->fd, events, sizeof(events))) > 0)
		for (char *p = events; p < events + n; p += sizeof(struct inotify_event) + ((struct inotify_event *)p)->len)
			take(w, (struct inotify_event *)p, left);
	if (w->heard.n > HEARD_MAX) {
		w->lost = true;
		forget(w);
	}
}

void dirwatch_listen(struct store *s)
{
	bool left;

	if (s->dirwatch)
		drain(s->dirwatch, &left);
}

uint32_t dirwatch_others(struct store *s)
{
	uint32_t others = 0;

	if (s->dirwatch) {
		others = s->dirwatch->others;
		s->dirwatch->others = 0;
	}
	return others;
}

bool dirwatch_has_others(const struct store *s)
{
	return s->dirwatch && s->dirwatch->others != 0;
}

/* A name is changed, and that is told, by who holds the directory's lock. To read from the directory is to wait for it: then all that was seen of
 * the directory before this call, its time above all, has been told when it returns. False: it is another directory. */
static bool settle(struct store *s, const struct sub *sub, struct timespec *ret_changed)
{
	CLEAN(fd_closep) int fd = openat(s->root, sub->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char        some[1024];
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0 || st.st_dev != sub->is.st_dev || st.st_ino != sub->is.st_ino)
		return false;
	*ret_changed = st.st_mtim;
	return getdents64(fd, some, sizeof(some)) >= 0;
}

static bool is_whole(const struct dirwatch *w)
{
	return w->sub[CUR].wd >= 0 && w->sub[NEW].wd >= 0;
}

static bool settle_all(struct store *s, struct dirwatch *w, struct timespec changed[SUBS])
{
	return settle(s, &w->sub[CUR], &changed[CUR]) && settle(s, &w->sub[NEW], &changed[NEW]);
}

void dirwatch_begin(struct store *s, uint32_t box, const char *dir)
{
	struct dirwatch *w = at(s, box);
	struct timespec  changed[SUBS];
	bool             left;

	if (!w)
		return;
	w->trusted = false;
	drain(w, &left);
	if (is_whole(w) && settle_all(s, w, changed)) {
		drain(w, &left);
		w->lost = false;
		forget(w);
	} else {
		unaim(w);
		dirwatch_aim(s, box, dir);
	}
}

/* A directory that changed without a word has been changed in a way that is not told. */
static bool is_silent(const struct sub *sub, struct timespec changed)
{
	return !sub->told && (changed.tv_sec != sub->changed.tv_sec || changed.tv_nsec != sub->changed.tv_nsec);
}

/* A rename tells that a name went, then which one came: the latter is there after the next settling. */
int dirwatch_hear(struct store *s, uint32_t box, const struct heard **ret, size_t *ret_n)
{
	struct dirwatch *w = at(s, box);
	struct timespec  first[SUBS], changed[SUBS];
	bool             left = true;

	if (!w || !w->trusted)
		return -ENODATA;
	w->trusted = false;
	for (int i = 0; left && i < ROUNDS; i++) {
		if (!settle_all(s, w, changed))
			return -ENODATA;
		if (i == 0)
			memcpy(first, changed, sizeof(first));
		drain(w, &left);
	}
	if (left || w->lost || is_silent(&w->sub[CUR], first[CUR]) || is_silent(&w->sub[NEW], first[NEW]))
		return -ENODATA;
	*ret = w->heard.p;
	*ret_n = w->heard.n;
	return 0;
}

void dirwatch_trust(struct store *s, uint32_t box)
{
	struct dirwatch *w = at(s, box);
	struct stat      st;

	if (!w || !is_whole(w) || (w->trusted && !w->lost && w->heard.n == 0))
		return;
	w->trusted = true;
	w->lost = false;
	forget(w);
	for (int i = 0; i < SUBS; i++) {
		w->trusted = w->trusted && fstatat(s->root, w->sub[i].path, &st, 0) == 0;
		if (w->trusted)
			w->sub[i].changed = st.st_mtim;
	}
}

void dirwatch_end(struct store *s)
{
	struct dirwatch *w = s->dirwatch;

	if (!w)
		return;
	s->dirwatch = NULL;
	close(w->fd);
	VEC_FREE(&w->heard);
	arena_free(&w->names);
	arena_free(&w->arena);
	free(w);
}
