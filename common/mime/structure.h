/* The MIME structure of a message: one walk over the file, linear in its length whatever it holds, without
 * recursion. Not needed for the header alone: see header.h, envelope.h. */
#ifndef REMUCH_STRUCTURE_H
#define REMUCH_STRUCTURE_H

#include "arena.h"
#include "part.h"
#include "str.h"

/* The parts of msg, in a; slices in it point into msg. Never NULL, never fails. Bounded by MIME_DEPTH_MAX (deeper
 * parts are leaves), MIME_PARTS_MAX (the last part then takes all the rest) and MIME_HEADER_MAX.
 *
 * A boundary line is "--", the boundary, for the last one "--", and white space (RFC 2046 section 5.1.1); of nested
 * parts with the same boundary the innermost is meant. A missing end boundary is made up for by that of an outer
 * part, or by the end of the file. What follows the end boundary, and precedes the first one, is in no part. */
struct part *structure_read(struct arena *a, struct str msg);

#endif
