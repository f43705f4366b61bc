/* Sets of message numbers, RFC 9051 section 9 (sequence-set, uid-set): read, made canonical, walked, printed. */
#ifndef REMUCH_SEQSET_H
#define REMUCH_SEQSET_H

#include "buf.h"
#include "lex.h"

struct seqset_range {
	uint32_t lo, hi;                /* as read: in the client's order, 0 is "*". Resolved: 1 <= lo <= hi */
};

struct seqset {
	struct seqset_range *v;
	size_t               n;
	bool                 saved;     /* it ends in "$", RFC 5182: the caller adds the saved result; n may be 0 */
};

/* The next set in the command, its memory in the lexer's arena. 0; -EBADMSG; -EMSGSIZE: over SEQSET_MAX ranges. */
int seqset_read(struct lexer *lx, struct seqset *ret);

/* Make it canonical, in place: "*" becomes `star`, the largest number in use (for UIDs of an empty mailbox:
 * UIDNEXT), then ranges are put in order, ascending, and joined: "5:*" with star 3 is 3:5. star 0: ranges with "*"
 * hold nothing and go. */
void seqset_resolve(struct seqset *s, uint32_t star);

bool seqset_has_star(const struct seqset *s);                   /* not resolved yet */

/* Resolved sets only, from here. */
bool seqset_contains(const struct seqset *s, uint32_t n);
uint32_t seqset_largest(const struct seqset *s);                /* 0 when it is empty */
uint64_t seqset_count(const struct seqset *s);

/* The numbers of a set, ascending: struct seqset_iter it = { 0 }; while (seqset_next(s, &it, &n)) ...
 * A set may hold 2^32 - 1 numbers: clip it (seqset_clip) before walking it. */
struct seqset_iter {
	size_t   range;
	uint32_t done;                  /* of that range: the last number given; 0 for none */
};
bool seqset_next(const struct seqset *s, struct seqset_iter *it, uint32_t *ret);

/* As read: numbers alone, each once and ascending (no "*", no "$"). Such a set is resolved, but for ranges that touch. */
bool seqset_is_plain(const struct seqset *s);

/* The numbers that are in both, in a. */
struct seqset seqset_meet(struct arena *a, const struct seqset *x, const struct seqset *y);

/* Drop all numbers over max. */
void seqset_clip(struct seqset *s, uint32_t max);

/* Append n > 0 numbers as a set, in the order given; runs that ascend by one become ranges: 1:3,5. */
void seqset_put(struct buf *b, const uint32_t *v, size_t n);
void seqset_put_set(struct buf *b, const struct seqset *s);     /* resolved or not, "$" too */

#endif
