/* Pieces that structured header fields are made of: RFC 5322 section 3.2. What is not closed is no such piece. */
#ifndef REMUCH_TOKEN_H
#define REMUCH_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "str.h"

bool token_is_space(char c);            /* space, tab, CR, LF */

enum token_kind {
	TOKEN_END,
	TOKEN_SPACE,                    /* a run of white space */
	TOKEN_COMMENT,                  /* with its parentheses and the comments inside it */
	TOKEN_QUOTED,                   /* with its quotes */
	TOKEN_CHAR,                     /* any other octet, one */
};

/* A walk over a value: struct token_reader r = { .rest = value }. A quote or parenthesis that is never closed is a
 * TOKEN_CHAR, and so are all later ones: to look for the end of each would take quadratic time. */
struct token_reader {
	struct str rest;
	bool       no_quoted, no_comment;
};

enum token_kind token_next(struct token_reader *r, struct str *ret_text);

/* Octets of the quoted string that s begins with, both quotes included; 0: none, or it is not closed. */
size_t token_quoted(struct str s);

/* Drop white space, folding and comments from the front of *s. A comment that is not closed is all of the rest. */
void token_skip(struct str *s);

/* What a TOKEN_QUOTED or TOKEN_COMMENT says: without the outer marks, backslashes and folding. A slice of s, or lives
 * in a. */
struct str token_text(struct arena *a, struct str s);

#endif
