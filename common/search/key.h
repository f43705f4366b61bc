/* A SEARCH program as a typed tree (RFC 9051 section 6.4.4). The protocol makes it from the client's words, compile.h
 * makes it ready, eval.h finds the messages. Nodes and texts live in one arena, that of the command. */
#ifndef REMUCH_KEY_H
#define REMUCH_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"
#include "textsearch.h"
#include "thread.h"

enum key_op {
	KEY_ALL,
	KEY_AND,                /* child and its `next`s, one at least */
	KEY_OR,                 /* likewise */
	KEY_NOT,                /* child */
	KEY_UIDS,               /* one of uids, ascending: both kinds of sequence sets, resolved by the caller */
	KEY_FLAGS,              /* of the flags `mask` (MAIL_*) just those of `flags` are set */
	KEY_RECENT,
	KEY_KEYWORD,            /* text is a keyword as on the wire */
	KEY_LABEL,              /* text is a label: store/labels.h */
	KEY_DATE,               /* days since 1970-01-01 of the internal date, in UTC as clients are shown it: from <= day < to */
	KEY_MODSEQ,             /* the MODSEQ is id at least */
	KEY_SIZE,               /* octets on the wire: from <= size < to */
	KEY_SENT,               /* days of the Date field, in its own zone; mails without a date never match */
	KEY_FROM,               /* text is inside the field, decoded, any case; so are those below */
	KEY_TO,
	KEY_CC,
	KEY_BCC,
	KEY_SUBJECT,
	KEY_HEADER,             /* `name` is the field; an empty text asks whether there is one */
	KEY_BODY,
	KEY_TEXT,
	KEY_FILTER,             /* `name` is a stored search (RFC 5466); the protocol makes it a KEY_AND of what it stands for */
	KEY_RAW,                /* text is a notmuch query */
	KEY_EMAIL,              /* id is that of the content: ids.h; 0: nothing matches */
	KEY_THREAD,             /* id is notmuch's thread; likewise */
	KEY_INTHREAD,           /* in one thread with a message of the mailbox that matches child */
};

/* What the index said of a key that asks it, or the state of a KEY_EMAIL, once. Owned by eval*.c. */
struct key_index {
	bool              asked, scan;  /* scan: the index cannot tell, read the files */
	struct serial_set hits, unknown;
	struct scored_set scored;       /* in place of hits when the key is fuzzy */
};

/* How well messages match a fuzzy key, in no order until relevance_ready(). */
struct key_points {
	struct scored *v;
	size_t         n, cap;
};

struct key {
	enum key_op      op;
	bool             fuzzy;         /* FUZZY, RFC 6203: of the keys that look for texts; others are what they are without */
	struct key      *child, *next;
	struct str       name, text;
	const uint32_t  *uids;
	size_t           n_uids;
	uint32_t         mask, flags;
	int64_t          from, to;
	uint64_t         id;
	bool             by_algorithm;  /* KEY_INTHREAD: threads as THREAD makes them of the mailbox, by algorithm; else notmuch's */
	enum thread_algorithm algorithm;

	struct str       folded;        /* text as fold.h has it; set by compile.h */
	unsigned         cost;          /* of one message, roughly; likewise */
	const struct str *words;        /* of a fuzzy key: the words of folded, one at least unless that is empty; likewise */
	size_t           n_words;
	bool             scored;        /* it or one below is such a key; likewise */
	bool             by_modseq;     /* it or one below is a KEY_MODSEQ; likewise */
	struct key_index index;
	struct key_points points;
	const struct box *found_in;     /* KEY_INTHREAD: uids are the messages of this mailbox; set by eval_inthread.c */
};

#define KEY_FIRST INT64_MIN             /* no lower end of a range */
#define KEY_LAST  INT64_MAX

#endif
