/* The saved result of a SEARCH, "$" in later commands (RFC 5182; RFC 9051 section 6.4.4.1): UIDs of the selected
 * mailbox. */
#ifndef REMUCH_SEARCHRES_H
#define REMUCH_SEARCHRES_H

#include <stddef.h>
#include <stdint.h>

struct searchres;

struct searchres *searchres_new(void);
void searchres_free(struct searchres *r);               /* NULL is fine */

/* SEARCH RETURN (SAVE): n UIDs, ascending; copied. A SEARCH with SAVE that fails with NO empties it (n = 0). */
void searchres_set(struct searchres *r, const uint32_t *uids, size_t n);

/* Another mailbox, or none, is selected. */
void searchres_clear(struct searchres *r);

/* These (ascending) are gone from the mailbox, as the client has been told. */
void searchres_expunged(struct searchres *r, const uint32_t *uids, size_t n);

/* The UIDs, ascending; valid until one of the calls above. */
const uint32_t *searchres_uids(const struct searchres *r, size_t *ret_n);

#endif
