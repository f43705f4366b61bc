/* The arguments of FETCH: RFC 9051 section 6.4.5, RFC 3501 section 6.4.5, RFC 7162 section 3.1.4. */
#ifndef REMUCH_READ_FETCH_H
#define REMUCH_READ_FETCH_H

#include "item.h"
#include "seqset.h"

struct request;

struct fetch_args {
	struct seqset set;
	struct want  *wants;            /* at least one; UID first in the UID form */
	size_t        n_wants;
	bool          seen, size;       /* one of them sets \Seen, needs the size */
	bool          email, thread;    /* likewise */
	bool          content;          /* one of them may open the file while the response is written */
	bool          body;             /* one of them is of the message itself, not only about it */
	bool          uid, flags, modseq; /* UID, FLAGS, MODSEQ is among them */
	uint64_t      changed_since;    /* only messages with a higher mod-sequence; 0: all */
	bool          vanished;         /* and which were expunged since; in the UID form, with changed_since */
};

/* For struct command: *ret_args is a struct fetch_args. */
int read_fetch(struct request *rq, void **ret_args);

#endif
