/* The text is "1" LF and the fields. Another set of names needs another version. */
#include "fields.h"

#include <errno.h>

#include "header.h"
#include "limits.h"
#include "octets.h"

#define VERSION "1\n"

/* What Thunderbird, mutt, mbsync, Apple Mail, K-9 and FairEmail ask for, and all that kinds of DERIVED_FROM_FIELDS look at. */
static const struct str known[] = {
	{ "Bcc", 3 }, { "Cc", 2 }, { "Content-Class", 13 }, { "Content-Description", 19 }, { "Content-Transfer-Encoding", 25 },
	{ "Content-Type", 12 }, { "Date", 4 }, { "From", 4 }, { "Importance", 10 }, { "In-Reply-To", 11 }, { "Lines", 5 },
	{ "List-Id", 7 }, { "List-Post", 9 }, { "List-Subscribe", 14 }, { "List-Unsubscribe", 16 }, { "Mailing-List", 12 },
	{ "Message-ID", 10 }, { "MIME-Version", 12 }, { "Newsgroups", 10 }, { "Precedence", 10 }, { "Priority", 8 },
	{ "References", 10 }, { "Reply-To", 8 }, { "Sender", 6 }, { "Subject", 7 }, { "To", 2 }, { "X-Label", 7 },
	{ "X-Mailer", 8 }, { "X-MSMail-Priority", 17 }, { "X-Original-To", 13 }, { "X-Priority", 10 }, { "X-Spam-Flag", 11 },
	{ "X-Status", 8 }, { "X-TUID", 6 }, { "X-Universally-Unique-Identifier", 31 }, { "X-Uniform-Type-Identifier", 25 },
	{ "X-Mail-Created-Date", 19 }, { "Chat-Version", 12 }, { "X-K9mail-Identity", 17 }, { "Disposition-Notification-To", 27 },
};

enum { N_KNOWN = sizeof(known) / sizeof(known[0]) };

bool fields_known(struct str name)
{
	for (size_t i = 0; i < N_KNOWN; i++)
		if (str_ieq(name, known[i]))
			return true;
	return false;
}

static void put_wire(struct str raw, struct buf *out)
{
	struct octets_reader r = octets_reader(raw);
	char               piece[1024];
	size_t             n;

	while ((n = octets_read(&r, piece, sizeof(piece))) > 0)
		buf_put(out, piece, n);
}

static void make(struct arena *a, struct str msg, struct buf *out)
{
	struct str           header = str_mid(msg, 0, header_end(msg));
	struct header_slices fields;
	uint32_t             lines;

	if (octets_count(header, &lines) >= MIME_HEADER_MAX)
		return;                         /* perhaps not all of it */
	fields = header_subset(a, header, known, N_KNOWN, true);
	buf_puts(out, VERSION);
	for (size_t i = 0; i < fields.n; i++)
		put_wire(fields.p[i], out);
}

const struct derived_kind fields_kind = { .kind = MAIL_CACHE_HEADER, .from = DERIVED_FROM_HEADER, .version = STR_LIT(VERSION), .make = make };

int fields_read(struct str text, struct str *ret_header)
{
	if (!str_starts(text, STR(VERSION)))
		return -EBADMSG;
	*ret_header = str_from(text, sizeof(VERSION) - 1);
	return 0;
}
