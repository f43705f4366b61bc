/* A part of a message, as IMAP counts them (RFC 9051 section 6.4.5.1), and finding one by its section number. */
#ifndef REMUCH_PART_H
#define REMUCH_PART_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "envelope.h"
#include "param.h"
#include "str.h"

enum part_kind {
	PART_LEAF,                      /* anything without parts of its own */
	PART_MULTIPART,                 /* child, and its `next`s: the parts, at least one */
	PART_MESSAGE,                   /* message/rfc822, message/global; child: the message in it, one */
};

/* Offsets and lengths are octets of the file, *_octets are wire octets (octets.h). Slices point into the message or
 * the arena; STR_NONE (p == NULL) is NIL. */
struct part {
	struct part    *parent;         /* NULL: the message itself */
	struct part    *child, *next;
	uint32_t        number;         /* among the parts of a multipart, from 1; else 1 */
	enum part_kind  kind;

	uint64_t        hdr_off, hdr_len, hdr_octets;           /* its own header with the empty line: MIME, or the
	                                                         * HEADER of a message (root, child of PART_MESSAGE) */
	uint64_t        body_off, body_len, body_octets;        /* without the line end that belongs to a boundary */
	uint32_t        body_lines;                             /* line ends in the body */

	/* Content-Type: never NIL, as in the file, any case. text/plain when it is missing or broken, message/rfc822
	 * inside multipart/digest. A multipart in which no part was found, or too deep, is a leaf text/plain without
	 * parameters; a message/rfc822 too deep likewise, and one that is encoded (RFC 2046 section 5.2.1 forbids
	 * it) a leaf application/octet-stream. */
	struct str      type, subtype;
	struct params   params;                                 /* param_join makes RFC 9051's form of them */
	struct str      id, description, md5, location;         /* Content-*: unfolded, trimmed, not decoded */
	struct str      encoding;                               /* Content-Transfer-Encoding; "7BIT" when missing */
	struct str      disposition;                            /* NIL when missing or broken */
	struct params   disposition_params;
	struct str     *languages;                              /* Content-Language tags */
	size_t          n_languages;
	struct envelope *envelope;                              /* PART_MESSAGE: that of the child; else NULL */
};

/* The part with this section number ("2.1": { 2, 1 }), n > 0; NULL when there is none. "1" of a message that is
 * not multipart is root itself. The numbers of a PART_MESSAGE's child go on behind the PART_MESSAGE's own. For
 * n.HEADER and n.TEXT look at ->child of the result, which must be a PART_MESSAGE; n.MIME is its own header. */
struct part *part_find(struct part *root, const uint32_t *numbers, size_t n);

/* The part behind p in the order of the message; NULL at the end. */
const struct part *part_following(const struct part *p);

/* The octets of the file. */
struct str part_header(const struct part *p, struct str msg);
struct str part_body(const struct part *p, struct str msg);

#endif
