/* The order of messages that SORT asks for: RFC 5256 section 3, RFC 5957, RFC 6203. */
#ifndef REMUCH_SORT_H
#define REMUCH_SORT_H

#include <stdbool.h>
#include <stddef.h>

#include "box.h"
#include "store.h"

enum sort_field {
	SORT_ARRIVAL,
	SORT_CC,
	SORT_DATE,
	SORT_DISPLAYFROM,
	SORT_DISPLAYTO,
	SORT_FROM,
	SORT_RELEVANCY,                 /* RFC 6203 section 6: the highest score first */
	SORT_SIZE,
	SORT_SUBJECT,
	SORT_TO,
	SORT_FIELDS
};

struct sort_key {
	enum sort_field field;
	bool            reverse;
};

/* Put n UIDs (ascending) into the order of n_keys keys (at most SORT_FIELDS), the first one first; messages for which all of them are equal
 * stay in the mailbox's order. One that has gone counts as if nothing were known of it. scores: those of the messages, put into the same
 * order; NULL: all are as relevant. 0, or -errno: they are as they were. */
int sort_run(struct store *s, struct box *b, const struct sort_key *keys, size_t n_keys, uint32_t *uids, uint8_t *scores, size_t n);

#endif
