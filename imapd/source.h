/* A section of a message as it goes on the wire, in pieces: BODY[...] as it is, BINARY[...] decoded. */
#ifndef REMUCH_SOURCE_H
#define REMUCH_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "decode.h"
#include "header.h"
#include "mail.h"

struct source {
	struct mail         *mail;      /* that the slices are of: mail_pass; NULL: of none that is open */
	struct header_slices slices;    /* of the file; more than one for a subset of a header */
	struct str           one;       /* the slice when there is just one */
	enum decode_kind     kind;      /* DECODE_NONE when there is more than one */
	uint64_t             total;     /* octets on the wire */
	bool                 nul;       /* decoded text (kind, or asked for) holds a NUL */

	uint64_t             at;        /* the next wire octet */
	size_t               slice;     /* the one that `reader` reads */
	struct decoder       reader;
};

/* Measure: reads all of it. The array of slices must stay; a single slice is copied. m: the open mail they are of, or NULL. */
void source_begin(struct source *src, struct mail *m, struct header_slices slices);

/* The same for the decoded octets of a part's body; sets nul. */
void source_begin_decoded(struct source *src, struct mail *m, enum decode_kind kind, struct str body);

/* Go to an octet (at most total): forward by reading on, back by beginning anew. */
void source_seek(struct source *src, uint64_t at);

/* At most n octets to out; 0 at the end only (n > 0). */
size_t source_read(struct source *src, char *out, size_t n);

/* A copy of src without its mail, a source of one slice of the file that was `from`, for when the same file lies at `to`. */
void source_move(struct source *copy, const struct source *src, struct str from, const char *to);

#endif
