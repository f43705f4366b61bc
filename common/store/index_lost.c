#include "index_lost.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "die.h"

void index_lost_reset(struct index_lost *l)
{
	if (l->dir)
		maildir_list_free(&l->list);
	free(l->dir);
	l->dir = NULL;
}

/* Nothing came or went since it was read. Renames by our own hand count too, but what they rename was found before. */
static bool is_current(const struct index_lost *l)
{
	int64_t cur, new;

	return maildir_times(AT_FDCWD, l->dir, &cur, &new) == 0 && cur == l->list.cur_mtime && new == l->list.new_mtime;
}

static bool read_dir(struct index_lost *l, struct str dir)
{
	if (l->dir && str_eq(str_of(l->dir), dir))
		return true;
	index_lost_reset(l);
	l->dir = strndup(dir.p, dir.n);
	if (!l->dir)
		die_memory();
	if (maildir_scan(AT_FDCWD, l->dir, NULL, &l->list) == 0)
		return true;
	free(l->dir);
	l->dir = NULL;
	return false;
}

static bool find(const struct index_lost *l, struct str base, struct maildir_entry *ret)
{
	size_t lo = 0, hi = l->list.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int    c;

		*ret = maildir_list_at(&l->list, l->list.v[mid]);
		c = str_cmp(ret->base, base);
		if (c == 0)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* The path without its last component: "/mail/Sent/cur/x" gives "/mail/Sent/cur". */
static struct str parent(struct str path)
{
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	path.n -= path.n > 0;
	return path;
}

char *index_lost_find(struct index_lost *l, const char *path, struct arena *a)
{
	struct str           in = parent(str_of(path)), dir = parent(in), base, info;
	struct maildir_entry e;
	char                *now;

	maildir_split(str_from(str_of(path), in.n + 1), &base, &info);
	if (!str_ends(in, STR("/cur")) && !str_ends(in, STR("/new")))
		return NULL;
	/* Twice: what was read may be older than the file's last name. */
	for (int i = 0; i < 2; i++) {
		if (!read_dir(l, dir))
			return NULL;
		if (find(l, base, &e)) {
			now = arena_printf(a, "%.*s/%s/%.*s%.*s", STR_ARG(dir), e.in_new ? "new" : "cur", STR_ARG(e.base), STR_ARG(e.info));
			if (access(now, F_OK) == 0)
				return now;
		}
		if (is_current(l))
			return NULL;
		index_lost_reset(l);
	}
	return NULL;
}
