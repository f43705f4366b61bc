#include "esearch.h"

#include "line.h"
#include "quote.h"
#include "read_search.h"
#include "seqset.h"

static void put_number(struct buf *b, const char *name, uint64_t n)
{
	buf_puts(b, name);
	line_number(b, n);
}

void esearch_put(struct buf *b, struct str tag, bool by_uid, unsigned options, const uint32_t *v, size_t n)
{
	buf_puts(b, "* ESEARCH (TAG ");
	quote_string(b, tag, false);
	buf_puts(b, by_uid ? ") UID" : ")");
	if (n > 0 && (options & SEARCH_MIN))
		put_number(b, " MIN ", v[0]);
	if (n > 0 && (options & SEARCH_MAX))
		put_number(b, " MAX ", v[n - 1]);
	if (options & SEARCH_COUNT)
		put_number(b, " COUNT ", n);
	if (n > 0 && (options & SEARCH_ALL)) {
		buf_puts(b, " ALL ");
		seqset_put(b, v, n);
	}
	buf_puts(b, "\r\n");
}

void esearch_put_search(struct buf *b, const uint32_t *v, size_t n)
{
	buf_puts(b, "* SEARCH");
	for (size_t i = 0; i < n; i++)
		put_number(b, " ", v[i]);
	buf_puts(b, "\r\n");
}
