/* Text in any charset to UTF-8, in pieces. */
#ifndef REMUCH_CHARSET_H
#define REMUCH_CHARSET_H

#include <stdbool.h>

#include "buf.h"
#include "str.h"

struct charset;

/* A converter for a charset name as found in mail. 0; -EOPNOTSUPP for an unknown one. STR_NONE and the empty name
 * mean US-ASCII. Text said to be US-ASCII or UTF-8 is taken as UTF-8 with each octet that is none as windows-1252. */
int charset_open(struct str name, struct charset **ret_charset);

/* Append the UTF-8 for in. Broken sequences become U+FFFD. A character cut at the end of `in` waits for the next
 * piece; last: there is no next one. */
void charset_put(struct charset *c, struct str in, bool last, struct buf *out);

void charset_close(struct charset *c);  /* NULL too */

/* A whole text at once. 0; -EOPNOTSUPP for an unknown charset, nothing is appended then. */
int charset_to_utf8(struct str name, struct str in, struct buf *out);

#endif
