/* Has anybody committed to the index? A stat(2) of Xapian's "iamglass", which each commit replaces, tells. Named queries may also be in
 * notmuch's configuration file, which is looked at likewise. */
#ifndef REMUCH_INDEX_STAMP_H
#define REMUCH_INDEX_STAMP_H

#include <stdint.h>

#include "index.h"

struct index_stamp {
	uint64_t dev, ino;
	int64_t  mtime_ns;
	uint64_t config_ino;                    /* 0: there is no file */
	int64_t  config_mtime_ns;
};

/* 0; -ENOENT: there is no database; -errno. */
int index_stamp(const struct index_conf *c, struct index_stamp *ret);

/* The Xapian directory of the database, in a: what it is, or where notmuch would make it. */
char *index_dir(const struct index_conf *c, struct arena *a);

#endif
