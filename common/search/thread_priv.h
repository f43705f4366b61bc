/* For thread*.c: messages on their way into threads. */
#ifndef REMUCH_THREAD_PRIV_H
#define REMUCH_THREAD_PRIV_H

#include <stdbool.h>

#include "str.h"
#include "thread.h"

/* Node i of the result is mail i for i < n; message ids that no mail has, and what gathers threads, come behind. */
struct thread_mail {
	uint32_t        uid;
	bool            reply;          /* or forward */
	int64_t         sent, arrived;  /* Unix seconds */
	struct str      subject;        /* base subject, folded */
	uint32_t        id;             /* number of its message id; THREAD_NONE */
	const uint32_t *refs;           /* numbers of its references */
	size_t          n_refs;
};

struct thread_mails {
	struct thread_mail *p;          /* in the mailbox's order */
	size_t              n;
	size_t              n_ids;      /* message ids are numbered from 0 */
	struct arena       *a;
};

struct thread_forest thread_by_subject(const struct thread_mails *mails);
struct thread_forest thread_by_references(const struct thread_mails *mails);
struct thread_forest thread_by_refs(const struct thread_mails *mails);

/* RFC 5256, REFERENCES, steps 1 to 3. The parents of all nodes, mails first: a node, or THREAD_NONE at the top. Those that are no
 * mail and still have children are at the top with two at least, those that have none are no longer of interest. *ret_n nodes,
 * with room for one more for each mail. */
uint32_t *thread_link(const struct thread_mails *mails, size_t *ret_n);

/* The mails by sent date, then mailbox order. */
uint32_t *thread_sent_order(const struct thread_mails *mails);

/* Threads from the parents of n nodes: siblings in the order of the mails in `order`; a node at the top that is no mail stands where
 * its first child would. */
struct thread_forest thread_plant(const struct thread_mails *mails, const uint32_t *parent, size_t n, const uint32_t *order);

#endif
