#include "folders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fold.h"
#include "limits.h"
#include "maildir.h"
#include "text.h"
#include "vec.h"

/* INBOX's directory is another mailbox when INBOX is a query. */
struct str folders_inbox(const struct store *s)
{
	return s->conf.inbox_query ? STR("Maildir") : STR("INBOX");
}

/* Why a level of a name cannot be a directory; NULL: it can. */
static const char *refused_level(const struct store *s, struct str level)
{
	if (level.n == 0)
		return "a level of the name is empty";
	if (level.n > 255 - 1)
		return "a level of the name is longer than the file system takes";
	if (s->conf.maildirpp && str_chr(level, '.') < level.n)
		return "in the Maildir++ layout no name may hold a \".\"";
	if (level.p[0] == '.')
		return "no level of a name may begin with \".\"";
	if (!s->conf.maildirpp && (str_eq(level, STR("cur")) || str_eq(level, STR("new")) || str_eq(level, STR("tmp"))))
		return "cur, new and tmp are parts of a Maildir and cannot be names";
	for (size_t i = 0; i < level.n; i++)
		if ((unsigned char)level.p[i] < 0x20 || level.p[i] == 0x7f)
			return "a name may not hold control characters";
	return NULL;
}

static const char *refused(const struct store *s, struct str name)
{
	unsigned levels = 0;

	if (name.n == 0 || name.n > BOXNAME_MAX || !text_is_utf8(name))
		return "the name is empty, too long, or no UTF-8";
	if (s->conf.maildirpp && name.n > 250)
		return "the name is longer than the file system takes";
	for (bool more = true; more;) {
		struct str  level;
		const char *why;

		more = str_cut(name, '/', &level, &name);
		why = refused_level(s, level);
		if (why || ++levels > BOXNAME_LEVELS_MAX)
			return why ? why : "the name has too many levels";
	}
	return NULL;
}

int folders_dir(struct store *s, struct str name, struct buf *ret_dir)
{
	const char *why = refused(s, name);
	size_t      start = ret_dir->n;

	if (why)
		return store_fail(s, -EINVAL, "%s", why);
	if (str_eq(name, folders_inbox(s))) {
		buf_puts(ret_dir, s->inbox_dir);
		return 0;
	}
	if (s->conf.maildirpp) {
		buf_putc(ret_dir, '.');
		buf_str(ret_dir, name);
		for (size_t i = start + 1; i < ret_dir->n; i++)
			if (ret_dir->p[i] == '/')
				ret_dir->p[i] = '.';
		return 0;
	}
	if (str_starts(name, STR("INBOX/")) && *s->inbox_dir) {
		buf_puts(ret_dir, s->inbox_dir);
		name = str_from(name, strlen("INBOX"));
	} else if (*s->inbox_dir && str_eq(name, str_of(s->inbox_dir))) {
		return store_fail(s, -EINVAL, "that directory is INBOX");
	}
	buf_str(ret_dir, name);
	return 0;
}

struct str folders_name(struct store *s, struct arena *a, struct str name)
{
	struct buf  b = BUF(4 * BOXNAME_MAX);
	struct stat st;
	bool        there;

	if (text_is_ascii(name) || refused(s, name))
		return name;
	there = folders_dir(s, name, &b) == 0 && fstatat(s->root, buf_z(&b), &st, 0) == 0;
	buf_reset(&b);
	if (!there) {
		fold_nfc(name, &b);
		name = arena_str(a, buf_view(&b));
	}
	buf_free(&b);
	return name;
}

/* The mailbox of a directory; "" where it is none of ours. */
static struct str name_of(struct store *s, struct arena *a, const char *dir)
{
	struct str d = str_of(dir), in = str_of(s->inbox_dir), first, rest;
	char      *z;

	if (str_eq(d, in))
		return folders_inbox(s);
	if (s->conf.maildirpp) {
		z = arena_z(a, str_from(d, 1));
		for (char *p = z; *p; p++)
			if (*p == '.')
				*p = '/';
		return str_of(z);
	}
	if (in.n > 0 && str_starts(d, in) && d.p[in.n] == '/')
		return str_of(arena_printf(a, "INBOX%s", dir + in.n));
	str_cut(d, '/', &first, &rest);
	if (str_ieq(first, STR("INBOX")) && (in.n > 0 || rest.n == 0))
		return STR_NONE;
	return arena_str(a, d);
}

