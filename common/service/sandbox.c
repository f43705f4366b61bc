#include "sandbox.h"

#include <errno.h>
#include <grp.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fd.h"
#include "limits.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN 0
#endif

enum { NOBODY = 65534 };

/* What relaying, OpenSSL and malloc need. Memory mappings are below: their arguments matter. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(poll),
	SCMP_SYS(close), SCMP_SYS(shutdown), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* AddressSanitizer looks at its own memory map and at the signals when it reports. */
static const int allowed_asan[] = {
	SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid), SCMP_SYS(sched_yield),
	SCMP_SYS(getrlimit), SCMP_SYS(getuid), SCMP_SYS(readlink), SCMP_SYS(prctl), SCMP_SYS(mprotect), SCMP_SYS(mmap),
};

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

static int allow_memory(scmp_filter_ctx s)
{
	int r = seccomp_rule_add(s, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
				 SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));

	if (r == 0)
		r = seccomp_rule_add(s, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				     SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return r;
}

static int allow(scmp_filter_ctx s, const int *calls, size_t n)
{
	int r = 0;

	for (size_t i = 0; i < n && r == 0; i++)
		r = seccomp_rule_add(s, SCMP_ACT_ALLOW, calls[i], 0);
	return r;
}

static int filter(void)
{
	scmp_filter_ctx s = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int             r;

	if (!s)
		return -ENOMEM;
	r = allow(s, allowed, sizeof(allowed) / sizeof(allowed[0]));
	/* The system's libraries ask these in passing; an error is an answer they live with. */
	if (r == 0)
		r = seccomp_rule_add(s, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
	if (r == 0)
		r = seccomp_rule_add(s, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat), 0);
	if (r == 0 && WITH_ASAN)
		r = allow(s, allowed_asan, sizeof(allowed_asan) / sizeof(allowed_asan[0]));
	else if (r == 0)
		r = allow_memory(s);
	if (r == 0)
		r = seccomp_load(s);
	seccomp_release(s);
	return r;
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
		{ RLIMIT_AS, WITH_ASAN ? RLIM_INFINITY : PREAUTH_MEMORY_MAX },
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
	return filter();
}
