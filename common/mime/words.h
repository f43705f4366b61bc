/* Encoded words in header fields: RFC 2047. */
#ifndef REMUCH_WORDS_H
#define REMUCH_WORDS_H

#include "buf.h"
#include "str.h"

/* Append the UTF-8 text of a field's value (or of a display name): folding undone, encoded words decoded, white
 * space between two of them dropped, characters cut between two words of one charset put together. Words in an
 * unknown charset or encoding stay as they are; bare 8-bit octets as charset_open says of US-ASCII. */
void words_decode(struct str value, struct buf *out);

#endif
