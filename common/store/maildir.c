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

/* Before the octets of a name in the spool. No file system has names of more than 255. */
struct name_head {
	uint8_t base_len, info_len, in_new;
};

int maildir_list_keep(struct maildir_list *l, const struct maildir_entry *e, uint32_t *ret)
{
	struct name_head h = { (uint8_t)e->base.n, (uint8_t)e->info.n, e->in_new };
	char             record[sizeof(h) + 2 * UINT8_MAX];
	size_t           place, n = sizeof(h) + e->base.n + e->info.n;

	if (e->base.n > UINT8_MAX || e->info.n > UINT8_MAX)
		return -ENAMETOOLONG;
	memcpy(record, &h, sizeof(h));
	memcpy(record + sizeof(h), e->base.p, e->base.n);
	if (e->info.n > 0)
		memcpy(record + sizeof(h) + e->base.n, e->info.p, e->info.n);
	place = spool_put(&l->names, (struct str){ record, n });
	if (place > UINT32_MAX)
		return -E2BIG;
	*ret = (uint32_t)place;
	return 0;
}

struct maildir_entry maildir_list_at(const struct maildir_list *l, uint32_t place)
{
	const char      *p = spool_at(&l->names, place);
	struct name_head h;

	memcpy(&h, p, sizeof(h));
	p += sizeof(h);
	return (struct maildir_entry){ { p, h.base_len }, { p + h.base_len, h.info_len }, h.in_new };
}

struct places {
	uint32_t *p;
	size_t    n, cap;
};

static int add(struct places *to, struct maildir_list *l, const char *name, bool in_new)
{
	struct maildir_entry e = { .in_new = in_new };
	uint32_t             place;
	int                  r;

	maildir_split(str_of(name), &e.base, &e.info);
	if (e.base.n == 0)
		return 0;
	r = maildir_list_keep(l, &e, &place);
	if (r == 0)
		VEC_PUSH(to, place);
	return r;
}

static int read_names(int root, const char *dir, const char *sub, struct maildir_list *l, struct places *to)
{
	char           path[4096];
	struct dirent *d;
	DIR           *stream;
	int            fd, r = 0;

	sub_path(path, sizeof(path), dir, sub);
	fd = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	stream = fdopendir(fd);
	if (!stream) {
		r = -errno;
		close(fd);
		return r;
	}
	for (errno = 0; r == 0 && (d = readdir(stream)); errno = 0)
		if (d->d_name[0] != '.' && (d->d_type == DT_REG || d->d_type == DT_UNKNOWN || d->d_type == DT_LNK))
			r = add(to, l, d->d_name, sub[0] == 'n');
	if (r == 0)
		r = -errno;
	closedir(stream);
	return r;
}

static int by_base(const void *a, const void *b, void *list)
{
	struct maildir_entry x = maildir_list_at(list, *(const uint32_t *)a), y = maildir_list_at(list, *(const uint32_t *)b);
	int                  c = str_cmp(x.base, y.base);

	return c ? c : (int)x.in_new - (int)y.in_new;
}

static void drop_twins(struct maildir_list *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++)
		if (kept == 0 || !str_eq(maildir_list_at(l, l->v[kept - 1]).base, maildir_list_at(l, l->v[i]).base))
			l->v[kept++] = l->v[i];
	l->n = kept;
}

int maildir_list_begin(int root, const char *dir, const char *spool, struct maildir_list *ret)
{
	struct maildir_list l = { .names = SPOOL(spool) };
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

int maildir_scan_since(int root, const char *dir, const char *spool, int64_t cur_mtime, struct maildir_list *ret)
{
	struct maildir_list l;
	struct places       all = { 0 };
	int                 r = maildir_list_begin(root, dir, spool, &l);

	if (r < 0)
		return r;
	l.only_new = l.cur_mtime != 0 && l.cur_mtime == cur_mtime;
	r = read_names(root, dir, "new", &l, &all);
	if (r == 0 && !l.only_new)
		r = read_names(root, dir, "cur", &l, &all);
	if (r == 0)
		r = spool_end(&l.names);
	l.v = all.p;
	l.n = all.n;
	if (r < 0) {
		maildir_list_free(&l);
		return r;
	}
	if (l.n > 0)
		qsort_r(l.v, l.n, sizeof(*l.v), by_base, &l);
	drop_twins(&l);
	*ret = l;
	return 0;
}

int maildir_scan(int root, const char *dir, const char *spool, struct maildir_list *ret)
{
	return maildir_scan_since(root, dir, spool, 0, ret);
}

void maildir_list_free(struct maildir_list *l)
{
	free(l->v);
	spool_free(&l->names);
	*l = (struct maildir_list){ .names = SPOOL(NULL) };
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
