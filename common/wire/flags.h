/* Flags in commands, RFC 9051 sections 2.3.2 and 9 (flag, flag-list). */
#ifndef REMUCH_FLAGS_H
#define REMUCH_FLAGS_H

#include "buf.h"
#include "lex.h"

enum {
	FLAG_SEEN      = 1,
	FLAG_FLAGGED   = 2,
	FLAG_ANSWERED  = 4,
	FLAG_DRAFT     = 8,
	FLAG_FORWARDED = 16,            /* the keyword $Forwarded */
	FLAG_DELETED   = 32,
};

struct flag_args {
	uint32_t    flags;              /* FLAG_* bits */
	struct str *keywords;           /* all others, as written, each once (ASCII case apart) */
	size_t      n;
};

/* 0; -EBADMSG: no flag list, or a flag that cannot be set: \Recent (the server's own, RFC 3501) or an unknown \word;
 * -EMSGSIZE: more than KEYWORDS_MAX keywords, or one longer than KEYWORD_LENGTH_MAX octets. Memory is the lexer's
 * arena. */
int flags_read_list(struct lexer *lx, struct flag_args *ret);   /* "(" [flag *(SP flag)] ")", as in APPEND */
int flags_read(struct lexer *lx, struct flag_args *ret);        /* that, or flag *(SP flag), as in STORE */

/* One flag-keyword, as in SEARCH KEYWORD. *ret_flag: FLAG_FORWARDED for $Forwarded, else 0 and *ret the keyword. */
int flags_read_keyword(struct lexer *lx, uint32_t *ret_flag, struct str *ret);

/* Append the flags' names, a space between two: "\Seen $Forwarded". True when anything was put. */
bool flags_put(struct buf *b, uint32_t flags);

#endif
