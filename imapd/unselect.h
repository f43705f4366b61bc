/* Leaving the selected mailbox. */
#ifndef REMUCH_UNSELECT_H
#define REMUCH_UNSELECT_H

struct session;

/* Close it, if there is one, and tell: "* OK [CLOSED]" (RFC 9051 section 7.1). */
void unselect(struct session *s);

/* The same without a word: CLOSE and UNSELECT say it by their own OK. */
void unselect_silently(struct session *s);

#endif
