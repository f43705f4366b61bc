/* RETR and TOP: a message's octets, and the first of them. RFC 1939 sections 5 and 7. Flags stay as they are: that a
 * program fetched a message does not mean that somebody read it. */
#include <errno.h>

#include "command.h"
#include "dots.h"
#include "fd.h"
#include "mail.h"
#include "octets.h"
#include "reply.h"

enum { PIECE = 32 * 1024 };

/* Octets as an answer: CRLF at line ends, dots doubled, closed by a line with a dot. */
static void put_text(struct conn *c, struct mail *m, struct str text)
{
	CLEAN(buf_free) struct buf b = BUF(2 * PIECE + 8);
	struct octets_reader       r = octets_reader(text);
	struct dots                d = { 0 };
	char                       piece[PIECE];
	size_t                     n;

	while (conn_failed(c) == 0 && (n = octets_read(&r, piece, sizeof(piece))) > 0) {
		dots_put(&d, (struct str){ piece, n }, &b);
		conn_str(c, buf_view(&b));
		buf_reset(&b);
		mail_pass(m, r.rest.p);
	}
	dots_end(&d, &b);
	conn_str(c, buf_view(&b));
}

static int open_mail(struct session *s, const struct args *args, struct mail *ret)
{
	int r = mail_open(s->drop.store, args->mail->serial, ret);

	if (r == -ENOENT)
		reply_err(s->conn, NULL, "message %u is gone: another program removed it", args->number);
	else if (r < 0)
		reply_failure(s->conn, "the message cannot be read", r, store_why(s->drop.store));
	return r;
}

static void run_retr(struct session *s, const struct args *args)
{
	CLEAN(mail_close) struct mail m = { 0 };

	if (open_mail(s, args, &m) < 0)
		return;
	reply_ok(s->conn, "%llu octets", (unsigned long long)args->mail->size);
	put_text(s->conn, &m, m.bytes);
	s->retrieved++;
}

/* Octets of the header with the empty line behind it, and of the next `lines` lines. */
static size_t top_octets(struct str text, uint32_t lines)
{
	size_t at = 0;
	bool   body = false;

	while (at < text.n && (!body || lines > 0)) {
		struct str line = str_from(text, at);
		size_t     n = str_chr(line, '\n');

		if (body)
			lines--;
		else
			body = n == 0 || (n == 1 && line.p[0] == '\r');
		at += n < line.n ? n + 1 : n;
	}
	return at;
}

static void run_top(struct session *s, const struct args *args)
{
	CLEAN(mail_close) struct mail m = { 0 };

	if (open_mail(s, args, &m) < 0)
		return;
	reply_ok(s->conn, "the top follows");
	put_text(s->conn, &m, str_mid(m.bytes, 0, top_octets(m.bytes, args->lines)));
}

const struct command cmd_retr = { "RETR", ARG_MAIL, run_retr };
const struct command cmd_top = { "TOP", ARG_MAIL_LINES, run_top };
