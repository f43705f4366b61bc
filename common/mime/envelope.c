#include "envelope.h"

#include "buf.h"
#include "header.h"
#include "limits.h"

enum { FROM, SENDER, REPLY_TO, TO, CC, BCC, LISTS, DATE = LISTS, SUBJECT, IN_REPLY_TO, MESSAGE_ID, FIELDS };

static const struct str names[FIELDS] = {
	[FROM]        = { "From", 4 },
	[SENDER]      = { "Sender", 6 },
	[REPLY_TO]    = { "Reply-To", 8 },
	[TO]          = { "To", 2 },
	[CC]          = { "Cc", 2 },
	[BCC]         = { "Bcc", 3 },
	[DATE]        = { "Date", 4 },
	[SUBJECT]     = { "Subject", 7 },
	[IN_REPLY_TO] = { "In-Reply-To", 11 },
	[MESSAGE_ID]  = { "Message-ID", 10 },
};

static int which(struct str name)
{
	for (int i = 0; i < FIELDS; i++)
		if (str_ieq(name, names[i]))
			return i;
	return FIELDS;
}

/* The values of a field that stands more than once, joined by commas. */
static void join(struct buf *b, struct str first, struct str more)
{
	if (b->n == 0)
		buf_str(b, first);
	buf_putc(b, ',');
	buf_str(b, more);
}

struct envelope envelope_read(struct arena *a, struct str header)
{
	struct str          v[FIELDS] = { 0 };
	struct buf          joined[LISTS];
	struct addresses    list[LISTS];
	struct header_field f;
	int                 i;

	for (i = 0; i < LISTS; i++)
		joined[i] = BUF(2 * MIME_HEADER_MAX);
	header = str_mid(header, 0, MIME_HEADER_MAX);
	while (header_next(&header, &f)) {
		i = which(f.name);
		if (i < FIELDS && !v[i].p)
			v[i] = f.value.n > 0 ? f.value : STR("");
		else if (i < LISTS && f.value.n > 0)
			join(&joined[i], v[i], f.value);
	}
	for (i = 0; i < LISTS; i++) {
		list[i] = address_read(a, joined[i].n > 0 ? arena_str(a, buf_view(&joined[i])) : v[i]);
		buf_free(&joined[i]);
	}
	for (i = LISTS; i < FIELDS; i++)
		v[i] = header_unfold(a, v[i]);
	return (struct envelope){
		.date = v[DATE], .subject = v[SUBJECT], .in_reply_to = v[IN_REPLY_TO], .message_id = v[MESSAGE_ID],
		.from = list[FROM], .to = list[TO], .cc = list[CC], .bcc = list[BCC],
		.sender = list[SENDER].n > 0 ? list[SENDER] : list[FROM],
		.reply_to = list[REPLY_TO].n > 0 ? list[REPLY_TO] : list[FROM],
	};
}
