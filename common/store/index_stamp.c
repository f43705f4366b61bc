#include "index_stamp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "index_priv.h"

/* notmuch-config(1), database.path: PATH/.notmuch/xapian as of old, PATH/xapian where it is apart from the mail. */
char *index_dir(const struct index_conf *c, struct arena *a)
{
	char *inside = arena_printf(a, "%s/.notmuch/xapian", c->database);
	char *apart = arena_printf(a, "%s/xapian", c->database);

	if (access(inside, F_OK) == 0)
		return inside;
	return access(apart, F_OK) == 0 || strcmp(c->database, c->mail_root) != 0 ? apart : inside;
}

static int64_t mtime_ns(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

int index_stamp(const struct index_conf *c, struct index_stamp *ret)
{
	struct arena a = ARENA_INIT;
	struct stat  st, config = { .st_ino = 0 };
	int          r = stat(arena_printf(&a, "%s/iamglass", index_dir(c, &a)), &st) < 0 ? -errno : 0;

	arena_free(&a);
	if (r == 0 && c->open_config[0] != '\0' && stat(c->open_config, &config) < 0)
		config = (struct stat){ .st_ino = 0 };
	if (r == 0)
		*ret = (struct index_stamp){ st.st_dev, st.st_ino, mtime_ns(&st), config.st_ino, mtime_ns(&config) };
	return r;
}
