/* Mailbox names. Inside remuch they are UTF-8, levels parted by "/"; on the wire the same for clients that enabled
 * IMAP4rev2 or UTF8=ACCEPT (utf8 below), else modified UTF-7 (RFC 3501 section 5.1.3). */
#ifndef REMUCH_BOXNAME_H
#define REMUCH_BOXNAME_H

#include "buf.h"
#include "lex.h"

/* The next argument (astring) as a mailbox name, INBOX folded, memory in the lexer's arena. Not checked yet whether
 * it may exist (boxname_check): CREATE takes "a/", LIST an empty reference.
 * 0; -EBADMSG, -EMSGSIZE: no such argument; -EINVAL (for a NO): not valid modified UTF-7 or UTF-8; lex_why() tells. */
int boxname_read(struct lexer *lx, bool utf8, struct str *ret);

/* The same for a LIST pattern (list-mailbox), "%" and "*" kept. */
int boxname_read_pattern(struct lexer *lx, bool utf8, struct str *ret);

/* Append a name as it goes into a response: an astring. */
void boxname_put(struct buf *b, struct str name, bool utf8);

/* Append the other form. Strict: what has a shorter or plainer spelling (superfluous shifts, encoded printable
 * ASCII), stray bits or unpaired surrogates is -EBADMSG, as is input that is no UTF-8. b may hold a part then. */
int boxname_from_utf7(struct buf *b, struct str utf7);
int boxname_to_utf7(struct buf *b, struct str utf8);

/* May a mailbox have this name? 0, or -EINVAL with *ret_why, a clause for the client: no UTF-8; empty; longer than
 * BOXNAME_MAX octets or BOXNAME_LEVELS_MAX levels; an empty level (leading, doubled or trailing "/"); control or
 * line-break characters (RFC 6855 section 3). "%" and "*" are fine (RFC 9051 section 5.1); what the file system
 * cannot hold is the store's matter. */
int boxname_check(struct str name, const char **ret_why);

/* The name with its first level as "INBOX" when it is that in any case ("inbox/x" is "INBOX/x"); name itself or in
 * a. */
struct str boxname_fold(struct arena *a, struct str name);

/* Does the name match the pattern (RFC 9051 section 6.3.9): "*" any octets, "%" any but "/", all others themselves,
 * case counting but in a first level INBOX. Time is at most the product of both lengths; a pattern over BOXNAME_MAX
 * never matches. */
bool boxname_match(struct str pattern, struct str name);

#endif
