/* The texts that are attached to a mail, which notmuch does not index (MAIL_CACHE_ATTACHED). */
#ifndef REMUCH_ATTACHED_H
#define REMUCH_ATTACHED_H

#include "derived.h"

/* Mails with more than ATTACHED_MAX octets of them have no such text. */
extern const struct derived_kind attached_kind;

/* Decoded and folded (fold.h), one behind the other. 0 and *ret, a slice of text; -EBADMSG for a text of another version. */
int attached_read(struct str text, struct str *ret);

#endif
