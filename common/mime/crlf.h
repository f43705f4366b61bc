/* Octets as they go on the wire. Lines end with CRLF there: a bare LF of the file counts, and goes out, as two
 * octets; CRLF stays; a bare CR and a NUL stay the one octet they are. */
#ifndef REMUCH_CRLF_H
#define REMUCH_CRLF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"

/* What s amounts to on the wire, and how many line ends (LF) it holds. */
uint64_t crlf_octets(struct str s, uint32_t *ret_lines);

/* Reads a slice of a file as it goes on the wire, in pieces:
 *	struct crlf_reader r = crlf_reader(body);
 *	crlf_skip(&r, origin);
 *	while ((n = crlf_read(&r, room, sizeof(room))) > 0)
 *		conn_write(c, room, n);                                            */
struct crlf_reader {
	struct str rest;
	char       before;              /* the file's octet before rest */
	bool       half;                /* the CR of the LF at rest.p[0] is out already */
};

struct crlf_reader crlf_reader(struct str s);

/* At most n wire octets to out; how many there were, 0 at the end only (n > 0). */
size_t crlf_read(struct crlf_reader *r, char *out, size_t n);

/* Leave out the next n wire octets, or all that is left. */
void crlf_skip(struct crlf_reader *r, uint64_t n);

#endif
