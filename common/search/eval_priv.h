/* For eval*.c: one chunk of messages at work. */
#ifndef REMUCH_EVAL_PRIV_H
#define REMUCH_EVAL_PRIV_H

#include "bits.h"
#include "eval.h"

struct eval {
	struct store *store;
	struct box   *box;
	struct arena *a;                /* of the whole search */
	struct arena  tmp;              /* of one key on one chunk */
	bool          exact;

	struct row   *rows;             /* of the chunk, gone messages too (uid 0) */
	size_t        n;
	bool          sized;            /* the rows have their sizes */
};

/* Keys that need more than the rows. Each leaves in set those that match. 0 or -errno. */
int eval_folded(struct eval *ev, const struct key *k, struct bits *set);
int eval_header(struct eval *ev, const struct key *k, struct bits *set);
int eval_content(struct eval *ev, struct key *k, struct bits *set);
int eval_raw(struct eval *ev, struct key *k, struct bits *set);
int eval_ids(struct eval *ev, struct key *k, struct bits *set);

/* Is it one of these? */
bool eval_holds(const struct serial_set *set, uint64_t serial);

/* Ask the index what has to be known even where no message is left to be looked at: a query that is none is refused in an empty
 * mailbox too. 0 or -errno as eval_run. */
int eval_raw_ask(struct eval *ev, struct key *root);

#endif
