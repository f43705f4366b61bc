#include "maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "fd.h"
#include "num.h"
#include "row.h"
#include "vec.h"

/* A directory changed so shortly before it is read may change again without its time moving. */
#define FRESH_NS ((int64_t)20 * 1000 * 1000)

static const struct {
	char     letter;
	uint32_t flag;
} letters[] = {
	{ 'D', MAIL_DRAFT }, { 'F', MAIL_FLAGGED }, { 'P', MAIL_FORWARDED }, { 'R', MAIL_ANSWERED }, { 'S', MAIL_SEEN },
};

enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

void maildir_split(struct str name, struct str *ret_base, struct str *ret_info)
{
	size_t at = str_find(name, STR(":2,"));

	*ret_base = str_mid(name, 0, at);
	*ret_info = str_from(name, at);
}

static void sub_path(char *to, size_t n, const char *dir, const char *sub)
{
	snprintf(to, n, "%s%s%s", dir, *dir ? "/" : "", sub);
}

static int mtime(int root, const char *dir, const char *sub, int64_t *ret)
{
	char        path[4096];
	struct stat st;

	sub_path(path, sizeof(path), dir, sub);
	if (fstatat(root, path, &st, 0) < 0)
		return -errno;
	*ret = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	return 0;
}

int maildir_times(int root, const char *dir, int64_t *ret_cur, int64_t *ret_new)
{
	int r = mtime(root, dir, "cur", ret_cur);

	return r < 0 ? r : mtime(root, dir, "new", ret_new);
}

struct names {
	struct maildir_entry *p;
	size_t                n, cap;
};

static void add(struct names *to, struct arena *a, const char *name, bool in_new)
{
	struct maildir_entry e = { .in_new = in_new };

	maildir_split(arena_str(a, str_of(name)), &e.base, &e.info);
	if (e.base.n > 0)
		VEC_PUSH(to, e);
}

static int read_names(int root, const char *dir, const char *sub, struct arena *a, struct names *to)
{
	char           path[4096];
	struct dirent *d;
	DIR           *stream;
	int            fd;

	sub_path(path, sizeof(path), dir, sub);
	fd = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	stream = fdopendir(fd);
	if (!stream) {
		int r = -errno;

		close(fd);
		return r;
	}
	for (errno = 0; (d = readdir(stream)); errno = 0)
		if (d->d_name[0] != '.' && (d->d_type == DT_REG || d->d_type == DT_UNKNOWN || d->d_type == DT_LNK))
			add(to, a, d->d_name, sub[0] == 'n');
	fd = -errno;
	closedir(stream);
	return fd;
}

static int by_base(const void *a, const void *b)
{
	const struct maildir_entry *x = a, *y = b;
	int                         c = str_cmp(x->base, y->base);

	return c ? c : (int)x->in_new - (int)y->in_new;
}

static size_t drop_twins(struct maildir_entry *v, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !str_eq(v[kept - 1].base, v[i].base))
			v[kept++] = v[i];
	return kept;
}

int maildir_list_begin(int root, const char *dir, struct maildir_list *ret)
{
	struct maildir_list l = { .arena = ARENA_INIT };
	int64_t             now = clock_now_ns();
	int                 r = maildir_times(root, dir, &l.cur_mtime, &l.new_mtime);

	if (l.cur_mtime + FRESH_NS > now)
		l.cur_mtime = 0;
	if (l.new_mtime + FRESH_NS > now)
		l.new_mtime = 0;
	if (r == 0)
		*ret = l;
	return r;
}

int maildir_scan(int root, const char *dir, struct maildir_list *ret)
{
	struct maildir_list l = { .arena = ARENA_INIT };
	struct names        names = { 0 };
	int                 r = maildir_list_begin(root, dir, &l);

	if (r == 0)
		r = read_names(root, dir, "new", &l.arena, &names);
	if (r == 0)
		r = read_names(root, dir, "cur", &l.arena, &names);
	l.v = names.p;
	if (r < 0) {
		maildir_list_free(&l);
		return r;
	}
	if (names.n > 0)
		qsort(l.v, names.n, sizeof(*l.v), by_base);
	l.n = drop_twins(l.v, names.n);
	*ret = l;
	return 0;
}

