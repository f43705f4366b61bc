/* The table of commands, and everything that is generated from it. */
#ifndef REMUCH_COMMANDS_H
#define REMUCH_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "command.h"

/* The descriptor for a name (any case), or for "UID name"; NULL: no such command. */
const struct command *commands_find(struct str name, bool by_uid);

/* May the session run it now? NULL: yes. */
const struct reply *commands_admit(const struct session *s, const struct command *c);

/* Does the literal that is announced behind this beginning of a command stay on the wire (CF_STREAMS)? The first
 * argument never does: it is a mailbox name. */
bool commands_streams(struct str begun);

/* Append the capabilities of a session, a space between two: "IMAP4rev2 IMAP4rev1 ...". gmail: X-GM-EXT-1 among them. */
void commands_capabilities(struct buf *b, bool gmail);

#endif
