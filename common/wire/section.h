/* Which part of a message: the brackets of BODY[...], BODY.PEEK[...], BINARY[...], BINARY.SIZE[...], and the partial
 * <offset.count> behind them. RFC 9051 sections 6.4.5 and 9 (section, section-binary, partial). */
#ifndef REMUCH_SECTION_H
#define REMUCH_SECTION_H

#include "buf.h"
#include "lex.h"

enum section_kind {
	SECTION_ALL,                    /* [] or [1.2]: all of the message, or the body of that part */
	SECTION_HEADER,
	SECTION_FIELDS,                 /* HEADER.FIELDS (...) */
	SECTION_FIELDS_NOT,             /* HEADER.FIELDS.NOT (...) */
	SECTION_TEXT,
	SECTION_MIME,                   /* of a part only */
};

struct section {
	enum section_kind kind;
	uint32_t         *parts;        /* 1.2.3; none: the message itself */
	size_t            n_parts;      /* at most MIME_DEPTH_MAX */
	struct str       *fields;       /* as the client wrote them, at least one */
	size_t            n_fields;     /* at most FIELDS_MAX */
	bool              partial;
	uint64_t          offset;       /* octets on the wire */
	uint64_t          count;        /* octets, > 0 */
};

/* From "[" to "]", and a partial when one follows. Memory in the lexer's arena. 0; -EBADMSG; -EMSGSIZE (too many
 * parts or fields). */
int section_read(struct lexer *lx, struct section *ret);
int section_read_binary(struct lexer *lx, struct section *ret);         /* part numbers only, and a partial */
int section_read_binary_size(struct lexer *lx, struct section *ret);    /* part numbers only */

/* Append it as a FETCH response shows it behind BODY or BINARY: [1.2.HEADER.FIELDS (Date From)]<0> : the partial's
 * offset without its count. Field names are spelled as the client did. */
void section_put(struct buf *b, const struct section *s);

/* Append it as commands have it, <0.512> with its count. */
void section_put_command(struct buf *b, const struct section *s);

#endif
