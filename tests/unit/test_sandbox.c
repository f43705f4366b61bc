/* The process that talks to strangers cannot open a file or a socket, nor start anything: each try here is made by a child
 * that has entered the sandbox, and ends it. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#else
#define UNDER_ASAN 0
#endif

static int pair[2];     /* made before the sandbox is entered, as the client's socket is */

static long try_open(void)
{
	return syscall(SYS_open, "/etc/passwd", O_RDONLY);
}

static long try_openat(void)
{
	return syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY);
}

static long try_openat2(void)
{
	uint64_t how[3] = { O_RDONLY };

	return syscall(SYS_openat2, AT_FDCWD, "/", how, sizeof(how));
}

static long try_creat(void)
{
	return syscall(SYS_creat, "/tmp/remuch-sandbox", 0600);
}

static long try_mkdir(void)
{
	return syscall(SYS_mkdir, "/tmp/remuch-sandbox", 0700);
}

static long try_unlink(void)
{
	return syscall(SYS_unlink, "/tmp/remuch-sandbox");
}

static long try_rename(void)
{
	return syscall(SYS_rename, "/tmp/remuch-sandbox", "/tmp/remuch-sandbox-2");
}

static long try_socket(void)
{
	return syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static long try_socketpair(void)
{
	int fd[2];

	return syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, fd);
}

static long try_connect(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "/run/x" };

	return syscall(SYS_connect, pair[0], &a, sizeof(a));
}

static long try_accept(void)
{
	return syscall(SYS_accept4, pair[0], NULL, NULL, 0);
}

static long try_recvmsg(void)
{
	struct msghdr m = { 0 };

	return syscall(SYS_recvmsg, pair[0], &m, MSG_DONTWAIT);  /* could bring in descriptors */
}

static long try_dup(void)
{
	return syscall(SYS_dup, pair[0]);
}

static long try_pipe(void)
{
	int fd[2];

	return syscall(SYS_pipe2, fd, 0);
}

static long try_memfd(void)
{
	return syscall(SYS_memfd_create, "x", 0);
}

static long try_fork(void)
{
	return syscall(SYS_fork);
}

static long try_clone(void)
{
	return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
}

static long try_clone3(void)
{
	return syscall(SYS_clone3, NULL, 0);
}

static long try_execve(void)
{
	char path[] = "/bin/true", *const args[] = { path, NULL };

	return syscall(SYS_execve, path, args, NULL);
}

static long try_ptrace(void)
{
	return syscall(SYS_ptrace, PTRACE_ATTACH, getppid(), 0, 0);
}

static long try_kill(void)
{
	return syscall(SYS_kill, 1, 0);
}

static long try_setuid(void)
{
	return syscall(SYS_setuid, 0);
}

static long try_io_uring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL);
}

static long try_bpf(void)
{
	return syscall(SYS_bpf, 0, NULL, 0);
}

static long try_prlimit(void)
{
	struct rlimit l = { RLIM_INFINITY, RLIM_INFINITY };

	return syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &l, NULL);
}

static long try_executable_memory(void)
{
	return syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static long try_writable_code(void)
{
	return syscall(SYS_mprotect, (uintptr_t)try_writable_code & ~4095UL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC);
}

/* What it must be able to do. */
static long try_work(void)
{
	char  c;
	void *p = malloc(1024 * 1024);

	if (!p || send(pair[0], "x", 1, MSG_NOSIGNAL) != 1 || recv(pair[1], &c, 1, 0) != 1)
		return -1;
	memset(p, 1, 1024 * 1024);
	free(p);
	return 0;
}

/* The system answers these instead: nothing is found out by them. */
static long try_stat(void)
{
	struct stat st;

	return fstatat(AT_FDCWD, "/etc", &st, 0) < 0 && errno == EACCES ? 0 : 1;
}

static const struct {
	const char *name;
	long      (*run)(void);
	int         want;               /* signal, or 0: lives and gets 0 */
	bool        but_asan;           /* the sanitizer needs it itself */
} tries[] = {
	{ "work", try_work, 0, false },
	{ "stat", try_stat, 0, false },
	{ "open", try_open, SIGSYS, false },
	{ "openat", try_openat, SIGSYS, false },
	{ "openat2", try_openat2, SIGSYS, false },
	{ "creat", try_creat, SIGSYS, false },
	{ "mkdir", try_mkdir, SIGSYS, false },
	{ "unlink", try_unlink, SIGSYS, false },
	{ "rename", try_rename, SIGSYS, false },
	{ "socket", try_socket, SIGSYS, false },
	{ "socketpair", try_socketpair, SIGSYS, false },
	{ "connect", try_connect, SIGSYS, false },
	{ "accept", try_accept, SIGSYS, false },
	{ "recvmsg", try_recvmsg, SIGSYS, false },
	{ "dup", try_dup, SIGSYS, false },
	{ "pipe", try_pipe, SIGSYS, false },
	{ "memfd_create", try_memfd, SIGSYS, false },
	{ "fork", try_fork, SIGSYS, false },
	{ "clone", try_clone, SIGSYS, false },
	{ "clone3", try_clone3, SIGSYS, false },
	{ "execve", try_execve, SIGSYS, false },
	{ "ptrace", try_ptrace, SIGSYS, false },
	{ "kill", try_kill, SIGSYS, false },
	{ "setuid", try_setuid, SIGSYS, false },
	{ "io_uring_setup", try_io_uring, SIGSYS, false },
	{ "bpf", try_bpf, SIGSYS, false },
	{ "prlimit", try_prlimit, SIGSYS, false },
	{ "executable memory", try_executable_memory, SIGSYS, true },
	{ "writable code", try_writable_code, SIGSYS, true },
};

static void holds(void **state)
{
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		const char *what;
		pid_t       pid;
		int         status;

		if (UNDER_ASAN && tries[i].but_asan)
			continue;
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
		pid = fork();
		if (pid == 0) {
			if (sandbox_drop_root() < 0 || sandbox_enter(&what) < 0)
				_exit(99);
			_exit(tries[i].run() == 0 ? 0 : 98);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		close(pair[0]);
		close(pair[1]);
		if (tries[i].want == 0 ? status != 0 : !WIFSIGNALED(status) || WTERMSIG(status) != tries[i].want)
			fail_msg("%s: status %#x", tries[i].name, (unsigned)status);
	}
}

static void gives_up_root(void **state)
{
	pid_t pid;
	int   status;

	if (geteuid() != 0) {
		print_message("# only root has something to give up\n");
		skip();
	}
	pid = fork();
	if (pid == 0) {
		uid_t r, e, s;

		if (sandbox_drop_root() < 0 || getresuid(&r, &e, &s) < 0)
			_exit(99);
		_exit(r != 0 && e != 0 && s != 0 && getegid() != 0 && setuid(0) < 0 ? 0 : 98);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds),
		cmocka_unit_test(gives_up_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
