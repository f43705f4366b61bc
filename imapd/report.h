/* What changed in the selected mailbox, told to the client: EXISTS, RECENT, EXPUNGE, FETCH (RFC 9051, 7.4, 7.5), VANISHED (RFC 7162). */
#ifndef REMUCH_REPORT_H
#define REMUCH_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "row.h"

struct session;
struct arena;

/* Messages whose flags the client knows already (a STORE has just told them, or was silent), ascending by UID. Left out
 * of the report unless they changed again since: their modseq is another. */
struct report_known {
	const struct row *rows;
	size_t            n;
	bool              own;          /* the command tells HIGHESTMODSEQ itself when messages have gone */
	bool              again;        /* this command has reported what others did, so the files and the index are not looked at once more */
};

/* Bring the view up to date and tell what changed. The session calls it before each tagged response (CF_NO_REPORT
 * apart). keep_expunged: no EXPUNGE now, sequence numbers stay. known may be NULL. Nothing without a selected mailbox.
 * A mailbox that is gone ends the session with BYE. */
void report_changes(struct session *s, bool keep_expunged, const struct report_known *known, struct arena *a);

/* After a command that removed messages: what the state has by now. What others did to the files and the index is told after the
 * next command, so that nobody waits for it here. */
void report_own(struct session *s, struct arena *a);

/* "* n EXISTS", and RECENT for IMAP4rev1. */
void report_exists(struct session *s);

/* "* seq FETCH (UID n FLAGS (...))", with MODSEQ for who wants it. RFC 9051 wants the UID in all FETCH responses that were not asked for. */
void report_flags(struct session *s, const struct row *row, uint32_t seq);

/* "* seq FETCH (UID n MODSEQ (m))", to a client that wants it: it knows the rest. */
void report_modseq(struct session *s, const struct row *row, uint32_t seq);

/* The same with X-GM-LABELS before FLAGS. */
void report_labels(struct session *s, const struct row *row, uint32_t seq);

#endif
