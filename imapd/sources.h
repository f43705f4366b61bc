/* The mailboxes that an ESEARCH looks into (RFC 7377 section 2.2).
 *
 * "personal" are all mailboxes, tags, queries and All with them, as NAMESPACE says; "inboxes" those that mail is delivered to: INBOX and the
 * folders, in which no message is twice for its tags. */
#ifndef REMUCH_SOURCES_H
#define REMUCH_SOURCES_H

#include "command.h"
#include "read_esearch.h"

struct sources {
	struct box **p;                 /* each once; the selected one is the session's own */
	size_t       n, cap;
};

/* All of them, opened, before any is searched: what comes later is in none. Mailboxes that are not there are passed over. 0 or -errno;
 * sources_close in any case. */
int sources_open(struct session *s, const struct esearch_args *args, struct arena *a, struct sources *ret);
void sources_close(struct session *s, struct sources *src);

#endif
