/* Dots doubled at the begin of lines: POP3's multi-line answers, RFC 1939 section 3. */
#ifndef REMUCH_DOTS_H
#define REMUCH_DOTS_H

#include <stdbool.h>

#include "buf.h"
#include "str.h"

struct dots {
	bool in_line;                   /* the last octet was not LF; begin with { 0 } */
};

/* Append text, whose line ends are CRLF, to b. It comes in pieces of any size. */
void dots_put(struct dots *d, struct str text, struct buf *b);

/* The end of the answer: closes an open line, then ".\r\n". */
void dots_end(const struct dots *d, struct buf *b);

#endif
