/* Being woken when something changes: the mailbox's directories, the index, the state. */
#ifndef REMUCH_WATCH_H
#define REMUCH_WATCH_H

#include "box.h"

struct watch;

/* Watch for changes that concern b (NULL: the account's state and index alone). 0 or -errno. */
int watch_open(struct store *s, struct box *b, struct watch **ret);
void watch_close(struct watch *w);

/* Readable when something happened; then watch_clear() and box_poll(). Due: something did, and has been read (dirwatch.h). */
int watch_fd(const struct watch *w);
bool watch_due(const struct watch *w);
void watch_clear(struct watch *w);

#endif
