/* Text as SEARCH, SORT and THREAD compare it. */
#ifndef REMUCH_FOLD_H
#define REMUCH_FOLD_H

#include "buf.h"
#include "str.h"

/* Append utf8 without differences of case and of Unicode form (full case folding, NFKC): two texts are the same, or
 * one is inside the other, if their folded octets are. What is no UTF-8 becomes U+FFFD. */
void fold_utf8(struct str utf8, struct buf *out);

/* Append utf8, which is valid, composed (NFC): the form of names on the net (RFC 5198) and on disk. */
void fold_nfc(struct str utf8, struct buf *out);

#endif
