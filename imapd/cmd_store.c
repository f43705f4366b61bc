/* RFC 9051 section 6.4.6 */
#include <errno.h>
#include <stdint.h>

#include "change.h"
#include "cmd.h"
#include "flags.h"
#include "report.h"
#include "uidsets.h"

struct store_args {
	struct seqset   set;
	bool            silent;
	enum change_how how;
	struct flag_args flags;
};

static int parse_item(struct lexer *lx, struct store_args *args)
{
	args->how = lex_try(lx, '+') ? CHANGE_ADD : lex_try(lx, '-') ? CHANGE_REMOVE : CHANGE_SET;
	args->silent = lex_accept(lx, "FLAGS.SILENT");
	if (!args->silent && !lex_accept(lx, "FLAGS"))
		return lex_fail(lx, -EBADMSG, "expected FLAGS, +FLAGS or -FLAGS, or one of them with .SILENT");
	return lex_sp(lx);
}

static int parse_store(struct request *rq, void **ret_args)
{
	struct store_args *args = ARENA_NEW(rq->arena, struct store_args);
	int                r = lex_sp(&rq->lx);

	if (r == 0)
		r = seqset_read(&rq->lx, &args->set);
	if (r == 0)
		r = lex_sp(&rq->lx);
	if (r == 0)
		r = parse_item(&rq->lx, args);
	if (r == 0)
		r = flags_read(&rq->lx, &args->flags);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

/* The flags as they are now, in one go: what the client is told, and what the report must not tell again. Out of a mailbox of a tag or query
 * the change itself may have taken them: that is no failure. */
static const struct reply *tell(struct session *s, struct request *rq, struct uids u, bool silent)
{
	static const struct reply gone = { REPLY_NO, "EXPUNGEISSUED", "Some of the messages are gone" };
	struct row               *rows = ARENA_NEW_N(rq->arena, u.n, struct row);
	struct report_known       known = { .rows = rows };
	int                       r = box_rows(s->box, u.v, u.n, rows);

	if (r < 0)
		return reply_errno(s, rq, r);
	for (size_t i = 0; i < u.n; i++) {
		if (rows[i].uid == 0)
			continue;
		rows[known.n++] = rows[i];
		if (!silent)
			report_flags(s, &rows[i], box_seq(s->box, rows[i].uid));
	}
	report_changes(s, !rq->by_uid, &known, rq->arena);
	return known.n < u.n && !rq->by_uid && box_is_folder(s->box) ? &gone : NULL;
}

static const struct reply *run_store(struct session *s, struct request *rq, void *p)
{
	struct store_args  *args = p;
	struct flag_change  change = { .how = args->how, .flags = args->flags.flags, .keywords = args->flags.keywords,
		.n_keywords = args->flags.n, .unchanged_since = UINT64_MAX };
	const struct reply *refusal;
	const uint32_t     *modified;
	size_t              n_modified;
	struct uids         u;
	int                 r;

	/* What others changed before is told first: behind our own change it could not be told from it. The set is
	 * resolved before an EXPUNGE could change what its numbers mean. */
	report_changes(s, true, NULL, rq->arena);
	refusal = uidsets_resolve(s, rq, &args->set, &u);
	if (refusal)
		return refusal;
	r = change_flags(s->box, u.v, u.n, &change, rq->arena, &modified, &n_modified);
	if (r < 0)
		return reply_errno(s, rq, r);
	return tell(s, rq, u, args->silent);
}

const struct command cmd_store = {
	.name   = "STORE",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_WRITES | CF_KEEP_EXPUNGED | CF_NO_REPORT,
	.parse  = parse_store,
	.run    = run_store,
};
