/* What the index has still to learn, in order. Records are put in the transaction of the change they belong to and
 * removed after notmuch has committed them; each is safe to apply twice. */
#ifndef REMUCH_JOURNAL_H
#define REMUCH_JOURNAL_H

#include "state_mail.h"

enum journal_kind {
	JOURNAL_TAGS = 1,       /* id: add and remove tags */
	JOURNAL_INDEX,          /* serial: index its file (where it is by then); id; add = its tags if notmuch does not know it */
	JOURNAL_UNINDEX,        /* id, dir, base: forget that file of the message */
	JOURNAL_QUERY,          /* query, text: define a named query; an empty text: there shall be none */
	JOURNAL_FILES,          /* id: its files have other names, or it has more: those that the state has by then */
};

struct journal_record {
	uint64_t          seq;                  /* set by journal_put */
	enum journal_kind kind;
	uint64_t          serial;
	union {
		struct str dir, text;
	};
	union {
		struct str base, query;
	};
	struct str        id;
	const struct str *add, *remove;
	size_t            n_add, n_remove;
	uint32_t          part, parts;          /* by journal_read: which of how many messages that one record is of; parts 0: of it alone */
};

int journal_put(struct state_txn *t, struct journal_record *r);

/* Records of JOURNAL_TAGS or JOURNAL_FILES for n messages, all else as in `what`. Many share a record. */
int journal_put_each(struct state_txn *t, const struct str *ids, size_t n, const struct journal_record *what);

/* True when a record of that kind about message `id` is pending. */
bool journal_pending(struct state_txn *t, struct str id, enum journal_kind kind);

/* What the tags of message `id` will be when its records are applied. *known says whether the index has the message, *tags which tags it
 * has there; both change to what will be (tags in a). *known false: nobody gave it tags. */
int journal_tags(struct state_txn *t, struct str id, struct arena *a, bool *known, const struct str **tags, size_t *n);

/* The ids of all messages that the journal speaks of, each once, in a. */
int journal_messages(struct state_txn *t, struct arena *a, struct str **ret, size_t *ret_n);

/* The text that a named query will have, in a; empty: there will be none. -ENOENT: the journal does not speak of it. */
int journal_query(struct state_txn *t, struct str query, struct arena *a, struct str *ret_text);

/* The names of all that it speaks of. */
typedef void (*journal_query_fn)(void *arg, struct str query);
int journal_queries(struct state_txn *t, journal_query_fn fn, void *arg);

bool journal_empty(struct state *st);

/* The number of its oldest record, 0: it is empty; and the last number that was given. */
uint64_t journal_oldest(struct state *st, uint64_t *ret_last);

/* The oldest records, at most max, in a; one of many messages as a record for each. *ret_n 0: the journal is empty. */
int journal_read(struct state *st, size_t max, struct arena *a, struct journal_record **ret, size_t *ret_n);

/* Remove records that are done, the first n that were read; raises the drain count (state_drained), which sync compares. In the
 * caller's transaction. */
int journal_remove(struct state_txn *t, const struct journal_record *r, size_t n);

#endif
