/* Texts derived from mails: from the store's cache, else made from the file, and kept. */
#ifndef REMUCH_DERIVED_H
#define REMUCH_DERIVED_H

#include <stdbool.h>

#include "arena.h"
#include "buf.h"
#include "mail.h"

/* What a kind is made from, the least that will do. */
enum derived_from {
	DERIVED_FROM_FIELDS,            /* the kept fields (fields.h): kinds of this sort share one reading of the file */
	DERIVED_FROM_HEADER,            /* the file's first octets, cut within the header when that is longer than MIME_HEADER_MAX */
	DERIVED_FROM_FILE,
};

/* How one kind is made. `msg` is the file, or as much of it as `from` says: at least that. It has to be the same text for all of them.
 * Nothing put: there is no such text of this mail, and none is kept. */
struct derived_kind {
	enum mail_cache   kind;
	enum derived_from from;
	struct str        version;      /* what texts begin with: others, of older programs, are made anew */
	void            (*make)(struct arena *a, struct str msg, struct buf *out);
};

struct derived {
	struct str text[MAIL_CACHES];   /* of the kinds asked for; p == NULL: none could be made. Of others nothing is said */
	int        error;               /* 0, or why the file could not be read: -ENOENT, -EACCES ... */
};

/* The texts of n mails, in a. Stops early, but not before the first mail, when they grow past `room` octets: *ret_n of them are filled
 * in ret. 0 or -errno (the cache cannot be read). */
int derived_load(struct store *s, const struct derived_kind *const *kinds, size_t n_kinds, const uint64_t *serials, size_t n,
	size_t room, struct arena *a, struct derived *ret, size_t *ret_n);

#endif
