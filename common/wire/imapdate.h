/* Dates in commands and responses, RFC 9051 section 9 (date, date-time). Impossible ones (30-Feb, 25:00) are
 * -EBADMSG. */
#ifndef REMUCH_IMAPDATE_H
#define REMUCH_IMAPDATE_H

#include "buf.h"
#include "lex.h"

/* date, quoted or not: 1-Feb-1994. *ret: Unix seconds of that day's 00:00 UTC. */
int imapdate_read_day(struct lexer *lx, int64_t *ret);

/* date-time, with its quotes: " 1-Feb-1994 01:02:03 +0100"; the space before the day is not insisted on,
 * since clients leave it out. *ret: Unix seconds. */
int imapdate_read(struct lexer *lx, int64_t *ret);

/* Append date-time with its quotes, in UTC (+0000); years outside 0000 to 9999 become the nearest of these. */
void imapdate_put(struct buf *b, int64_t seconds);

#endif
