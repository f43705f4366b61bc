/* Which messages of a mailbox a SEARCH program matches. */
#ifndef REMUCH_EVAL_H
#define REMUCH_EVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "box.h"
#include "key.h"
#include "store.h"

struct eval_hits {
	uint32_t *uids;                 /* ascending */
	uint8_t  *scores;               /* 1 to 100, see relevance.h; NULL: no key is fuzzy */
	size_t    n;
	uint64_t  modseq;               /* the highest of them; 0: no key asks for MODSEQs, or nothing was found */
};

/* The messages of the box's view (those gone since are left out) that match root, which compile_key() has made ready.
 * The mailbox is looked at in chunks of BITS_MAX messages; in each, cheap keys come first and the others see only what is left.
 * exact: BODY and TEXT by reading files, not by the index. hits: in a. 0 or -errno;
 * -EINVAL: notmuch does not understand a KEY_RAW, store_why has its words. */
int eval_run(struct store *s, struct box *b, struct key *root, bool exact, struct arena *a, struct eval_hits *ret);

#endif
