/* The table of commands after login, and the way from a line to a command. */
#ifndef REMUCH_COMMANDS_H
#define REMUCH_COMMANDS_H

#include "command.h"

/* Run one line, or refuse it; s->bad counts lines that are no command. Always answers. */
void commands_run(struct session *s, struct str line);

#endif
