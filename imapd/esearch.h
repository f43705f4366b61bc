/* Results of SEARCH on the wire: ESEARCH (RFC 9051 section 7.3.4), and SEARCH for IMAP4rev1 (RFC 3501 section 7.2.5). */
#ifndef REMUCH_ESEARCH_H
#define REMUCH_ESEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "str.h"

/* n numbers, ascending: UIDs (by_uid) or sequence numbers. options: SEARCH_* of read_search.h; MIN, MAX and ALL of an empty
 * result are left out. The line, its CRLF too, is appended. */
void esearch_put(struct buf *b, struct str tag, bool by_uid, unsigned options, const uint32_t *v, size_t n);

void esearch_put_search(struct buf *b, const uint32_t *v, size_t n);

#endif
