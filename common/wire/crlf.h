/* A file's octets as they go over the wire: a bare LF becomes CRLF; CRLF and bare CR are kept. One state machine for
 * IMAP (a window of wire octets, for literals and partial fetches) and POP3 (dots stuffed, RFC 1939 section 3).
 * Input comes in pieces of any size and is never whole in memory. */
#ifndef REMUCH_CRLF_H
#define REMUCH_CRLF_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "str.h"

enum {
	CRLF_DOTS = 1,                  /* double a "." that begins a line */
	CRLF_NUL  = 2,                  /* NUL becomes 0x80: no IMAP literal but literal8 may hold one */
};

struct crlf {
	unsigned flags;
	uint64_t skip;                  /* wire octets still to be dropped */
	uint64_t left;                  /* wire octets still to be put */
	bool     after_cr;              /* the last octet of the input was CR */
	bool     in_line;               /* the last octet of the input was not LF */
};

/* Drop the first `skip` wire octets and put at most `max` (UINT64_MAX: all). With CRLF_DOTS skip is 0. */
void crlf_start(struct crlf *c, unsigned flags, uint64_t skip, uint64_t max);

/* Append the wire form of s to b until s is used up, the window is full (c->left is 0), or b has no room for the next
 * octet (b->max; it never fails). Returns the octets of s that are used; go on with the rest. b->max is at least 2. */
size_t crlf_feed(struct crlf *c, struct str s, struct buf *b);

/* The end of a POP3 answer: closes an open line, then ".\r\n". b has room for 5. */
void crlf_finish_dots(const struct crlf *c, struct buf *b);

/* Wire octets of s (without dots); after_cr: the octet before s is a CR. */
uint64_t crlf_octets(struct str s, bool after_cr);

#endif
