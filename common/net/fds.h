/* Which descriptors the client is on: as systemd, systemd-socket-activate or inetd pass them. */
#ifndef REMUCH_FDS_H
#define REMUCH_FDS_H

/* 0 and *ret_in, *ret_out (one and the same for a socket): the one passed by LISTEN_FDS, else standard input and output.
 * The environment variables of that protocol are removed. -E2BIG: more than one was passed; -EDESTADDRREQ: it is a
 * listening socket (a socket unit without Accept=yes); -EBADF: standard input or output is closed; -errno. */
int fds_client(int *ret_in, int *ret_out);

#endif
