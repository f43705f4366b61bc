/* BODY and TEXT by the notmuch index (RFC 9051 6.4.4 allows word matching), and queries in its own language. */
#ifndef REMUCH_TEXTSEARCH_H
#define REMUCH_TEXTSEARCH_H

#include "buf.h"
#include "store.h"

/* A set of serials, ascending, in the arena. */
struct serial_set {
	const uint64_t *v;
	size_t          n;
};

enum textsearch_where { TEXTSEARCH_BODY, TEXTSEARCH_TEXT };

/* Mails, in whatever mailbox, that the index says contain the text (UTF-8): ret_hits. Mails that are not indexed yet: ret_unknown;
 * the caller reads those. -ENOTSUP when the index cannot tell for this text (no words in it, no index): read them all. */
int textsearch(struct store *s, enum textsearch_where where, struct str text, struct arena *a,
	struct serial_set *ret_hits, struct serial_set *ret_unknown);

/* FUZZY (RFC 6203): mails that have all words of the text, in any order, by their stems or beginnings. Notmuch does not tell how well a
 * message matches; the points, 1 to 100, say in how strict a sense it does, and where: see textsearch_fuzzy.c. Otherwise as textsearch. */
struct scored {
	uint64_t serial;
	unsigned points;
};

struct scored_set {
	const struct scored *v;         /* by serial, ascending */
	size_t               n;
};

int textsearch_fuzzy(struct store *s, enum textsearch_where where, struct str text, struct arena *a,
	struct scored_set *ret_hits, struct serial_set *ret_unknown);

/* Mails, in whatever mailbox, that a notmuch query of the client finds, when the index has learnt what is known by now (drain_wait).
 * -EINVAL: notmuch does not understand it, store_why has its words. -EIO. */
int textsearch_raw(struct store *s, struct str query, struct arena *a, struct serial_set *ret_hits);

/* The notmuch query for a text, appended to query. -ENOTSUP as above. */
int textsearch_query(enum textsearch_where where, struct str text, struct buf *query);

#endif
