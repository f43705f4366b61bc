/* Address lists (RFC 5322 section 3.4, the obsolete syntax of section 4.4, and broken ones), as the ENVELOPE of
 * RFC 9051 section 7.5.2 wants them. Reading never fails: what cannot be understood still gives an address. */
#ifndef REMUCH_ADDRESS_H
#define REMUCH_ADDRESS_H

#include <stddef.h>

#include "arena.h"
#include "str.h"

/* Members that are absent (NIL) have p == NULL; an empty string has p != NULL and n == 0.
 *
 *	an address          mailbox and host set; name and adl when they are there. An address without "@" has
 *	                    the empty host (never NIL: that would make it a group).
 *	a group begins      host NIL, mailbox is the group's name; name and adl NIL
 *	a group ends        all NIL                                                           */
struct address {
	struct str name;                /* display name, or the comment of the old form "a@b (Name)": quoting undone,
	                                 * folding a space, RFC 2047 words as they are, 8-bit octets as they are */
	struct str adl;                 /* source route, "@a,@b" */
	struct str mailbox;             /* local part, its quotes undone */
	struct str host;                /* domain or [literal], without comments and spaces */
};

struct addresses {
	struct address *p;
	size_t          n;              /* 0: no address (NIL in an ENVELOPE) */
};

/* The addresses of a field's value (folded or not), at most ADDRESSES_MAX, group marks included; a group that
 * was begun is ended. The result lives in a, its slices in a or in value. */
struct addresses address_read(struct arena *a, struct str value);

#endif
