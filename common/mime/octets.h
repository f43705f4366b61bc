/* Octets as they go on the wire. Lines end with CRLF there: a bare LF of the file counts, and goes out, as two
 * octets; CRLF stays; a bare CR and a NUL stay the one octet they are. */
#ifndef REMUCH_OCTETS_H
#define REMUCH_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"

/* What s amounts to on the wire, and how many line ends (LF) it holds. */
uint64_t octets_count(struct str s, uint32_t *ret_lines);

/* Reads a slice of a file as it goes on the wire, in pieces:
 *	struct octets_reader r = octets_reader(body);
 *	octets_skip(&r, origin);
 *	while ((n = octets_read(&r, room, sizeof(room))) > 0)
 *		conn_write(c, room, n);                                            */
struct octets_reader {
	struct str rest;
	char       before;              /* the file's octet before rest */
	bool       half;                /* the CR of the LF at rest.p[0] is out already */
};

struct octets_reader octets_reader(struct str s);

/* At most n wire octets to out; how many there were, 0 at the end only (n > 0). */
size_t octets_read(struct octets_reader *r, char *out, size_t n);

/* Leave out the next n wire octets, or all that is left. */
void octets_skip(struct octets_reader *r, uint64_t n);

#endif
