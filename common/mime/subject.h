/* The base subject: RFC 5256 section 2.1. */
#ifndef REMUCH_SUBJECT_H
#define REMUCH_SUBJECT_H

#include <stdbool.h>

#include "buf.h"
#include "str.h"

/* Append the base subject of a Subject field's value, UTF-8, not folded (fold.h). True when the message is a reply or a
 * forward by it: "re:", "fwd:", "(fwd)" or "[fwd: ...]" was taken off. */
bool subject_base(struct str value, struct buf *out);

#endif
