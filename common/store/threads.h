/* notmuch's thread of each mail: THREADID (RFC 8474). Kept in the cache, which is brought up to the index's revision before it is read:
 * threads are joined when a message comes that refers to both.
 *
 * In the cache's table MAIL_CACHE_THREAD: serial -> thread u64 (0: notmuch does not know the message), and "revision" -> struct
 * index_version, the revision all of them are of. */
#ifndef REMUCH_THREADS_H
#define REMUCH_THREADS_H

#include "store.h"

/* Of n mails; 0 where there is none. 0 or -errno (the state cannot be read). */
int threads_of(struct store *s, const uint64_t *serials, size_t n, uint64_t *ret);

#endif
