/* Header fields of a message or of a part of one (RFC 5322 section 2.2, and whatever else is found in files).
 * Everything is a slice of the file, nothing is copied or changed.
 *
 * A header goes up to and with the first empty line. When its very first line is neither a field nor an mbox
 * "From " line there is no header at all: it is 0 octets long and the body begins at once. Later lines that are
 * no fields are kept, as fields without a name. Line ends are LF or CRLF; a bare CR is a character. */
#ifndef REMUCH_HEADER_H
#define REMUCH_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "str.h"

struct header_field {
	struct str name;                /* without the spaces before the colon; STR_NONE: this line is no field */
	struct str value;               /* behind the colon, trimmed; the folding inside is still there */
	struct str raw;                 /* all of it, continuation lines and the last line end too */
};

struct header_slices {
	struct str *p;
	size_t      n;
};

/* Whether a header begins here; header_end gives 0 if not. */
bool header_begins(struct str msg);

/* Whether s begins with an empty line, the end of a header. */
bool header_at_end(struct str s);

/* Octets of msg that are its header, the empty line that ends it included. Reads the header only. */
size_t header_end(struct str msg);

/* The next field of a header; *rest is what is left of it, at first what header_end measured. False at the end;
 * *rest is the empty line then, if there is one. */
bool header_next(struct str *rest, struct header_field *ret_field);

/* The value of the first field of that name (any case). False when there is none. */
bool header_find(struct str header, struct str name, struct str *ret_value);

/* BODY[HEADER.FIELDS] (wanted) and HEADER.FIELDS.NOT (!wanted) of RFC 9051 section 6.4.5.1: the raw fields in the
 * order of the message, neighbours joined to one slice, and the empty line at the end if the header has one.
 * Lines that are no fields belong to NOT, and so does what comes behind the first MIME_HEADER_MAX octets. The array
 * lives in a. */
struct header_slices header_subset(struct arena *a, struct str header, const struct str *names, size_t n, bool wanted);

/* value without its folding (RFC 5322 section 2.2.3: the line ends go, the white space stays): value itself
 * when it is not folded, else a copy in a. No line end is left in it. */
struct str header_unfold(struct arena *a, struct str value);

#endif
