/* Reading one mail for a text: what SEARCH BODY and TEXT do when the index cannot tell. */
#ifndef REMUCH_SCAN_H
#define REMUCH_SCAN_H

#include <stdbool.h>

#include "buf.h"
#include "str.h"

/* True when `folded` (fold.h; not empty) is inside the decoded text of the message: of its text/... parts, nested messages too;
 * headers: also of its header fields and those of its parts. Memory does not grow with the parts' size. */
bool scan_message(struct str msg, struct str folded, bool headers);

/* Append the text of a part, decoded and folded; what is no text/... is looked at as if it were. */
struct part;
void scan_part_text(const struct part *p, struct str msg, struct buf *out);

/* True when a field of that name is in the header and folded (may be empty) is inside one, decoded. */
bool scan_field(struct str header, struct str name, struct str folded);

/* True when needle is inside s; an empty one always is. */
bool scan_inside(struct str s, struct str needle);

#endif
