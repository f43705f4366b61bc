/* Delivery into a Maildir: a file in tmp/, filled and made durable, then given its name in cur/. */
#ifndef REMUCH_DELIVER_H
#define REMUCH_DELIVER_H

#include <stddef.h>
#include <stdint.h>

struct delivery {
	int  root, fd;
	char tmp[4096];                 /* "" when no file is there */
};

/* A new file in dir/tmp. -ENOENT: no such folder. -errno */
int deliver_begin(struct delivery *d, int root, const char *dir);
int deliver_write(struct delivery *d, const void *p, size_t n);

/* fsync, set the time, rename to `path` (below root), fsync its directory. On failure the file is removed. 0 or -errno. */
int deliver_commit(struct delivery *d, const char *path, int64_t mtime);
void deliver_abort(struct delivery *d);         /* safe at any moment */

/* Deliver a copy of the file `from` to `path` in the folder `dir`. */
int deliver_copy(int root, const char *from, const char *dir, const char *path, int64_t mtime);

#endif
