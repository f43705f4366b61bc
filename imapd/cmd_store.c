/* RFC 9051 section 6.4.6; X-GM-LABELS as in Gmail's IMAP extensions. */
#include <errno.h>
#include <stdint.h>

#include "change.h"
#include "cmd.h"
#include "flags.h"
#include "labels.h"
#include "labelset.h"
#include "report.h"
#include "uidsets.h"

struct store_args {
	struct seqset   set;
	bool            silent, of_labels;
	enum change_how how;
	struct flag_args flags;
	struct label_args labels;
};

static int parse_item(struct lexer *lx, struct store_args *args)
{
	static const struct {
		const char *name;
		bool        silent, of_labels;
	} items[] = {
		{ "FLAGS", false, false }, { "FLAGS.SILENT", true, false }, { "X-GM-LABELS", false, true }, { "X-GM-LABELS.SILENT", true, true },
	};

	args->how = lex_try(lx, '+') ? CHANGE_ADD : lex_try(lx, '-') ? CHANGE_REMOVE : CHANGE_SET;
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (!lex_accept(lx, items[i].name))
			continue;
		args->silent = items[i].silent;
		args->of_labels = items[i].of_labels;
		return lex_sp(lx);
	}
	return lex_fail(lx, -EBADMSG, "expected FLAGS, +FLAGS or -FLAGS, or one of them with .SILENT");
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
		r = args->of_labels ? labelset_read(&rq->lx, rq->rev2, &args->labels) : flags_read(&rq->lx, &args->flags);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

/* The flags as they are now, in one go: what the client is told, and what the report must not tell again. Who sets labels silently does not
 * know the flags, so the report tells. Out of a mailbox of a tag or query the change itself may have taken messages: that is no failure. */
static const struct reply *tell(struct session *s, struct request *rq, struct uids u, const struct store_args *args)
{
	static const struct reply gone = { REPLY_NO, "EXPUNGEISSUED", "Some of the messages are gone" };
	struct row               *rows = ARENA_NEW_N(rq->arena, u.n, struct row);
	struct report_known       known = { .rows = rows, .again = true };
	size_t                    there = 0;
	int                       r = box_rows(s->box, u.v, u.n, rows);

	if (r < 0)
		return reply_errno(s, rq, r);
	for (size_t i = 0; i < u.n; i++) {
		if (rows[i].uid == 0)
			continue;
		there++;
		if (args->silent && args->of_labels)
			continue;
		if (!args->silent)
			(args->of_labels ? report_labels : report_flags)(s, &rows[i], box_seq(s->box, rows[i].uid));
		rows[known.n++] = rows[i];
	}
	report_changes(s, !rq->by_uid, &known, rq->arena);
	return there < u.n && !rq->by_uid && box_is_folder(s->box) ? &gone : NULL;
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
	r = args->of_labels ? labels_change(s->store, args->how, args->labels.v, args->labels.n, rq->arena, &change) : 0;
	if (r == 0)
		r = change_flags(s->box, u.v, u.n, &change, rq->arena, &modified, &n_modified);
	if (r < 0)
		return reply_errno(s, rq, r);
	return tell(s, rq, u, args);
}

const struct command cmd_store = {
	.name   = "STORE",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_WRITES | CF_KEEP_EXPUNGED | CF_NO_REPORT,
	.parse  = parse_store,
	.run    = run_store,
};
