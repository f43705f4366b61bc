/* The tags of all messages of the index, for who goes through many of them in steps. It takes 9 octets of memory for each message, and one query a
 * tag (1.5 us a hit), where to ask each message for its tags takes 30 us: all its terms are unpacked. */
#ifndef REMUCH_INDEX_TAGSETS_H
#define REMUCH_INDEX_TAGSETS_H

#include "arena.h"
#include "index.h"

struct index_tagsets;

/* at_once: messages that one query may give; libnotmuch takes 88 octets for each meanwhile. *ret NULL: for n messages it does not pay. 0 or -EIO. */
int index_tagsets_load(struct index *x, size_t n, uint32_t at_once, struct index_tagsets **ret);
void index_tagsets_free(struct index_tagsets *t);               /* NULL is fine */

/* Of the index that it was read of. What was indexed or changed later has a greater lastmod. */
uint64_t index_tagsets_revision(const struct index_tagsets *t);

/* The tags of a message that the index has, sorted; the array is in a, the octets are t's. False: ask the message. */
bool index_tagsets_get(const struct index_tagsets *t, struct str id, struct arena *a, const struct str **ret, size_t *ret_n);

#endif
