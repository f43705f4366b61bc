/* Which mailboxes a LIST or LSUB means: reference and patterns (RFC 9051 section 6.3.9). */
#ifndef REMUCH_LISTMATCH_H
#define REMUCH_LISTMATCH_H

#include "boxes.h"
#include "command.h"

/* Canonical patterns: the reference with each pattern behind it. */
struct listmatch {
	struct str *patterns;
	size_t      n;
	bool        many;               /* they were in parentheses: the extended syntax */
	bool        root;               /* the only one was "": the question for the delimiter */
};

/* " reference pattern" or " reference (pattern ...)". Patterns that no name could match are left out, not refused.
 * 0; -EBADMSG; -EMSGSIZE: more than PATTERNS_MAX. Memory in rq->arena. */
int listmatch_read(struct request *rq, struct listmatch *ret);

bool listmatch_name(const struct listmatch *m, struct str name);

/* Parents that match the patterns while a mailbox below them, which is wanted, does not: the way to it, as LSUB's "%"
 * and RECURSIVEMATCH show it. Calls fn once for each such name, in the order of the list. */
typedef bool (*listmatch_wanted)(void *arg, const struct box_info *box);
typedef void (*listmatch_parent)(void *arg, struct str name);
void listmatch_parents(const struct listmatch *m, const struct box_info *list, size_t n, listmatch_wanted wanted,
	listmatch_parent fn, void *arg);

/* Is `name` a level above `below`? */
bool listmatch_above(struct str name, struct str below);

#endif
