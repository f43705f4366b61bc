/* Which system calls the sandboxed process may make: for sandbox.c alone. */
#ifndef REMUCH_SANDBOX_FILTER_H
#define REMUCH_SANDBOX_FILTER_H

/* AddressSanitizer needs more of them, and of memory. */
#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_ASAN 1
#endif
#endif
#ifndef SANDBOX_ASAN
#define SANDBOX_ASAN 0
#endif

/* Install the filter, for ever; no_new_privs is set. Any other call kills the process. 0 or -errno. */
int sandbox_filter(void);

#endif