struct above {
	dev_t               dev;
	ino_t               ino;
	const struct above *up;
};

struct walk {
	struct store *s;
	struct arena *a;
	VEC(struct folder) found;
};

static void take(struct walk *w, const char *dir, bool is_maildir)
{
	struct str name = name_of(w->s, w->a, dir);

	if (name.n == 0 || refused(w->s, name))
		return;
	VEC_PUSH(&w->found, ((struct folder){ name, is_maildir }));
}

static bool is_loop(const struct above *up, const struct stat *st)
{
	for (; up; up = up->up)
		if (up->dev == st->st_dev && up->ino == st->st_ino)
			return true;
	return false;
}

static bool skipped(const struct walk *w, const struct dirent *d, bool top)
{
	const char *n = d->d_name;

	if (d->d_type != DT_DIR && d->d_type != DT_LNK && d->d_type != DT_UNKNOWN)
		return true;
	if (strcmp(n, ".") == 0 || strcmp(n, "..") == 0 || strcmp(n, "cur") == 0 || strcmp(n, "new") == 0 || strcmp(n, "tmp") == 0)
		return true;
	if (w->s->conf.maildirpp)
		return !top || n[0] != '.' || strcmp(n, ".notmuch") == 0;
	return n[0] == '.';
}

/* True when dir or something below it is a Maildir. */
static bool walk_dir(struct walk *w, const char *dir, unsigned depth, const struct above *up)
{
	int            fd = openat(w->s->root, *dir ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct above   here = { .up = up };
	bool           is_maildir, below = false;
	struct stat    st;
	struct dirent *d;
	DIR           *stream = NULL;

	if (fd < 0 || fstat(fd, &st) < 0 || is_loop(up, &st) || !(stream = fdopendir(fd))) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	here.dev = st.st_dev;
	here.ino = st.st_ino;
	is_maildir = maildir_is(w->s->root, dir);
	while (depth <= BOXNAME_LEVELS_MAX && (d = readdir(stream))) {
		char *path;

		if (skipped(w, d, depth == 0))
			continue;
		path = arena_printf(w->a, "%s%s%s", dir, *dir ? "/" : "", d->d_name);
		if (!index_ignored(w->s->index_conf, path))
			below |= walk_dir(w, path, depth + 1, &here);
	}
	closedir(stream);
	if (is_maildir || (below && *dir && !w->s->conf.maildirpp))
		take(w, dir, is_maildir);
	return is_maildir || below;
}

static int by_name(const void *a, const void *b)
{
	const struct folder *x = a, *y = b;
	bool                 xi = str_eq(x->name, STR("INBOX")), yi = str_eq(y->name, STR("INBOX"));

	return xi != yi ? (int)yi - (int)xi : str_cmp(x->name, y->name);
}

int folders_walk(struct store *s, struct arena *a, struct folder **ret, size_t *ret_n)
{
	struct walk w = { .s = s, .a = a };

	walk_dir(&w, "", 0, NULL);
	if (w.found.n == 0)
		return store_fail(s, -EIO, "the mail root %s cannot be read", s->index_conf->mail_root);
	qsort(w.found.p, w.found.n, sizeof(*w.found.p), by_name);
	*ret = ARENA_NEW_N(a, w.found.n, struct folder);
	memcpy(*ret, w.found.p, w.found.n * sizeof(**ret));
	*ret_n = w.found.n;
	VEC_FREE(&w.found);
	return 0;
}

int folders_find_inbox(struct store *s)
{
	static const char *const usual[] = { "", "INBOX", "Inbox" };
	int r = 0;

	s->inbox_dir = s->conf.inbox;
	if (!s->inbox_dir && s->conf.maildirpp)
		s->inbox_dir = "";
	for (size_t i = 0; !s->inbox_dir && i < sizeof(usual) / sizeof(usual[0]); i++)
		if (maildir_is(s->root, usual[i]))
			s->inbox_dir = usual[i];
	if (!s->inbox_dir)
		s->inbox_dir = "INBOX";
	if (!maildir_is(s->root, s->inbox_dir))
		r = maildir_make(s->root, s->inbox_dir);
	return r < 0 ? store_fail(s, r, "cannot make INBOX in %s: %s", s->index_conf->mail_root, strerror(-r)) : 0;
}
