/* Literal headers, RFC 9051 section 4.3 and RFC 7888: {n}, {n+}, ~{n}, ~{n+}, the last thing on a line. For whoever
 * reads a command from the wire line by line, and for the lexer. */
#ifndef REMUCH_LITERAL_H
#define REMUCH_LITERAL_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

struct literal {
	uint64_t size;                  /* octets that follow the line's CRLF, at most INT64_MAX */
	bool     sync;                  /* the client waits for "+" before it sends them */
	bool     binary;                /* literal8: NUL may be among them */
	size_t   header_at;             /* offset of "{" or "~{" in the line */
};

/* One line, without its CRLF (a command's first line, or what followed a literal). 0; *ret_there says whether it
 * ends in a literal header, and *ret is set only then. In a quoted string, ended or not, there is none.
 * What stands before the header is not looked at: the octets follow anyway, and must not be taken for commands.
 * -EBADMSG: "{...}" that is no literal header; -ERANGE: its number does not fit 63 bits. */
int literal_at_end(struct str line, bool *ret_there, struct literal *ret);

/* s is a literal header and nothing else; header_at is 0. 0, -EBADMSG, -ERANGE. */
int literal_parse(struct str s, struct literal *ret);

#endif
