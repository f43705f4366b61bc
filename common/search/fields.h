/* The header fields that clients ask for when they list a mailbox, kept as they are in the mail (MAIL_CACHE_HEADER). */
#ifndef REMUCH_FIELDS_H
#define REMUCH_FIELDS_H

#include <stdbool.h>

#include "derived.h"
#include "str.h"

extern const struct derived_kind fields_kind;

/* True when fields of this name (any case) are kept: those that a text does not hold are not in the mail either. */
bool fields_known(struct str name);

/* The kept part of the header: the known fields of the mail, in order, lines ended by CRLF, and the empty line if the mail
 * has one; header.h reads it. 0, or -EBADMSG for a text of another version. */
int fields_read(struct str text, struct str *ret_header);

#endif
