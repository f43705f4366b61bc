/* For thread*.c: messages on their way into threads. */
#ifndef REMUCH_THREAD_PRIV_H
#define REMUCH_THREAD_PRIV_H

#include <stdbool.h>

#include "thread.h"

/* Mails are numbered from 0, in the mailbox's order. Node i is mail i for i < n; message ids that no mail has, and what gathers threads, come
 * behind. All arrays in work. */
struct thread_mails {
	size_t          n;
	const uint32_t *uids;
	const uint32_t *order;          /* the mails by sent date, then mailbox order */
	uint32_t       *subjects;       /* of each mail: the number of its base subject; 0: empty. Not for thread_by_refs */
	size_t          n_subjects;     /* the numbers are below it */
	bool           *replies;        /* or forwards */
	int64_t        *arrived;        /* Unix seconds; only for thread_by_refs */
	uint32_t       *parent;         /* of each node: a node, or THREAD_NONE at the top. Room for thread_room(n) */
	size_t          n_nodes;
	struct scratch *work;
};

/* As many nodes as threads can have: what gathers has two below it. */
static inline size_t thread_room(size_t n)
{
	return 2 * n;
}

/* 0 to n - 1 by their dates; equal ones as they are. */
uint32_t *thread_order(struct scratch *work, const int64_t *dates, size_t n);

struct thread_forest thread_by_subject(struct thread_mails *mails);
struct thread_forest thread_by_references(struct thread_mails *mails);
struct thread_forest thread_by_refs(struct thread_mails *mails);

/* Who replies to whom: RFC 5256, REFERENCES, steps 1 to 3. Nodes as above. */
struct thread_links {
	size_t    n;                    /* mails */
	uint32_t *parent;
	uint32_t *children;             /* how many; one that has none is nobody's ancestor */
	size_t    n_nodes, most;
};

/* Mails without references; n_refs: how many there will be of ids that no mail has, at most. */
struct thread_links thread_links_begin(struct scratch *work, size_t n, size_t n_refs);

/* A node for such an id. There is room for it. */
void thread_links_add(struct thread_links *l);

/* A reference of mail `at`, in their order; before: the one before it, THREAD_NONE for the first. After all of them, the mail itself. */
void thread_link_reference(struct thread_links *l, uint32_t before, uint32_t ref);
void thread_link_mail(struct thread_links *l, uint32_t before, uint32_t at);

/* The parents of mails: those without a mail are at the top with two at least, and numbered anew. */
void thread_links_end(struct thread_links *l, struct thread_mails *mails);

/* Threads from the parents of the nodes: siblings in the order of sent dates; a node at the top that is no mail stands where its first child
 * would. nodes: NULL, or those of a forest that is of no use any more. */
struct thread_forest thread_plant(const struct thread_mails *mails, struct thread_node *nodes);

#endif
