/* The header fields of a mail and of its parts as TEXT compares them (MAIL_CACHE_HEADTEXT), but for those of the mail itself whose words
 * the index has: From, To, Cc, Bcc, Subject. */
#ifndef REMUCH_HEADTEXT_H
#define REMUCH_HEADTEXT_H

#include "derived.h"

extern const struct derived_kind headtext_kind;

/* The fields, names too: decoded and folded (fold.h), a line each. 0 and *ret, a slice of text; -EBADMSG for a text of another version. */
int headtext_read(struct str text, struct str *ret);

#endif
