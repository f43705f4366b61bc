/* BODY and BODYSTRUCTURE as text: RFC 9051 section 7.5.2, `body` of section 9. For all clients, as in item_envelope.h. */
#ifndef REMUCH_ITEM_STRUCTURE_H
#define REMUCH_ITEM_STRUCTURE_H

#include <stdbool.h>

#include "arena.h"
#include "buf.h"
#include "derived.h"
#include "part.h"

/* extended: with the extension data of BODYSTRUCTURE. a is for memory that is needed meanwhile. */
void item_structure_put(struct buf *b, struct arena *a, const struct part *root, bool extended);

/* MAIL_CACHE_BODY and MAIL_CACHE_BODYSTRUCTURE: those texts of a mail, behind their version. One whose text would pass DERIVED_MAX is
 * described as if it were text without parts. */
extern const struct derived_kind item_structure_body_kind;
extern const struct derived_kind item_structure_kind;

#endif
