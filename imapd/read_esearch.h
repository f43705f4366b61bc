/* The arguments of ESEARCH: RFC 7377 section 4, filter-mailboxes of RFC 5465 section 8. */
#ifndef REMUCH_READ_ESEARCH_H
#define REMUCH_READ_ESEARCH_H

#include "read_search.h"

/* Mailboxes that are not named. */
enum {
	SOURCE_SELECTED   = 1,
	SOURCE_INBOXES    = 2,
	SOURCE_PERSONAL   = 4,
	SOURCE_SUBSCRIBED = 8,
};

struct source_name {
	struct str name;
	bool       subtree, one;        /* what is below it, too; one: only the next level */
};

struct esearch_args {
	struct search_args  search;
	unsigned            sources;    /* SOURCE_*; SOURCE_SELECTED without any */
	struct source_name *names;
	size_t              n_names;
};

/* For struct command: *ret_args is a struct esearch_args. -EBADMSG also for SAVE with a source but "selected" alone. */
int read_esearch(struct request *rq, void **ret_args);

#endif
