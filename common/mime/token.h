/* Pieces that structured header fields are made of: RFC 5322 section 3.2. What is not closed is no such piece. */
#ifndef REMUCH_TOKEN_H
#define REMUCH_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "str.h"

bool token_is_space(char c);            /* space, tab, CR, LF */

/* Octets of the comment that s begins with, comments inside it included; 0: none, or it is not closed. */
size_t token_comment(struct str s);

/* Octets of the quoted string that s begins with, both quotes included; 0: none, or it is not closed. */
size_t token_quoted(struct str s);

/* Drop white space, folding and comments from the front of *s. A comment that is not closed is all of the rest. */
void token_skip(struct str *s);

/* What stands in a quoted string or comment of this length: without the outer marks, backslashes and folding. A slice
 * of s, or lives in a. */
struct str token_text(struct arena *a, struct str s);

#endif
