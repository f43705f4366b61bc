/* A drainer renames files, which changes the time of their directory: who selects the mailbox next would read all of it. So the drainer watches the
 * folders it works in, and notes that time when it has done (sync_watched). */
#ifndef REMUCH_DRAIN_WATCH_H
#define REMUCH_DRAIN_WATCH_H

#include "journal.h"
#include "store_priv.h"

/* Before records go to the index: watch the folders in which files may get other names then, the first that are found; those that are watched already
 * stay. None is watched if no file will be renamed, or something fails: that costs a reading later. */
void drain_watch(struct store *s, const struct journal_record *recs, size_t n);

/* While they do, now and then: the kernel keeps some 16,000 events. */
enum { DRAIN_LISTEN = 1024 };           /* records */

#endif
