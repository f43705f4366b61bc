/* ENVELOPE as text: RFC 9051 section 7.5.2, `envelope` of section 9. Texts are quoted strings or literals that any client may
 * get, so that one text serves IMAP4rev1 and IMAP4rev2. */
#ifndef REMUCH_ITEM_ENVELOPE_H
#define REMUCH_ITEM_ENVELOPE_H

#include "buf.h"
#include "derived.h"
#include "envelope.h"

void item_envelope_put(struct buf *b, const struct envelope *e);

/* MAIL_CACHE_ENVELOPE: that text of a mail, behind its version. */
extern const struct derived_kind item_envelope_kind;

#endif
