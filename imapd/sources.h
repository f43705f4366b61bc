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
	struct str  *idle;              /* names of tags' mailboxes that were never opened, and are not yet */
	size_t       n_idle;
};

/* All of them, opened, before any is searched: what comes later is in none. Mailboxes that are not there are passed over. leave_idle:
 * to find out what is in a tag's mailbox costs a look at all mail, so with "personal" those that were never opened wait until it is
 * known which tags are of interest. 0 or -errno; sources_close in any case. */
int sources_open(struct session *s, const struct esearch_args *args, bool leave_idle, struct arena *a, struct sources *ret);

/* Open the idle ones of tags in the sets of keywords of n messages of an open mailbox (uids, ascending). 0 or -errno. */
int sources_open_tags(struct session *s, struct sources *src, struct box *box, const uint32_t *uids, size_t n, struct arena *a);

void sources_close(struct session *s, struct sources *src);

#endif
