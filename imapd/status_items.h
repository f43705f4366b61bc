/* What STATUS tells of a mailbox, and how: STATUS itself (RFC 9051 section 6.3.11) and LIST RETURN (STATUS ...). */
#ifndef REMUCH_STATUS_ITEMS_H
#define REMUCH_STATUS_ITEMS_H

#include "boxes.h"
#include "command.h"

/* "(MESSAGES UNSEEN)" as bits, one for each row of the table in status_items.c. 0, -EBADMSG. */
int status_items_read(struct lexer *lx, unsigned *ret_items);

/* Ask the store for a mailbox's counts; HIGHESTMODSEQ enables CONDSTORE. */
int status_items_get(struct session *s, struct str name, unsigned items, struct box_status *ret);

/* "* STATUS name (MESSAGES 17 UNSEEN 16)" */
void status_items_put(struct session *s, struct str name, unsigned items, const struct box_status *st);

#endif
