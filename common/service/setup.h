/* What a connection finds when it starts: its descriptors, where the log goes, the run-time folder. */
#ifndef REMUCH_SETUP_H
#define REMUCH_SETUP_H

#include "conf.h"

/* The client's descriptors. A socket that came as standard input is moved away, so that nothing but the client's
 * connection is on it: inetd puts it on standard output and standard error, too. Ends the process when there is none. */
void setup_client(int *ret_in, int *ret_out);

/* [log] to = auto: the journal under systemd; else standard error, when that is somebody's; else the journal
 * or syslog, whichever is there. */
void setup_log(const struct conf *c, const char *ident);

/* [service] run_dir, $RUNTIME_DIRECTORY, /run/remuch or $XDG_RUNTIME_DIR/remuch: made when missing; malloc'd.
 * NULL when there is none that is ours alone to write. */
char *setup_run_dir(const struct conf *c);

#endif
