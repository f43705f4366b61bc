/* Results of SEARCH on the wire: ESEARCH (RFC 9051 section 7.3.4, RFC 6203, RFC 7377), and SEARCH for IMAP4rev1 (RFC 3501 section
 * 7.2.5), SORT (RFC 5256 section 4). */
#ifndef REMUCH_ESEARCH_H
#define REMUCH_ESEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "str.h"

/* One mailbox's result. */
struct esearch {
	struct str      tag;
	struct str      mailbox;        /* with MAILBOX and UIDVALIDITY, RFC 7377; STR_NONE: without */
	uint32_t        uidvalidity;
	bool            utf8;           /* how the mailbox is written */
	bool            by_uid;         /* UIDs; else sequence numbers */
	unsigned        options;        /* SEARCH_* of read_search.h */
	const uint32_t *v;              /* in the order of the result */
	const uint8_t  *scores;         /* for SEARCH_RELEVANCY; NULL: all are as good */
	size_t          n;
	uint64_t        modseq;         /* the highest of what is returned, RFC 7162 section 3.1.10; 0: not asked for, or nothing is */
};

/* Append the line, its CRLF too. MIN, MAX and ALL of an empty result are left out. */
void esearch_put(struct buf *b, const struct esearch *e);

/* "* SEARCH 2 5 (MODSEQ 917162500)", or SORT: of the result itself, whatever the options. */
void esearch_put_search(struct buf *b, const char *name, const struct esearch *e);

#endif