void maildir_list_free(struct maildir_list *l)
{
	free(l->v);
	arena_free(&l->arena);
	*l = (struct maildir_list){ .arena = ARENA_INIT };
}

bool maildir_is(int root, const char *dir)
{
	int64_t cur, new;

	return maildir_times(root, dir, &cur, &new) == 0;
}

static int make_dir(int root, const char *path)
{
	return mkdirat(root, path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

int maildir_make(int root, const char *dir)
{
	static const char *const subs[] = { "tmp", "new", "cur" };
	char path[4096];
	int  r = 0;

	snprintf(path, sizeof(path), "%s", dir);
	for (char *slash = strchr(path, '/'); r == 0 && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		r = make_dir(root, path);
		*slash = '/';
	}
	if (r == 0 && *dir)
		r = make_dir(root, dir);
	for (int i = 0; r == 0 && i < 3; i++) {
		sub_path(path, sizeof(path), dir, subs[i]);
		r = make_dir(root, path);
	}
	return r;
}

void maildir_path(struct buf *b, struct str dir, bool in_new, struct str base, struct str info)
{
	buf_str(b, dir);
	if (dir.n > 0)
		buf_putc(b, '/');
	buf_puts(b, in_new ? "new/" : "cur/");
	buf_str(b, base);
	buf_str(b, info);
}

bool maildir_exists(int root, struct str dir, const struct maildir_entry *e)
{
	struct buf path = BUF(4096);
	bool       there;

	maildir_path(&path, dir, e->in_new, e->base, e->info);
	there = faccessat(root, buf_z(&path), F_OK, 0) == 0;
	buf_free(&path);
	return there;
}

void maildir_names_init(struct maildir_names *n)
{
	int64_t now = clock_now_ns();
	char    host[65] = "localhost";

	if (getrandom(&n->next, sizeof(n->next), 0) < 0)
		n->next = (uint64_t)now;
	n->next >>= 1;                          /* room to count on */
	gethostname(host, sizeof(host) - 1);
	for (char *p = host; *p; p++)
		if (*p == '/' || *p == ':')
			*p = '_';
	snprintf(n->before, sizeof(n->before), "%lld.M%06lldP%dR", (long long)(now / 1000000000), (long long)(now / 1000 % 1000000),
		(int)getpid());
	snprintf(n->after, sizeof(n->after), ".%s", host);
}

void maildir_names_next(struct maildir_names *n, struct buf *b)
{
	buf_printf(b, "%s%016llx%s", n->before, (unsigned long long)n->next++, n->after);
}

void maildir_unique(struct buf *b)
{
	struct maildir_names n;

	maildir_names_init(&n);
	maildir_names_next(&n, b);
}

uint32_t maildir_flags(struct str info)
{
	uint32_t flags = 0;

	for (size_t i = 3; i < info.n; i++)
		for (size_t k = 0; k < LETTERS; k++)
			if (letters[k].letter == info.p[i])
				flags |= letters[k].flag;
	return flags;
}

static uint32_t flag_of(char letter)
{
	for (size_t k = 0; k < LETTERS; k++)
		if (letters[k].letter == letter)
			return letters[k].flag;
	return 0;
}

void maildir_info_of(struct buf *b, uint32_t flags, struct str old)
{
	bool has[128] = { false };

	for (size_t i = 3; i < old.n; i++)
		if (old.p[i] > 0 && old.p[i] < 127 && flag_of(old.p[i]) == 0)
			has[(unsigned char)old.p[i]] = true;
	for (size_t k = 0; k < LETTERS; k++)
		has[(unsigned char)letters[k].letter] = flags & letters[k].flag;
	buf_puts(b, ":2,");
	for (size_t c = 0; c < sizeof(has); c++)
		if (has[c])
			buf_putc(b, (char)c);
}

void maildir_info(struct buf *b, uint32_t flags)
{
	maildir_info_of(b, flags, STR_NONE);
}

int64_t maildir_delivered(struct str base)
{
	uint64_t   n;
	struct str head, tail;

	if (!str_cut(base, '.', &head, &tail) || head.n < 9 || head.n > 11 || num_u64(head, &n) < 0)
		return 0;
	return (int64_t)n;
}
