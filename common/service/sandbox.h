/* The cage of the process that talks to strangers: no new descriptor of any kind, no other process, no other program. */
#ifndef REMUCH_SANDBOX_H
#define REMUCH_SANDBOX_H

#include <stddef.h>

/* Enter it, for ever: no_new_privs, not dumpable, resource limits, Landlock with every right of the running kernel
 * handled and none granted, then a list of system calls; any other one kills the process.
 * 0; -errno, and *ret_what names the step that failed: the earlier ones stay in force. */
int sandbox_enter(const char **ret_what);

/* Give up root for nobody's user and group. 0, also when there is nothing to give up; -errno. */
int sandbox_drop_root(void);

#endif
