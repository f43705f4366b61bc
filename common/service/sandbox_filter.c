/* A seccomp filter by hand: seccomp(2). libseccomp would make the same one, but takes a third of a megabyte and longer than the TLS
 * handshake's own start to do so, and the process keeps the holes. */
#include "sandbox_filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#else
#error "say what AUDIT_ARCH_ this machine has; the low half of an argument has to come first"
#endif

/* What relaying, OpenSSL and malloc need. Memory mappings are below: their arguments matter. */
static const uint32_t allowed[] = {
	SYS_read, SYS_write, SYS_writev, SYS_recvfrom, SYS_sendto, SYS_close, SYS_shutdown, SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
	SYS_futex, SYS_getrandom, SYS_clock_gettime, SYS_gettimeofday, SYS_getpid, SYS_rt_sigreturn, SYS_restart_syscall, SYS_exit,
	SYS_exit_group,
#ifdef SYS_poll
	SYS_poll, SYS_time,
#else
	SYS_ppoll,
#endif
};

/* AddressSanitizer looks at its own memory map and at the signals when it reports. */
static const uint32_t allowed_asan[] = {
	SYS_sigaltstack, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_gettid, SYS_sched_yield, SYS_getuid, SYS_prctl, SYS_mprotect, SYS_mmap,
#ifdef SYS_readlink
	SYS_getrlimit, SYS_readlink,
#else
	SYS_prlimit64, SYS_readlinkat,
#endif
};

struct program {
	struct sock_filter code[128];
	unsigned short     n;
};

static void add(struct program *p, struct sock_filter step)
{
	if (p->n < sizeof(p->code) / sizeof(p->code[0]))
		p->code[p->n++] = step;
}

#define LOAD(field)            (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(what)           (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what)
#define SKIP_UNLESS_IS(v, n)   (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, v, 0, n)
#define SKIP_IF_HAS(bits, n)   (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, n, 0)
#define SKIP_UNLESS_HAS(bits, n) (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, n)

/* The number is in the accumulator. */
static void on_call(struct program *p, uint32_t call, uint32_t what)
{
	add(p, SKIP_UNLESS_IS(call, 1));
	add(p, RETURN(what));
}

static void allow_all(struct program *p, const uint32_t *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		on_call(p, calls[i], SECCOMP_RET_ALLOW);
}

/* No memory that can be executed. */
static void allow_mprotect(struct program *p)
{
	add(p, SKIP_UNLESS_IS(SYS_mprotect, 4));
	add(p, LOAD(args[2]));
	add(p, SKIP_IF_HAS(PROT_EXEC, 1));
	add(p, RETURN(SECCOMP_RET_ALLOW));
	add(p, RETURN(SECCOMP_RET_KILL_PROCESS));
}

/* Likewise, and no file. The end of the program. */
static void allow_mmap(struct program *p)
{
	add(p, SKIP_UNLESS_IS(SYS_mmap, 5));
	add(p, LOAD(args[2]));
	add(p, SKIP_IF_HAS(PROT_EXEC, 3));
	add(p, LOAD(args[3]));
	add(p, SKIP_UNLESS_HAS(MAP_ANONYMOUS, 1));
	add(p, RETURN(SECCOMP_RET_ALLOW));
	add(p, RETURN(SECCOMP_RET_KILL_PROCESS));
}

int sandbox_filter(void)
{
	struct program    p = { .n = 0 };
	struct sock_fprog prog;

	add(&p, LOAD(arch));
	add(&p, SKIP_UNLESS_IS(ARCH, 1));
	add(&p, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1));
	add(&p, RETURN(SECCOMP_RET_KILL_PROCESS));
	add(&p, LOAD(nr));
	allow_all(&p, allowed, sizeof(allowed) / sizeof(allowed[0]));
	if (SANDBOX_ASAN)
		allow_all(&p, allowed_asan, sizeof(allowed_asan) / sizeof(allowed_asan[0]));
	/* The system's libraries ask these in passing; an error is an answer they live with. */
	on_call(&p, SYS_ioctl, SECCOMP_RET_ERRNO | ENOTTY);
	on_call(&p, SYS_newfstatat, SECCOMP_RET_ERRNO | EACCES);
	allow_mprotect(&p);
	allow_mmap(&p);
	prog = (struct sock_fprog){ p.n, p.code };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) < 0 ? -errno : 0;
}
