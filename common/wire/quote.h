/* Strings in responses, RFC 9051 section 4.3: the shortest form that is safe for every client.
 *
 * A string is quoted when it is short and all printable 7-bit; else it is a literal, in which a NUL (which no
 * literal may hold) becomes 0x80. utf8: the client has enabled IMAP4rev2 or UTF8=ACCEPT, so valid UTF-8 may be
 * quoted, too. */
#ifndef REMUCH_QUOTE_H
#define REMUCH_QUOTE_H

#include "buf.h"
#include "str.h"

void quote_string(struct buf *b, struct str s, bool utf8);
void quote_nstring(struct buf *b, struct str s, bool utf8);    /* NIL when s.p is NULL */

/* The same for values that may hold any octets: one with a NUL is a literal8, ~{n}. */
void quote_nstring8(struct buf *b, struct str s, bool utf8);

/* An atom where that will do; the word NIL is quoted. */
void quote_astring(struct buf *b, struct str s, bool utf8);

/* Append s as the free text of a status response (RFC 9051, resp-text): controls, and octets a client may not get,
 * become "?". */
void quote_text(struct buf *b, struct str s, bool utf8);

#endif
