/* The data items of FETCH: one row each in items.c. */
#ifndef REMUCH_ITEM_H
#define REMUCH_ITEM_H

#include <stdbool.h>

#include "content.h"
#include "derived.h"
#include "row.h"
#include "section.h"
#include "source.h"

struct session;
struct want;

/* What a client asked for more than once is written more than once, save items without brackets. */
enum item_brackets {
	ITEM_NO_BRACKETS,
	ITEM_SECTION,                   /* BODY[...]<...> */
	ITEM_BINARY,                    /* BINARY[...]<...> */
	ITEM_BINARY_SIZE,               /* BINARY.SIZE[...] */
};

/* One FETCH at work, and the message it is at. */
struct fetch {
	struct session       *s;
	const struct row     *row;
	const struct derived *derived;
	uint64_t              email, thread;    /* ids.h; when an item needs them */
	struct content        content;
	struct buf            line;     /* the response of this message, as far as it is not in the connection yet */
};

struct item {
	const char               *name;         /* as the client asks */
	const char               *label;        /* as the response shows it; the section follows. NULL: name */
	enum item_brackets        brackets;
	enum section_kind         section;      /* of items that stand for a section of BODY */
	bool                      size;         /* needs row->size */
	bool                      seen;         /* sets \Seen */
	bool                      email, thread; /* needs f->email, f->thread */
	bool                      modseq;       /* a CONDSTORE enabling one */
	const struct derived_kind *derived;     /* is this text */

	/* All that may fail, before the first octet of the response is written. 0; -ENOENT: the message is gone; -EOPNOTSUPP: an
	 * encoding that cannot be undone; -errno. NULL: nothing to do. */
	int (*prepare)(struct fetch *f, struct want *w);

	/* Write the value: to f->line, or by items_flush() and then to the connection. */
	void (*put)(struct fetch *f, struct want *w);
};

/* What one client wants in one command. */
struct want {
	const struct item         *item;
	struct section             section;
	struct str                 label;       /* "BODY[1.TEXT]<0>" */
	struct str                 name;        /* "BODY[1.TEXT]" */
	const struct derived_kind *derived;     /* as the item's, or header fields that are kept */
	bool                       nil;         /* no such part; of the message at hand, like source */
	struct source              source;
};

/* The item of this name (any case), followed by brackets or not; NULL: there is none. */
const struct item *items_find(struct str name, bool brackets);

/* Hand f->line to the connection. */
void items_flush(struct fetch *f);

/* item_row.c */
void item_flags_put(struct fetch *f, struct want *w);
void item_internaldate_put(struct fetch *f, struct want *w);
void item_size_put(struct fetch *f, struct want *w);
void item_uid_put(struct fetch *f, struct want *w);
void item_modseq_put(struct fetch *f, struct want *w);
void item_derived_put(struct fetch *f, struct want *w);
void item_labels_put(struct fetch *f, struct want *w);

/* item_ids.c */
void item_emailid_put(struct fetch *f, struct want *w);
void item_threadid_put(struct fetch *f, struct want *w);
void item_gm_msgid_put(struct fetch *f, struct want *w);
void item_gm_thrid_put(struct fetch *f, struct want *w);

/* item_body.c */
int item_body_prepare(struct fetch *f, struct want *w);
void item_body_put(struct fetch *f, struct want *w);

/* item_binary.c */
int item_binary_prepare(struct fetch *f, struct want *w);
void item_binary_size_put(struct fetch *f, struct want *w);

#endif
