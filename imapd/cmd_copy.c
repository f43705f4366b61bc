/* COPY and MOVE: RFC 9051 sections 6.4.7 and 6.4.8, RFC 4315 section 3, RFC 6851. */
#include <errno.h>

#include "change.h"
#include "cmd.h"
#include "condstore.h"
#include "limits.h"
#include "readbox.h"
#include "report.h"
#include "uidsets.h"

struct copy_args {
	struct seqset set;
	struct str    to;
};

static int parse_copy(struct request *rq, void **ret_args)
{
	struct copy_args *args = ARENA_NEW(rq->arena, struct copy_args);
	int               r = lex_sp(&rq->lx);

	if (r == 0)
		r = seqset_read(&rq->lx, &args->set);
	if (r == 0)
		r = readbox_name(rq, &args->to);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

/* "COPYUID 38505 304,319:320 3956:3958": the n-th UID of the one set became the n-th of the other. */
static const char *copyuid(struct arena *a, const struct change_copied *copied)
{
	struct buf  b = BUF(COPYUID_MAX);
	const char *code;

	buf_printf(&b, "COPYUID %u ", copied->uidvalidity);
	seqset_put(&b, copied->from, copied->n);
	buf_putc(&b, ' ');
	seqset_put(&b, copied->to, copied->n);
	code = b.failed ? NULL : arena_z(a, buf_view(&b));
	buf_free(&b);
	return code;
}

typedef int (*change_fn)(struct box *b, const uint32_t *uids, size_t n, struct str to, struct arena *a,
	struct change_copied *ret);

/* Common to both. Messages that are gone meanwhile are passed over (RFC 2180 section 4.4). *ret_code is NULL when
 * nothing was copied. */
static const struct reply *copy(struct session *s, struct request *rq, struct copy_args *args, change_fn change,
	const char **ret_code)
{
	const struct reply  *refusal;
	struct change_copied copied = { 0 };
	struct uids          u;
	int                  r;

	*ret_code = NULL;
	refusal = uidsets_resolve(s, rq, &args->set, &u);
	if (refusal)
		return refusal;
	if (u.n == 0)
		return reply_new(rq->arena, REPLY_OK, NULL, "No matching messages, nothing done");
	r = change(s->box, u.v, u.n, args->to, rq->arena, &copied);
	if (r == -ENOENT)
		return reply_new(rq->arena, REPLY_NO, "TRYCREATE", "There is no such mailbox");
	if (r < 0)
		return reply_errno(s, rq, r);
	if (copied.n > 0)
		*ret_code = copyuid(rq->arena, &copied);
	if (copied.n == 0 && !rq->by_uid)
		return reply_new(rq->arena, REPLY_NO, "EXPUNGEISSUED", "The messages are gone");
	return NULL;
}

static const struct reply *run_copy(struct session *s, struct request *rq, void *args)
{
	const char         *code;
	const struct reply *refusal = copy(s, rq, args, change_copy, &code);

	if (refusal || !code)
		return refusal;
	return reply_new(rq->arena, REPLY_OK, code, "COPY done");
}

/* RFC 9051 section 6.4.8: the COPYUID must come before the EXPUNGEs, hence untagged. */
static const struct reply *run_move(struct session *s, struct request *rq, void *args)
{
	const char         *code;
	const struct reply *refusal = copy(s, rq, args, change_move, &code);

	if (code)
		reply_untagged(s, REPLY_OK, code, "Moved");
	report_own(s, rq->arena);
	if (code && s->qresync)
		condstore_tell(s);
	return refusal;
}

const struct command cmd_copy = {
	.name   = "COPY",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM,
	.parse  = parse_copy,
	.run    = run_copy,
};

const struct command cmd_move = {
	.name   = "MOVE",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_WRITES | CF_CAPABILITY | CF_NO_REPORT,
	.parse  = parse_copy,
	.run    = run_move,
};
