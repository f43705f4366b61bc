/* The journal's records as they lie in the state; for journal.c. */
#ifndef REMUCH_JOURNAL_RECORD_H
#define REMUCH_JOURNAL_RECORD_H

#include "buf.h"
#include "journal.h"

enum {
	JOURNAL_MANY = 100,             /* added to a kind, in the table alone: for many messages; serial: how many are done */
	JOURNAL_MANY_MAX = 20000,       /* messages of one record */
};

void journal_encode(struct buf *b, const struct journal_record *r);
bool journal_decode(struct str in, struct arena *a, struct journal_record *r);

/* Behind what journal_decode reads of a record of many: the ids, of which none comes twice, in order, and a hash table to find them by. */
void journal_encode_ids(struct buf *b, const struct str *ids, size_t n);

struct journal_ids {
	uint64_t    done, seed;
	uint32_t    n, n_slots;
	const char *offsets, *slots, *octets;
};

/* A look at a record; slices of it. False: it is not one of many. */
bool journal_ids_of(struct str record, struct journal_ids *ret);
struct str journal_ids_at(const struct journal_ids *ids, uint32_t i);
bool journal_ids_has(const struct journal_ids *ids, struct str id);     /* and it is not done yet */

#endif
