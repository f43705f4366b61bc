/* One LIST or LSUB response: RFC 9051 section 7.3.1. */
#ifndef REMUCH_LISTLINE_H
#define REMUCH_LISTLINE_H

#include "boxes.h"
#include "command.h"

enum {
	LISTLINE_LSUB       = 1,        /* the line is an LSUB */
	LISTLINE_SUBSCRIBED = 2,        /* tell whether it is subscribed */
	LISTLINE_PLAIN      = 4,        /* no attributes but those of selectability */
};

/* Write it. childinfo: what stands behind CHILDINFO, like "(\"SUBSCRIBED\")", or NULL. oldname: the name it had, or
 * STR_NONE. */
void listline_put(struct session *s, const struct box_info *box, unsigned how, const char *childinfo,
	struct str oldname);

/* That of one mailbox, looked up by name, as SELECT, CREATE and RENAME tell it; nothing when it cannot be found. A name
 * that the store spells otherwise (composed, RFC 9051 section 5.1) becomes its OLDNAME if none is given. */
void listline_tell(struct session *s, struct str name, struct str oldname, struct arena *a);

#endif
