#include "sandbox.h"

#include <errno.h>
#include <grp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fd.h"
#include "limits.h"
#include "sandbox_filter.h"

enum { NOBODY = 65534 };

/* <linux/landlock.h> knows the rights of the kernel we are built on; the kernel we run on may have more.
 * All rights a version of the interface has, by its number: file system, network, scope. */
static const struct landlock_rights {
	uint64_t fs, net, scoped;
} landlock_rights[] = {
	{ 0x1fff, 0, 0 },       /* 1 */
	{ 0x3fff, 0, 0 },       /* 2: + linking between directories */
	{ 0x7fff, 0, 0 },       /* 3: + truncate */
	{ 0x7fff, 3, 0 },       /* 4: + TCP bind and connect */
	{ 0xffff, 3, 0 },       /* 5: + ioctl of devices */
	{ 0xffff, 3, 3 },       /* 6: + abstract sockets and signals */
};

static int landlock(void)
{
	enum { VERSIONS = sizeof(landlock_rights) / sizeof(landlock_rights[0]), ASK_VERSION = 1 };
	struct landlock_rights rights;
	long                   version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
	CLEAN(fd_closep) int   fd = -1;

	if (version < 0)
		return -errno;
	rights = landlock_rights[(version > VERSIONS ? VERSIONS : version) - 1];
	fd = (int)syscall(SYS_landlock_create_ruleset, &rights, sizeof(rights), 0);
	if (fd < 0 || syscall(SYS_landlock_restrict_self, fd, 0) < 0)
		return -errno;
	return 0;
}

static int limit(void)
{
	const struct {
		int    what;
		rlim_t max;
	} limits[] = {
		{ RLIMIT_NOFILE, 16 },          /* poll(2) refuses to look at more than this */
		{ RLIMIT_NPROC, 0 },
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_CPU, PREAUTH_CPU_S },
		{ RLIMIT_AS, SANDBOX_ASAN ? RLIM_INFINITY : PREAUTH_MEMORY_MAX },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct rlimit now, l = { limits[i].max, limits[i].max };

		if (getrlimit(limits[i].what, &now) < 0)
			return -errno;
		if (now.rlim_max < l.rlim_max)
			l.rlim_cur = l.rlim_max = now.rlim_max;
		if (setrlimit(limits[i].what, &l) < 0)
			return -errno;
	}
	return 0;
}

int sandbox_drop_root(void)
{
	if (geteuid() != 0)
		return 0;
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		return -errno;
	return setresuid(0, 0, 0) == 0 ? -EPERM : 0;
}

int sandbox_enter(const char **ret_what)
{
	int r;

	*ret_what = "no_new_privs";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return -errno;
	*ret_what = "resource limits";
	r = limit();
	if (r < 0)
		return r;
	*ret_what = "Landlock";
	r = landlock();
	if (r < 0)
		return r;
	*ret_what = "seccomp";
	return sandbox_filter();
}
