#include "esearch.h"

#include "boxname.h"
#include "line.h"
#include "quote.h"
#include "read_search.h"
#include "relevance.h"
#include "seqset.h"

static void put_number(struct buf *b, const char *name, uint64_t n)
{
	buf_puts(b, name);
	line_number(b, n);
}

static void put_correlators(struct buf *b, const struct esearch *e)
{
	buf_puts(b, "(TAG ");
	quote_string(b, e->tag, false);
	if (e->mailbox.p) {
		buf_puts(b, " MAILBOX ");
		boxname_put(b, e->mailbox, e->utf8);
		put_number(b, " UIDVALIDITY ", e->uidvalidity);
	}
	buf_putc(b, ')');
}

static void put_scores(struct buf *b, const uint8_t *scores, size_t n)
{
	buf_puts(b, " RELEVANCY (");
	for (size_t i = 0; i < n; i++)
		put_number(b, i > 0 ? " " : "", scores ? scores[i] : RELEVANCE_MAX);
	buf_putc(b, ')');
}

void esearch_put(struct buf *b, const struct esearch *e)
{
	buf_puts(b, "* ESEARCH ");
	put_correlators(b, e);
	if (e->by_uid)
		buf_puts(b, " UID");
	if (e->n > 0 && (e->options & SEARCH_MIN))
		put_number(b, " MIN ", e->v[0]);
	if (e->n > 0 && (e->options & SEARCH_MAX))
		put_number(b, " MAX ", e->v[e->n - 1]);
	if (e->options & SEARCH_COUNT)
		put_number(b, " COUNT ", e->n);
	if (e->n > 0 && (e->options & SEARCH_ALL)) {
		buf_puts(b, " ALL ");
		seqset_put(b, e->v, e->n);
	}
	if (e->options & SEARCH_RELEVANCY)
		put_scores(b, e->scores, e->n);
	if (e->modseq != 0)
		put_number(b, " MODSEQ ", e->modseq);
	buf_puts(b, "\r\n");
}

void esearch_put_search(struct buf *b, const char *name, const struct esearch *e)
{
	buf_puts(b, "* ");
	buf_puts(b, name);
	for (size_t i = 0; i < e->n; i++)
		put_number(b, " ", e->v[i]);
	if (e->modseq != 0) {
		put_number(b, " (MODSEQ ", e->modseq);
		buf_putc(b, ')');
	}
	buf_puts(b, "\r\n");
}
