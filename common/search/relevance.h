/* How relevant the messages are that a search found: RFC 6203 section 4.
 *
 * Each fuzzy key gives points, 1 to 100, to the messages that it matches: see textsearch_fuzzy.c and eval_fuzzy.c. Of keys that all have
 * to match it is the mean, of those of which one is enough the best; what is negated, or not fuzzy, does not count. */
#ifndef REMUCH_RELEVANCE_H
#define REMUCH_RELEVANCE_H

#include "arena.h"
#include "key.h"

enum { RELEVANCE_MAX = 100 };

/* The key matches the mail so well. */
void relevance_add(struct arena *a, struct key *k, uint64_t serial, unsigned points);

/* After the search, before scores are asked for. */
void relevance_ready(struct key *root);

/* 1 to 100. A message for which no key has anything to say fits as well as any: RELEVANCE_MAX. */
unsigned relevance_score(const struct key *root, uint64_t serial);

#endif
