/* File descriptors that close themselves, and whole reads and writes. */
#ifndef REMUCH_FD_H
#define REMUCH_FD_H

#include <stddef.h>
#include <sys/types.h>

#include "buf.h"

/* CLEAN(fd_closep) int fd = open(...): closed when the variable goes out of scope. */
#define CLEAN(fn) __attribute__((cleanup(fn)))

void fd_closep(int *fd);                        /* close unless negative; sets -1; keeps errno */
int fd_steal(int *fd);                          /* the descriptor; *fd becomes -1 */

/* All n octets, through EINTR and short writes. 0 or -errno. */
int fd_write_all(int fd, const void *p, size_t n);

/* Append all of the file to b. 0; -EFBIG when b's ceiling is too low; -errno. */
int fd_read_file(int dir, const char *path, struct buf *b);

#endif
