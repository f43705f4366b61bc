/* A whole command from the wire: its lines and literals, as the lexer wants them. RFC 9051 sections 2.2.1 and 4.3,
 * RFC 7888. */
#ifndef REMUCH_READ_COMMAND_H
#define REMUCH_READ_COMMAND_H

#include "buf.h"
#include "conn.h"
#include "literal.h"

enum read_command_end {
	READ_COMMAND_WHOLE,
	READ_COMMAND_LITERAL,           /* commands_streams said so: *ret_literal is still on the wire */
	READ_COMMAND_TOO_LONG,          /* over a limit: what belongs to it is dropped; text holds its beginning */
	READ_COMMAND_ENDLESS,           /* a literal far over all limits is coming and cannot be skipped: say BYE */
};

/* Read one command into text (emptied first). Asks for synchronising literals with "+"; refuses one that is too long by
 * not asking. The header of the literal of READ_COMMAND_LITERAL is left out of text.
 * 0; -ENODATA at the end of the stream; -ETIMEDOUT; -errno. */
int read_command(struct conn *c, struct buf *text, enum read_command_end *ret_end, struct literal *ret_literal);

/* The command was refused, its literal is still on the wire: drop that and whatever of the command comes behind it.
 * 0; -E2BIG: too much to drop, say BYE; -errno of reading. */
int read_command_drop(struct conn *c, const struct literal *literal);

/* Let the client send a synchronising literal; nothing for the others. */
void read_command_ask(struct conn *c, const struct literal *literal);

#endif
