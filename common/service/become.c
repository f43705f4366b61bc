#include "become.h"

#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "userdb.h"

static char *copy(const char *z)
{
	char *p = strdup(z);

	if (!p)
		die_memory();
	return p;
}

/* Found: is it somebody whom we can be? */
static int take(struct become *b)
{
	const char *home = getenv("HOME");

	b->changes = b->uid != geteuid();
	if (b->changes && geteuid() != 0) {
		become_free(b);
		return -EPERM;
	}
	if (!b->changes && home && *home == '/') {
		free(b->home);
		b->home = copy(home);
	}
	return 0;
}

int become_find(const char *user, struct become *ret)
{
	int r = geteuid() == 0 ? userdb_find_apart(user, ret) : userdb_find(user, 0, ret);

	return r < 0 ? r : take(ret);
}

int become_self(struct become *ret)
{
	int r = userdb_find(NULL, geteuid(), ret);

	return r < 0 ? r : take(ret);
}

static int change(const struct become *b)
{
	if (setgroups(b->n_groups, b->groups) < 0 || setresgid(b->gid, b->gid, b->gid) < 0 ||
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
	free(b->groups);
	*b = (struct become){ 0 };
}
