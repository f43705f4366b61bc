/* Text as SEARCH, SORT and THREAD compare it. */
#ifndef REMUCH_FOLD_H
#define REMUCH_FOLD_H

#include "buf.h"
#include "str.h"

/* Append utf8 as the collation i;unicode-casemap (RFC 5051) has it, which I18NLEVEL=1 (RFC 5255) asks for: two texts are
 * the same, one is inside the other, or one comes first, if that is so for the octets of what is appended. Each octet that
 * is no UTF-8 becomes U+FFFD. */
void fold_utf8(struct str utf8, struct buf *out);

/* Append utf8, which is valid, in lower case, else as it is. */
void fold_lower(struct str utf8, struct buf *out);

/* Append utf8, which is valid, composed (NFC): the form of names on the net (RFC 5198) and on disk. */
void fold_nfc(struct str utf8, struct buf *out);

#endif
