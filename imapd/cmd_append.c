/* RFC 9051 section 6.3.12, RFC 3501 section 6.3.11; a literal8 as in RFC 3516 section 4.4. The message goes from the
 * wire to the store in pieces. */
#include <errno.h>

#include "change.h"
#include "clock.h"
#include "cmd.h"
#include "flags.h"
#include "imapdate.h"
#include "limits.h"
#include "log.h"
#include "read_command.h"
#include "readbox.h"

enum { PIECE = 64 * 1024 };

struct append_args {
	struct str       name;
	struct flag_args flags;
	bool             dated;
	int64_t          date;
};

static int parse_append(struct request *rq, void **ret_args)
{
	struct append_args *args = ARENA_NEW(rq->arena, struct append_args);
	struct lexer       *lx = &rq->lx;
	int                 r = readbox_name(rq, &args->name);

	if (r == 0)
		r = lex_sp(lx);
	if (r == 0 && lex_peek(lx) == '(') {
		r = flags_read_list(lx, &args->flags);
		if (r == 0)
			r = lex_sp(lx);
	}
	if (r == 0 && lex_peek(lx) == '"') {
		args->dated = true;
		r = imapdate_read(lx, &args->date);
		if (r == 0)
			r = lex_sp(lx);
	}
	if (r == 0)
		r = lex_end(lx);
	if (r == 0 && !rq->has_literal)
		r = lex_fail(lx, -EBADMSG, "expected the message as a literal");
	*ret_args = args;
	return r;
}

/* All octets of the literal to the store; what it does not take is read and dropped. The store's failure goes to
 * *ret_store. 0 or -errno of reading. */
static int pump(struct session *s, struct append *ap, uint64_t left, struct arena *a, int *ret_store)
{
	char *piece = ARENA_NEW_N(a, PIECE, char);

	*ret_store = 0;
	while (left > 0) {
		size_t n;
		int    r = conn_read(s->conn, piece, left < PIECE ? (size_t)left : PIECE, &n);

		if (r < 0)
			return r;
		left -= n;
		if (*ret_store == 0)
			*ret_store = append_write(ap, piece, n);
	}
	return 0;
}

/* What is behind the literal. *ret_clean: the end of the command (several messages, RFC 3502, are not offered). */
static int read_end(struct session *s, bool *ret_clean)
{
	struct literal more;
	struct str     line;
	bool           there = false;
	int            r = conn_line(s->conn, LINE_LENGTH_MAX, &line);

	*ret_clean = r == 0 && line.n == 0;
	if (r == -EMSGSIZE)
		return 0;
	if (r < 0 || literal_at_end(line, &there, &more) < 0 || !there)
		return r;
	r = read_command_drop(s->conn, &more);
	return r == -E2BIG ? -EPROTO : r;
}

static const struct reply *commit(struct session *s, struct request *rq, const struct append_args *args,
	struct append *ap)
{
	struct flag_change flags = { .how = CHANGE_SET, .flags = args->flags.flags, .keywords = args->flags.keywords,
		.n_keywords = args->flags.n, .unchanged_since = UINT64_MAX };
	uint32_t           uidvalidity, uid;
	char              *code;
	int                r = append_commit(ap, &flags, args->dated ? args->date : clock_now(), &uidvalidity, &uid);

	if (r < 0)
		return reply_errno(s, rq, r);
	code = arena_printf(rq->arena, "APPENDUID %u %u", uidvalidity, uid);
	return reply_new(rq->arena, REPLY_OK, code, "APPEND done");
}

/* Why this message cannot be taken at all; asked before the client sends it, if it waits. */
static const struct reply *refuse(struct session *s, struct request *rq, const struct append_args *args,
	struct append **ret)
{
	static const struct reply empty = { REPLY_NO, "CANNOT", "A message of no octets is none" };
	int                       r;

	if (rq->literal.size > s->start->conf->append_max)
		return reply_new(rq->arena, REPLY_NO, "LIMIT", "A message may have at most %llu octets",
			(unsigned long long)s->start->conf->append_max);
	if (rq->literal.size == 0)
		return &empty;
	r = append_begin(s->store, args->name, ret);
	if (r == -ENOENT)
		return reply_new(rq->arena, REPLY_NO, "TRYCREATE", "There is no such mailbox");
	return r < 0 ? reply_errno(s, rq, r) : NULL;
}

static const struct reply *run_append(struct session *s, struct request *rq, void *p)
{
	static const struct reply several = { REPLY_BAD, NULL, "Expected the end of the command behind the message" };
	const struct append_args *args = p;
	struct append            *ap;
	const struct reply       *refusal = refuse(s, rq, args, &ap);
	bool                      clean = false;
	int                       r, failed;

	if (refusal)
		return refusal;
	rq->has_literal = false;
	read_command_ask(s->conn, &rq->literal);
	r = pump(s, ap, rq->literal.size, rq->arena, &failed);
	if (r == 0)
		r = read_end(s, &clean);
	if (r < 0) {
		append_abort(ap);
		log_line(LOG_INFO, "the client left in the middle of an APPEND");
		reply_bye(s, NULL, "The message did not arrive whole");
		return reply_new(rq->arena, REPLY_NO, NULL, "The message did not arrive whole");
	}
	if (failed < 0) {
		append_abort(ap);
		return reply_errno(s, rq, failed);
	}
	if (!clean) {
		append_abort(ap);
		return &several;
	}
	return commit(s, rq, args, ap);
}

const struct command cmd_append = {
	.name   = "APPEND",
	.states = ST_LOGGEDIN,
	.flags  = CF_STREAMS,
	.parse  = parse_append,
	.run    = run_append,
};
