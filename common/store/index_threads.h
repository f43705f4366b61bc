/* notmuch's threads. Their ids are 16 hex digits, here as the number they are; 0 is none. */
#ifndef REMUCH_INDEX_THREADS_H
#define REMUCH_INDEX_THREADS_H

#include "index.h"

typedef void (*index_thread_fn)(void *arg, struct str id, uint64_t thread);

/* The threads of n messages, by one look-up each (about 90 us); 0 for those that are not indexed. fn is called in order. 0 or -EIO. */
int index_threads(struct index *x, const struct str *ids, size_t n, index_thread_fn fn, void *arg);

/* The threads of all messages whose lastmod is greater than `since`; 0: of all messages (about 25 us each). Joining threads touches
 * the messages whose thread becomes another. 0 or -EIO. */
int index_threads_changed(struct index *x, uint64_t since, index_thread_fn fn, void *arg);

/* Is it likely cheaper to ask for all than to look n up? */
bool index_threads_many(struct index *x, size_t n);

#endif
