/* Labels in commands, as in Gmail's IMAP extensions (X-GM-LABELS): label = astring / "\" atom, the latter for those of the system.
 * Encoded like mailbox names (boxname.h). boxname_put() writes one. */
#ifndef REMUCH_LABELSET_H
#define REMUCH_LABELSET_H

#include "lex.h"

struct label_args {
	struct str *v;                  /* UTF-8; in the lexer's arena or the command */
	size_t      n;
};

/* "(" [label *(SP label)] ")", or label *(SP label). utf8: the client has enabled IMAP4rev2 or UTF8=ACCEPT. 0; -EBADMSG; -EMSGSIZE: more
 * than KEYWORDS_MAX; -EINVAL (for a NO): neither modified UTF-7 nor UTF-8. */
int labelset_read(struct lexer *lx, bool utf8, struct label_args *ret);

/* One label, as in SEARCH, which does not know the mode: what is no modified UTF-7 is taken as it is. 0, -EBADMSG, -EMSGSIZE. */
int labelset_read_one(struct lexer *lx, struct str *ret);

#endif
