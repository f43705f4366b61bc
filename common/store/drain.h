/* Bringing the notmuch index up to the state. Only a drainer opens the index for writing, and nobody waits for it long. */
#ifndef REMUCH_DRAIN_H
#define REMUCH_DRAIN_H

#include "store.h"

/* There is something in the journal. Costs nothing: called after each commit. */
void drain_kick(struct store *s);

/* See to it that a drainer works on what there is, if there is any: starts the child on first use (store_conf.program), wakes it later.
 * Never blocks. Called where a session has answered and waits for its client. */
void drain_go(struct store *s);

/* Before a question that only the index can answer: let it learn what is in the journal by now, for two seconds at most. Who has been
 * waited for in vain, since somebody holds the index or there is much to write, is not waited for again until it has got on. Nothing in
 * the journal: costs nothing. */
void drain_wait(struct store *s);

/* Tell our drainer that no more comes and wait until the journal is empty or `ms` passed. At the end of a session. */
void drain_finish(struct store *s, int64_t ms);

/* The drainer's main function (--drain). stdin is the waking pipe or empty: works until the journal is empty and stdin has ended; while
 * it is being woken again and again it lets the client go first. One at a time per account (a lock file); others wait for it. 0 or
 * -errno. */
int drain_run(const struct store_conf *conf, const char **ret_why);

#endif
