/* Flags, and labels, as they go on the wire. A mailbox has few different sets of them, so each is written once and remembered. */
#ifndef REMUCH_FLAGTEXT_H
#define REMUCH_FLAGTEXT_H

#include <stdbool.h>

#include "row.h"
#include "str.h"

struct flagtext;
struct store;

struct flagtext *flagtext_new(struct store *s);
void flagtext_free(struct flagtext *t);                 /* NULL is fine */

/* "(\Seen foo)": with the parentheses; recent adds \Recent (never for IMAP4rev2: box_is_recent is asked by the caller).
 * Valid until the next call. */
struct str flagtext_of(struct flagtext *t, const struct row *row, bool recent);

/* "("\\Inbox" foo)": labels.h; utf8: of a client that has enabled IMAP4rev2. Likewise. */
struct str flagtext_labels(struct flagtext *t, const struct row *row, bool utf8);

#endif
