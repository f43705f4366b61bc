/* A file's octets in memory: small files are read, large ones mapped. */
#ifndef REMUCH_MAIL_FILE_H
#define REMUCH_MAIL_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

struct mail_file {
	struct str bytes;
	int64_t    mtime;               /* Unix seconds */
	bool       mapped;
};

/* path below the directory descriptor root, open for reading, `ahead` octets of it asked for: a descriptor, or -ENOENT, -errno. */
int mail_file_ask(int root, const char *path, size_t ahead);

/* Is what begins it in memory, so that the disk is not needed to read that? */
bool mail_file_in_memory(int root, const char *path);

/* What begins it, n octets at most: how many. 0: it is empty or cannot be read. */
size_t mail_file_head(int root, const char *path, char *octets, size_t n, int64_t *ret_mtime);

/* All of it. fd stays open; a negative one is returned as it is. -EINVAL: no regular file; -errno. */
int mail_file_read(int fd, struct mail_file *ret);

/* Both. */
int mail_file_open(int root, const char *path, struct mail_file *ret);
void mail_file_close(struct mail_file *f);

#endif
