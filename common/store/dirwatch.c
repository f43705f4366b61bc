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
	HEARD_MAX = 16 * 1024,          /* names; reading the directory costs no more */
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

struct watched {
	uint32_t      box;              /* 0: none */
	bool          trusted;
	bool          lost;             /* not all was told */
	bool          left;             /* a file has left a name, and may have another */
	struct sub    sub[SUBS];
	struct arena  names, arena;     /* arena: of what was heard */
	VEC(struct heard) heard;
};

struct dirwatch {
	int            fd;
	uint32_t       others;          /* masks */
	struct watched v[DIRWATCH_FOLDERS];     /* those asked for last come first */
};

/* NULL: not aimed at it. */
static struct watched *at(const struct store *s, uint32_t box)
{
	for (size_t i = 0; s->dirwatch && box != 0 && i < DIRWATCH_FOLDERS; i++)
		if (s->dirwatch->v[i].box == box)
			return &s->dirwatch->v[i];
	return NULL;
}

static struct watched *to_front(struct dirwatch *w, struct watched *x)
{
	struct watched first = *x;

	memmove(&w->v[1], &w->v[0], (size_t)(x - w->v) * sizeof(*x));
	w->v[0] = first;
	return &w->v[0];
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
	for (size_t i = 0; i < DIRWATCH_FOLDERS; i++)
		w->v[i].sub[CUR].wd = w->v[i].sub[NEW].wd = -1;
	s->dirwatch = w;
	return fd;
}

static struct sub *sub_of(struct watched *x, int wd)
{
	for (int i = 0; i < SUBS; i++)
		if (x->sub[i].wd == wd)
			return &x->sub[i];
	return NULL;
}

static struct watched *owner_of(struct dirwatch *w, int wd)
{
	for (size_t i = 0; wd >= 0 && i < DIRWATCH_FOLDERS; i++)
		if (sub_of(&w->v[i], wd))
			return &w->v[i];
	return NULL;
}

bool dirwatch_owns(const struct store *s, int wd)
{
	return s->dirwatch && owner_of(s->dirwatch, wd);
}

static void forget(struct watched *x)
{
	x->heard.n = 0;
	x->sub[CUR].told = x->sub[NEW].told = false;
	arena_reset(&x->arena);
}

static void unaim(struct dirwatch *w, struct watched *x)
{
	for (int i = 0; i < SUBS; i++) {
		if (x->sub[i].wd >= 0)
			inotify_rm_watch(w->fd, x->sub[i].wd);
		x->sub[i].wd = -1;
	}
	x->box = 0;
	x->trusted = x->lost = false;
	forget(x);
	arena_reset(&x->names);
}

static struct watched *make_room(struct dirwatch *w)
{
	size_t i = 0;

