/* What SEARCH, SORT and THREAD share: finding the messages of a search program, remembering them for "$". */
#ifndef REMUCH_SEARCHING_H
#define REMUCH_SEARCHING_H

#include "eval.h"
#include "read_search.h"

struct session;
struct request;
struct reply;

/* Make the keys ready for searching_in, once; filters are taken in. NULL, or the refusal. */
const struct reply *searching_begin(struct session *s, struct request *rq, struct search_args *args);

/* The messages of a mailbox that match, UIDs ascending, in rq->arena. May be called for one mailbox after the other: the index is asked
 * once. NULL and *ret, or the refusal. */
const struct reply *searching_in(struct session *s, struct request *rq, struct box *box, struct search_args *args, struct eval_hits *ret);

/* Both, for the selected mailbox: the messages that match, UIDs ascending, in rq->arena. NULL and *ret, or the refusal. */
const struct reply *searching_find(struct session *s, struct request *rq, struct search_args *args, struct eval_hits *ret);

/* What the MODSEQ of the result is: the highest of all messages found, or of the one or two that MIN and MAX alone return (RFC 4731 section
 * 3.2). hits->uids are UIDs yet. 0: no key asks for it, or nothing was found. */
uint64_t searching_modseq(struct box *box, unsigned options, const struct eval_hits *hits);

/* RETURN (SAVE): n UIDs in the order of the result become "$" (RFC 9051 section 6.4.4.1, table 4): MIN and MAX alone keep what
 * they return. */
void searching_save(struct session *s, struct request *rq, unsigned options, const uint32_t *uids, size_t n);

/* The command failed: "$" is empty when it was to be saved and the answer is NO. Returns refusal. */
const struct reply *searching_failed(struct session *s, const struct search_args *args, const struct reply *refusal);

/* Sequence numbers in place of UIDs, unless the command has its UID form. */
void searching_number(struct session *s, const struct request *rq, uint32_t *uids, size_t n);

#endif
