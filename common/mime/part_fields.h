/* The Content-* fields of a part: RFC 2045, RFC 2183 (disposition), RFC 3282 (language), RFC 2557 (location). */
#ifndef REMUCH_PART_FIELDS_H
#define REMUCH_PART_FIELDS_H

#include <stdbool.h>

#include "arena.h"
#include "part.h"
#include "str.h"

/* Fill in what part.h says of them, and the kind. At most MIME_HEADER_MAX octets of header are read. */
void part_fields_read(struct arena *a, struct part *p, struct str header, bool in_digest);

/* The boundary of a multipart; n == 0 when it has none. */
struct str part_fields_boundary(struct arena *a, const struct part *p);

/* Make it a leaf text/plain without parameters. */
void part_fields_demote(struct part *p);

#endif
