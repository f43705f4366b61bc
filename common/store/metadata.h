/* Annotations of mailboxes and of the server (RFC 5464). What clients set is in the state; some entries are properties of the
 * mailbox: "/private/specialuse" is its special use (RFC 6154 section 4), METADATA_QUERY the text of a mailbox that is a query. */
#ifndef REMUCH_METADATA_H
#define REMUCH_METADATA_H

#include "boxes.h"

struct metadata {
	struct str entry;
	struct str value;               /* p NULL: none, which as an argument removes it */
	struct str said;                /* of a filter: the notmuch query that says the same when it was set; n 0: there is none */
};

#define METADATA_QUERY "/private/vendor/vendor.remuch/query"

enum { METADATA_INFINITY = 1000 };      /* more levels than a name can have */

struct metadata_wanted {
	const struct str *entries;
	size_t            n;
	unsigned          depth;        /* and so many levels below each: 0, 1, METADATA_INFINITY */
};

/* Is this entry among those? Letters fold. */
bool metadata_wants(const struct metadata_wanted *w, struct str entry);

/* The entries of a mailbox (any that LIST shows; "" is the server) that are wanted and have a value, in a. -ENOENT: no such mailbox. */
int metadata_get(struct store *s, struct str box, const struct metadata_wanted *w, struct arena *a, struct metadata **ret,
	size_t *ret_n);

/* The same of a mailbox that boxes_list gave. */
int metadata_of(struct store *s, const struct box_info *box, const struct metadata_wanted *w, struct arena *a, struct metadata **ret,
	size_t *ret_n);

/* Numbers in the log of changes: those after `before`, up to `after`. */
struct metadata_log {
	uint64_t before, after;
};

/* Set all of them, or none. METADATA_QUERY makes, changes or removes a named query and its mailbox. Values are at most
 * METADATA_VALUE_MAX octets. -ENOENT: no such mailbox; -E2BIG: too many; -EROFS: an entry that cannot be set; -EOPNOTSUPP: a special
 * use that cannot be given; -EINVAL: among others, a query that notmuch does not understand. store_why tells. */
int metadata_set(struct store *s, struct str box, const struct metadata *v, size_t n, struct metadata_log *ret);

/* Annotations that are notmuch's named queries, which do not come into the log: a mailbox, an entry, and the query. In order, in a. -EIO */
struct metadata_query {
	struct str box, entry, text;
};
int metadata_queries(struct store *s, struct arena *a, struct metadata_query **ret, size_t *ret_n);

/* What changed after log->before, up to log->after, which is filled in when it is 0; oldest first. -ESTALE: there
 * were more of them than METADATA_LOG_MAX, and some are not known any more. */
typedef void (*metadata_changed_fn)(void *arg, struct str box, struct str entry);
int metadata_changes(struct store *s, struct metadata_log *log, metadata_changed_fn fn, void *arg);

#endif
