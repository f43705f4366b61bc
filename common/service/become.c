#include "become.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"

enum { ENTRY_MAX = 64 * 1024 };

static char *copy(const char *z)
{
	char *p = strdup(z);

	if (!p)
		die_memory();
	return p;
}

/* By name, or by uid where name is NULL. */
static int find(const char *name, uid_t uid, struct become *ret)
{
	struct passwd pw, *found = NULL;
	char         *room = malloc(ENTRY_MAX);
	const char   *home;
	int           r;

	if (!room)
		die_memory();
	r = name ? getpwnam_r(name, &pw, room, ENTRY_MAX, &found) : getpwuid_r(uid, &pw, room, ENTRY_MAX, &found);
	if (r == 0 && !found)
		r = ENOENT;
	if (r == 0 && geteuid() != 0 && pw.pw_uid != geteuid())
		r = EPERM;
	if (r == 0) {
		bool changes = pw.pw_uid != geteuid();

		home = changes ? NULL : getenv("HOME");
		*ret = (struct become){ copy(pw.pw_name), copy(home && *home == '/' ? home : pw.pw_dir), pw.pw_uid,
					pw.pw_gid, changes };
	}
	free(room);
	return -r;
}

int become_find(const char *user, struct become *ret)
{
	return find(user, 0, ret);
}

int become_self(struct become *ret)
{
	return find(NULL, geteuid(), ret);
}

static int change(const struct become *b)
{
	if (initgroups(b->name, b->gid) < 0 || setresgid(b->gid, b->gid, b->gid) < 0 ||
	    setresuid(b->uid, b->uid, b->uid) < 0)
		return -errno;
	if (setresuid(0, 0, 0) == 0 || getuid() != b->uid || geteuid() != b->uid || getegid() != b->gid)
		return -EPERM;
	return 0;
}

static int environment(const struct become *b)
{
	static const char *const kept[] = { "LANG", "TZ", "PATH" };
	char                    *value[3] = { NULL };
	int                      r;

	for (int i = 0; i < 3; i++)
		if (getenv(kept[i]))
			value[i] = copy(getenv(kept[i]));
	clearenv();
	r = setenv("HOME", b->home, 1) | setenv("USER", b->name, 1) | setenv("LOGNAME", b->name, 1);
	for (int i = 0; i < 3; i++) {
		if (value[i])
			r |= setenv(kept[i], value[i], 1);
		free(value[i]);
	}
	return r == 0 ? 0 : -ENOMEM;
}

int become_go(const struct become *b)
{
	int r = 0;

	if (b->changes) {
		r = change(b);
		if (r == 0)
			r = environment(b);
	}
	umask(077);
	if (r == 0 && chdir(b->home) < 0 && chdir("/") < 0)
		r = -errno;
	return r;
}

void become_free(struct become *b)
{
	free(b->name);
	free(b->home);
	*b = (struct become){ 0 };
}
