/* Object identifiers on the wire, RFC 8474: a letter for the kind, then hex digits.
 *
 * MAILBOXID is "F" and the UIDVALIDITY: the state gives none out twice, and RENAME keeps it (state_box.c). EMAILID is "M" and the content's
 * number, THREADID "T" and notmuch's id of the thread (ids.h). */
#ifndef REMUCH_OBJECTID_H
#define REMUCH_OBJECTID_H

#include "buf.h"
#include "lex.h"

enum { OBJECTID_MAX = 255, OBJECTID_CODE_MAX = 64 };

/* "(F5f3a01b2)", "(M0123456789abcdef)", "(T00000000000000a1)" or, when there is no thread, "NIL". */
void objectid_put_box(struct buf *b, uint64_t uidvalidity);
void objectid_put_email(struct buf *b, uint64_t email);
void objectid_put_thread(struct buf *b, uint64_t thread);

/* The response code "MAILBOXID (F5f3a01b2)". */
void objectid_box_code(struct buf *b, uint32_t uidvalidity);

/* The number that an identifier of that kind ('M', 'T') stands for; 0: it is none that we ever gave out. 0, -EBADMSG, -EMSGSIZE. */
int objectid_read(struct lexer *lx, char kind, uint64_t *ret);

#endif
