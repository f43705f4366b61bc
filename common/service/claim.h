/* What a login name says: "alice", or with a mailbox "alice+Tags/todo". */
#ifndef REMUCH_CLAIM_H
#define REMUCH_CLAIM_H

#include <stdbool.h>

#include "limits.h"

struct claim {
	char user[USER_MAX + 1];
	char mailbox[USER_MAX + 1];     /* UTF-8; "": none is named */
};

/* Take a name of at most USER_MAX octets apart. A user of the whole name comes first, then one of what stands before the last "+", then
 * before the first; `exists` is asked about these. When there is none the whole is taken for a user. */
void claim_read(const char *name, bool (*exists)(const char *user), struct claim *ret);

#endif
