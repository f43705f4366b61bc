#include "item_envelope.h"

#include "header.h"
#include "quote.h"

/* Before the kept text. Another way to write it needs another version. */
#define VERSION "1"

static void put_nstring(struct buf *b, struct str s)
{
	quote_nstring(b, s, false);
}

static void put_addresses(struct buf *b, const struct addresses *list)
{
	if (list->n == 0) {
		buf_puts(b, "NIL");
		return;
	}
	buf_putc(b, '(');
	for (size_t i = 0; i < list->n; i++) {
		const struct address *a = &list->p[i];

		buf_putc(b, '(');
		put_nstring(b, a->name);
		buf_putc(b, ' ');
		put_nstring(b, a->adl);
		buf_putc(b, ' ');
		put_nstring(b, a->mailbox);
		buf_putc(b, ' ');
		put_nstring(b, a->host);
		buf_putc(b, ')');
	}
	buf_putc(b, ')');
}

void item_envelope_put(struct buf *b, const struct envelope *e)
{
	const struct addresses *const lists[] = { &e->from, &e->sender, &e->reply_to, &e->to, &e->cc, &e->bcc };

	buf_putc(b, '(');
	put_nstring(b, e->date);
	buf_putc(b, ' ');
	put_nstring(b, e->subject);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		buf_putc(b, ' ');
		put_addresses(b, lists[i]);
	}
	buf_putc(b, ' ');
	put_nstring(b, e->in_reply_to);
	buf_putc(b, ' ');
	put_nstring(b, e->message_id);
	buf_putc(b, ')');
}

static void make(struct arena *a, struct str msg, struct buf *out)
{
	struct envelope e = envelope_read(a, str_mid(msg, 0, header_end(msg)));

	buf_puts(out, VERSION);
	item_envelope_put(out, &e);
}

const struct derived_kind item_envelope_kind = { .kind = MAIL_CACHE_ENVELOPE, .from = DERIVED_FROM_FIELDS, .version = STR_LIT(VERSION), .make = make };
