/* Status responses (RFC 9051 section 7.1, codes of RFC 5530), and the one table from store errors to them. */
#ifndef REMUCH_REPLY_H
#define REMUCH_REPLY_H

#include <stdarg.h>

#include "arena.h"
#include "str.h"

struct session;
struct request;

enum reply_kind { REPLY_OK, REPLY_NO, REPLY_BAD };

/* A tagged response. */
struct reply {
	enum reply_kind kind;
	const char     *code;           /* without the brackets: "TRYCREATE", "APPENDUID 1 2"; NULL: none */
	const char     *text;
};

/* One made at run time. code is copied, it may be NULL. */
const struct reply *reply_new(struct arena *a, enum reply_kind kind, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* NO for a failure of the store, r < 0: its code by the table, the text is store_why's. Logs once when it is the
 * system's fault and not the client's. */
const struct reply *reply_errno(struct session *s, struct request *rq, int r);

/* The code alone. */
const char *reply_code(int r);

/* NO [CANNOT] or BAD for what parsing refused: r and lex_why(&rq->lx). */
const struct reply *reply_refused(struct request *rq, int r);

/* Write "tag OK [code] text". Counts a BAD. NULL is "OK name done". */
void reply_tagged(struct session *s, const struct request *rq, const struct reply *reply);

/* Write an untagged "* OK [code] text", or NO, BAD. */
void reply_untagged(struct session *s, enum reply_kind kind, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* "* ID ...": who we are (RFC 2971). */
void reply_id(struct session *s);

/* "* BYE text": the session ends after this command. text is kept for the log, not copied. */
void reply_bye(struct session *s, const char *code, const char *text);

#endif
