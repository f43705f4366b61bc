/* Base64, RFC 4648 section 4, with padding. */
#ifndef REMUCH_B64_H
#define REMUCH_B64_H

#include "buf.h"
#include "str.h"

/* Append the encoding of s to b. */
void b64_encode(struct buf *b, struct str s);

/* Append what s encodes to b: strict, no white space, padded. 0, or -EBADMSG (b may hold a part). */
int b64_decode(struct buf *b, struct str s);

#endif
