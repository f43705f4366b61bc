/* The tokens of ONE complete IMAP command in memory, RFC 9051 section 9: its text as received, literals in place
 * ("A1 LOGIN {3}\r\nfoo {3+}\r\nbar\r\n"), with or without the last CRLF.
 *
 * All return 0, -EBADMSG (not what the grammar wants here) or -EMSGSIZE (over a limit), unless said otherwise; then
 * lx->at is where it was before the call and lex_why() tells the reason. Results are written on success only. They
 * point into the command, or into the lexer's arena where quoting had to be undone; both must outlive them.
 * Quoted strings hold valid UTF-8; octets of literals are any but NUL, and any at all in literal8. */
#ifndef REMUCH_LEX_H
#define REMUCH_LEX_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "str.h"

struct lexer {
	struct str    in;
	size_t        at;               /* offset of the next octet */
	struct arena *a;
	const char   *why;              /* of the last refusal; NULL: none yet */
	size_t        why_at;
};

void lex_init(struct lexer *lx, struct str in, struct arena *a);

/* Why the last call refused, for the text of a BAD: "expected a space at octet 17" (from 1), in the arena.
 * Printable ASCII; holds nothing the client sent. */
const char *lex_why(const struct lexer *lx);

/* For parsers above: remember the reason (a constant string) and the place; returns r. */
int lex_fail(struct lexer *lx, int r, const char *why);

/* The next octet, 0 to 255; -1 at the end. */
int lex_peek(const struct lexer *lx);

/* True when this is the end of the command: nothing left but a CRLF. */
bool lex_at_end(const struct lexer *lx);

int lex_sp(struct lexer *lx);                           /* exactly one space */
int lex_char(struct lexer *lx, char c);                 /* this octet */
int lex_end(struct lexer *lx);                          /* the end of the command */

/* Take it and return true, or leave it and return false; never a refusal. */
bool lex_try(struct lexer *lx, char c);

/* The same for a word: letters fold, and what follows must not go on the word (see lex_word): "BODY" is not
 * taken from "BODYSTRUCTURE" nor from "BODY.PEEK[]", but from "BODY[]". */
bool lex_accept(struct lexer *lx, const char *word);

/* A keyword of the grammar, to be looked up in a table: 1*(letter / digit / "." / "-" / "_"). */
int lex_word(struct lexer *lx, struct str *ret);

int lex_tag(struct lexer *lx, struct str *ret);
int lex_atom(struct lexer *lx, struct str *ret);
int lex_quoted(struct lexer *lx, struct str *ret);
int lex_string(struct lexer *lx, struct str *ret);      /* quoted / literal; an empty one has p != NULL */
int lex_string8(struct lexer *lx, struct str *ret);     /* quoted / literal / literal8 (RFC 3516, RFC 5464) */
int lex_nstring(struct lexer *lx, struct str *ret);     /* NIL gives STR_NONE */
int lex_astring(struct lexer *lx, struct str *ret);
int lex_list_mailbox(struct lexer *lx, struct str *ret);/* as received: boxname.h decodes it */

int lex_number(struct lexer *lx, uint32_t *ret);        /* 32 bits */
int lex_nz_number(struct lexer *lx, uint32_t *ret);     /* not 0, no leading 0 */
int lex_number64(struct lexer *lx, uint64_t *ret);      /* 63 bits, RFC 9051 section 4.2 */
int lex_nz_number64(struct lexer *lx, uint64_t *ret);

#endif