	while (i < DIRWATCH_FOLDERS - 1 && w->v[i].box != 0)
		i++;
	unaim(w, &w->v[i]);
	return to_front(w, &w->v[i]);
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
static bool aim_at(struct store *s, struct arena *names, struct sub *sub, const char *dir, const char *name)
{
	char *path;

	sub->path = arena_printf(names, "%s%s%s", dir, *dir ? "/" : "", name);
	path = arena_printf(names, "%s/%s", s->index_conf->mail_root, sub->path);
	if (!is_local(path) || stat(path, &sub->is) < 0)
		return false;
	sub->wd = inotify_add_watch(s->dirwatch->fd, path, DIRWATCH_FILES | IN_ONLYDIR);
	return sub->wd >= 0;
}

bool dirwatch_aim(struct store *s, uint32_t box, const char *dir)
{
	struct watched *x = at(s, box);

	if (x)
		to_front(s->dirwatch, x);
	if (x || dirwatch_fd(s) < 0)
		return false;
	x = make_room(s->dirwatch);
	if (!aim_at(s, &x->names, &x->sub[CUR], dir, "cur") || !aim_at(s, &x->names, &x->sub[NEW], dir, "new")) {
		unaim(s->dirwatch, x);
		return false;
	}
	x->box = box;
	return true;
}

size_t dirwatch_boxes(const struct store *s, uint32_t ret[DIRWATCH_FOLDERS])
{
	size_t n = 0;

	for (size_t i = 0; s->dirwatch && i < DIRWATCH_FOLDERS; i++)
		if (s->dirwatch->v[i].box != 0)
			ret[n++] = s->dirwatch->v[i].box;
	return n;
}

bool dirwatch_told(const struct store *s, uint32_t box)
{
	const struct watched *x = at(s, box);

	return x && x->trusted && !x->lost && (x->sub[CUR].told || x->sub[NEW].told);
}

void dirwatch_leave(struct store *s)
{
	for (size_t i = 0; s->dirwatch && i < DIRWATCH_FOLDERS; i++)
		unaim(s->dirwatch, &s->dirwatch->v[i]);
}

static void note(struct watched *x, struct sub *sub, const struct inotify_event *ev)
{
	struct heard h = { .file.in_new = sub == &x->sub[NEW], .came = (ev->mask & (IN_CREATE | IN_MOVED_TO)) != 0 };

	sub->told = true;
	if (x->lost || ev->len == 0 || ev->name[0] == '.' || ev->mask & IN_ISDIR)
		return;
	maildir_split(arena_str(&x->arena, str_of(ev->name)), &h.file.base, &h.file.info);
	if (h.file.base.n > 0)
		VEC_PUSH(&x->heard, h);
	x->left |= (ev->mask & IN_MOVED_FROM) != 0;
	x->lost = x->heard.n > HEARD_MAX;
}

static void take(struct dirwatch *w, const struct inotify_event *ev)
{
	struct watched *x = owner_of(w, ev->wd);
	struct sub     *sub = x ? sub_of(x, ev->wd) : NULL;

	if (!x || ev->mask & (DIRWATCH_GONE | IN_IGNORED))
		w->others |= ev->mask;
	for (size_t i = 0; ev->mask & IN_Q_OVERFLOW && i < DIRWATCH_FOLDERS; i++)
		w->v[i].lost = true;
	if (x && ev->mask & (DIRWATCH_GONE | IN_IGNORED))
		x->lost = true;
	else if (x)
		note(x, sub, ev);
	if (x && ev->mask & IN_IGNORED)
		sub->wd = -1;
}

static void drain(struct dirwatch *w)
{
	char    events[16 * 1024] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n;

	while ((n = read(w->fd, events, sizeof(events))) > 0)
		for (char *p = events; p < events + n; p += sizeof(struct inotify_event) + ((struct inotify_event *)p)->len)
			take(w, (struct inotify_event *)p);
}

void dirwatch_listen(struct store *s)
{
	if (s->dirwatch)
		drain(s->dirwatch);
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

static bool is_whole(const struct watched *x)
{
	return x->sub[CUR].wd >= 0 && x->sub[NEW].wd >= 0;
}

static bool settle_both(struct store *s, const struct watched *x, struct timespec changed[SUBS])
{
	return settle(s, &x->sub[CUR], &changed[CUR]) && settle(s, &x->sub[NEW], &changed[NEW]);
}

void dirwatch_begin(struct store *s, uint32_t box, const char *dir)
{
	struct watched *x = at(s, box);
	struct timespec changed[SUBS];

	if (!x)
		return;
	x->trusted = false;
	drain(s->dirwatch);
	if (is_whole(x) && settle_both(s, x, changed)) {
		drain(s->dirwatch);
		x->lost = false;
		forget(x);
	} else {
		unaim(s->dirwatch, x);
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
	struct watched *x = at(s, box);
	struct timespec first[SUBS], changed[SUBS];

	if (!x || !x->trusted)
		return -ENODATA;
	x->trusted = false;
	x->left = true;
	for (int i = 0; x->left && i < ROUNDS; i++) {
		if (!settle_both(s, x, changed))
			return -ENODATA;
		if (i == 0)
			memcpy(first, changed, sizeof(first));
		x->left = false;
		drain(s->dirwatch);
	}
	if (x->left || x->lost || is_silent(&x->sub[CUR], first[CUR]) || is_silent(&x->sub[NEW], first[NEW]))
		return -ENODATA;
	*ret = x->heard.p;
	*ret_n = x->heard.n;
	return 0;
}

void dirwatch_trust(struct store *s, uint32_t box)
{
	struct watched *x = at(s, box);
	struct stat     st;

	if (!x || !is_whole(x))
		return;
	x = to_front(s->dirwatch, x);
	if (x->trusted && !x->lost && x->heard.n == 0)
		return;
	x->trusted = true;
	x->lost = false;
	forget(x);
	for (int i = 0; i < SUBS; i++) {
		x->trusted = x->trusted && fstatat(s->root, x->sub[i].path, &st, 0) == 0;
		if (x->trusted)
			x->sub[i].changed = st.st_mtim;
	}
}

void dirwatch_end(struct store *s)
{
	struct dirwatch *w = s->dirwatch;

	if (!w)
		return;
	s->dirwatch = NULL;
	close(w->fd);
	for (size_t i = 0; i < DIRWATCH_FOLDERS; i++) {
		VEC_FREE(&w->v[i].heard);
		arena_free(&w->v[i].names);
		arena_free(&w->v[i].arena);
	}
	free(w);
}
