/* Content-Transfer-Encoding undone: RFC 2045 section 6. In pieces, with no memory of its own, so that an attachment
 * may be as long as it likes. */
#ifndef REMUCH_DECODE_H
#define REMUCH_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "octets.h"
#include "str.h"

enum decode_kind {
	DECODE_NONE,                    /* 7bit, 8bit, binary, and none */
	DECODE_BASE64,
	DECODE_QP,
};

/* 0; -EOPNOTSUPP for another encoding (BINARY answers NO [UNKNOWN-CTE]). */
int decode_kind_of(struct str encoding, enum decode_kind *ret_kind);

struct decoder {
	enum decode_kind     kind;
	struct str           rest;
	struct octets_reader lines;     /* DECODE_NONE */
	uint32_t             bits;      /* DECODE_BASE64: those that make no octet yet */
	unsigned             n_bits;
	struct str           pending;   /* DECODE_QP: goes out before rest is looked at */
};

/* Decodes a part's body. Line ends, those of quoted-printable's own lines too, come out as CRLF; octets that were
 * encoded come out as they were. Broken input is never an error: characters that do not belong are left out of
 * base64, and stay as they are in quoted-printable. */
struct decoder decode_begin(enum decode_kind kind, struct str body);

/* At most n octets to out; how many there were, 0 at the end only (n > 0). */
size_t decode_read(struct decoder *d, char *out, size_t n);

/* How many octets decode_read gives in all: BINARY.SIZE. Reads the whole body. */
uint64_t decode_size(enum decode_kind kind, struct str body);

#endif
