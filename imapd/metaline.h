/* METADATA responses: RFC 5464 section 4.4. */
#ifndef REMUCH_METALINE_H
#define REMUCH_METALINE_H

#include "metadata.h"

struct session;

/* What a client asked for, n values of a mailbox: "* METADATA box (entry value ...)", nothing when there is nothing to tell. Values
 * over maxsize are left out, *longest becomes the size of the longest of them (it is raised only). Entries that were asked for without
 * those below them and have no value are NIL, if nils says so. */
void metaline_values(struct session *s, struct str box, const struct metadata_wanted *w, const struct metadata *v, size_t n,
	uint64_t maxsize, bool nils, uint64_t *longest);

/* "* METADATA box entry": it changed. */
void metaline_changed(struct session *s, struct str box, struct str entry);

#endif
