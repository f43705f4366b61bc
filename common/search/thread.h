/* Threads of messages: RFC 5256 section 3 (ORDEREDSUBJECT, REFERENCES), draft-ietf-morg-inthread-01 section 4 (REFS). */
#ifndef REMUCH_THREAD_H
#define REMUCH_THREAD_H

#include <stddef.h>
#include <stdint.h>

#include "box.h"
#include "scratch.h"
#include "store.h"

enum thread_algorithm { THREAD_ORDEREDSUBJECT, THREAD_REFERENCES, THREAD_REFS };

#define THREAD_NONE UINT32_MAX

/* Members are places in thread_forest.nodes, or THREAD_NONE. Place i is that of the message uids[i] of thread_run; what is no message comes
 * behind them all. */
struct thread_node {
	uint32_t uid;                   /* 0: no message; only at the top, with two children at least */
	uint32_t parent, child, next;   /* child: the first one; next: of the same parent, or thread */
};

struct thread_forest {
	struct thread_node *nodes;      /* also holds some that are in no thread */
	uint32_t            first;      /* the first thread; the others are its next */
};

/* The threads of n UIDs (ascending), in work, as all that is needed on the way: up to 100 octets a message. One that has gone is in a thread of
 * its own. 0 or -errno. */
int thread_run(struct store *s, struct box *b, enum thread_algorithm how, const uint32_t *uids, size_t n, struct scratch *work,
	struct thread_forest *ret);

/* The node that follows `at` when its thread is read from the top, each message before its replies: THREAD_NONE at the
 * end of the thread. */
uint32_t thread_next(const struct thread_forest *f, uint32_t at);

#endif
