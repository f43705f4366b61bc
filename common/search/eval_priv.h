/* For eval*.c: one chunk of messages at work. */
#ifndef REMUCH_EVAL_PRIV_H
#define REMUCH_EVAL_PRIV_H

#include "bits.h"
#include "derived.h"
#include "eval.h"

struct eval {
	struct store *store;
	struct box   *box;
	struct arena *a;                /* of the whole search */
	struct arena  tmp;              /* of one key on one chunk */
	bool          exact;
	uint64_t     *serials;          /* of the hits, when they get scores; else NULL */

	struct row   *rows;             /* of the chunk, gone messages too (uid 0) */
	size_t        n;
	bool          sized;            /* the rows have their sizes */
};

/* Keys that need more than the rows. Each leaves in set those that match. 0 or -errno. */
int eval_folded(struct eval *ev, struct key *k, struct bits *set);
int eval_header(struct eval *ev, struct key *k, struct bits *set);
int eval_content(struct eval *ev, struct key *k, struct bits *set);
int eval_raw(struct eval *ev, struct key *k, struct bits *set);
int eval_ids(struct eval *ev, struct key *k, struct bits *set);

/* Is it one of these? */
bool eval_holds(const struct serial_set *set, uint64_t serial);

/* Ask the index what has to be known even where no message is left to be looked at: a query that is none is refused in an empty
 * mailbox too. 0 or -errno as eval_run. */
int eval_raw_ask(struct eval *ev, struct key *root);

/* The messages of the mailbox that a KEY_INTHREAD means, as its uids; once a mailbox. 0 or -errno. */
int eval_inthread_find(struct eval *ev, struct key *k);

/* A fuzzy key: do a field, other texts of a message, the message have its words? Notes how well. */
bool eval_fuzzy_field(struct eval *ev, struct key *k, uint64_t serial, struct str field);
bool eval_fuzzy_text(struct eval *ev, struct key *k, uint64_t serial, struct str text);
bool eval_fuzzy_file(struct eval *ev, struct key *k, uint64_t serial, struct str msg);

/* Leave in set those whose derived text `matches`; what the cache has is looked at where it lies. A text that cannot be made is passed as
 * one with p == NULL; messages whose file cannot be read do not match. 0 or -errno. */
typedef bool (*eval_match)(struct eval *ev, struct key *k, uint64_t serial, struct str text);
int eval_by_text(struct eval *ev, struct key *k, struct bits *set, const struct derived_kind *kind, eval_match matches);

#endif
