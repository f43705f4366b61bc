/* The arguments of LIST: RFC 9051 section 6.3.9, RFC 5258, RFC 5819, RFC 6154, RFC 9590. */
#ifndef REMUCH_READ_LIST_H
#define REMUCH_READ_LIST_H

#include "listmatch.h"
#include "metadata.h"

/* Options, for selecting and for returning. REMOTE is taken and means nothing: there are no remote mailboxes. */
enum {
	READ_LIST_SUBSCRIBED  = 1,
	READ_LIST_SPECIAL_USE = 2,
	READ_LIST_CHILDREN    = 4,
	READ_LIST_STATUS      = 8,
	READ_LIST_RECURSIVE   = 16,     /* RECURSIVEMATCH */
	READ_LIST_REMOTE      = 32,
	READ_LIST_METADATA    = 64,
};

struct read_list_args {
	struct listmatch       match;
	unsigned               select, give; /* READ_LIST_* */
	unsigned               status;       /* status_items.h, with READ_LIST_STATUS */
	struct metadata_wanted metadata;     /* with READ_LIST_METADATA */
	bool                   extended;     /* any of what RFC 3501 had not */
};

/* For struct command: *ret_args is a struct read_list_args. */
int read_list(struct request *rq, void **ret_args);

#endif
