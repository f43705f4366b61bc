/* RFC 9051 section 6.4.6, RFC 7162 section 3.1.3; X-GM-LABELS as in Gmail's IMAP extensions. */
#include <errno.h>
#include <stdint.h>

#include "change.h"
#include "cmd.h"
#include "condstore.h"
#include "flags.h"
#include "labels.h"
#include "labelset.h"
#include "report.h"
#include "uidsets.h"

/* Ten digits and a comma or colon for each of the 2^32 messages that a mailbox can have. */
#define MODIFIED_MAX (11ULL << 32)

struct store_args {
	struct seqset   set;
	uint64_t        unchanged_since; /* UINT64_MAX: not asked for */
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

/* store-modifiers (RFC 4466 section 2.5), behind "(", and the space after them. */
static int parse_modifiers(struct lexer *lx, struct store_args *args)
{
	int r = 0;

	do {
		if (args->unchanged_since != UINT64_MAX || !lex_accept(lx, "UNCHANGEDSINCE"))
			r = lex_fail(lx, -EBADMSG, "expected UNCHANGEDSINCE, once");
		if (r == 0)
			r = lex_sp(lx);
		if (r == 0)
			r = lex_number64(lx, &args->unchanged_since);
	} while (r == 0 && lex_try(lx, ' '));
	if (r == 0)
		r = lex_char(lx, ')');
	return r < 0 ? r : lex_sp(lx);
}

static int parse_store(struct request *rq, void **ret_args)
{
	struct store_args *args = ARENA_NEW(rq->arena, struct store_args);
	int                r = lex_sp(&rq->lx);

	args->unchanged_since = UINT64_MAX;
	if (r == 0)
		r = seqset_read(&rq->lx, &args->set);
	if (r == 0)
		r = lex_sp(&rq->lx);
	if (r == 0 && lex_try(&rq->lx, '('))
		r = parse_modifiers(&rq->lx, args);
	if (r == 0)
		r = parse_item(&rq->lx, args);
	if (r == 0)
		r = args->of_labels ? labelset_read(&rq->lx, rq->rev2, &args->labels) : flags_read(&rq->lx, &args->flags);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

/* A STORE that is done, and what is to be told of it. */
struct stored {
	const struct store_args *args;
	struct change_flagged    done;
	uint64_t                 told;          /* all up to this MODSEQ had been told before */
	struct row              *rows;          /* of the messages, now */
	size_t                   n;
};

/* A message that failed UNCHANGEDSINCE is shown, so that the client need not ask why. A silent client is told its MODSEQ, if it wants those,
 * and knows the flags, unless somebody else changed them as well: then, and when it has set labels, which are not all, it is left to the report.
 * True: nothing is left to that. */
static bool tell_one(struct session *s, const struct stored *st, const struct row *row, bool failed)
{
	const struct store_args *args = st->args;
	uint32_t                 seq = box_seq(s->box, row->uid);
	bool                     ours = st->done.modseq != 0 && row->modseq == st->done.modseq && !st->done.overtaken;

	if (failed || !args->silent) {
		(args->of_labels && !failed ? report_labels : report_flags)(s, row, seq);
		return true;
	}
	if (!ours && row->modseq > st->told)
		return false;
	if (ours && args->of_labels)
		return false;
	if (s->condstore && (ours || args->unchanged_since != UINT64_MAX))
		report_modseq(s, row, seq);
	return true;
}

/* What the report must not tell again stays in rows. */
static void tell_all(struct session *s, struct stored *st)
{
	size_t known = 0, m = 0;

	for (size_t i = 0; i < st->n; i++) {
		bool failed;

		while (m < st->done.n_modified && st->done.modified[m] < st->rows[i].uid)
			m++;
		failed = m < st->done.n_modified && st->done.modified[m] == st->rows[i].uid;
		if (tell_one(s, st, &st->rows[i], failed))
			st->rows[known++] = st->rows[i];
	}
	st->n = known;
}

/* "MODIFIED 7,9" */
static const char *modified_code(struct session *s, struct request *rq, const struct change_flagged *done)
{
	uint32_t   *v = ARENA_NEW_N(rq->arena, done->n_modified, uint32_t);
	struct buf  b = BUF(MODIFIED_MAX);
	const char *code;

	for (size_t i = 0; i < done->n_modified; i++)
		v[i] = rq->by_uid ? done->modified[i] : box_seq(s->box, done->modified[i]);
	buf_puts(&b, "MODIFIED ");
	seqset_put(&b, v, done->n_modified);
	code = arena_z(rq->arena, buf_view(&b));
	buf_free(&b);
	return code;
}

/* The client knows what it has done, and nothing else has happened. */
static bool knows_all(const struct session *s, const struct stored *st)
{
	return st->done.alone && st->args->silent && !st->args->of_labels && !s->condstore && st->done.n_modified == 0;
}

/* The flags as they are now, in one go. */
static int tell_rows(struct session *s, struct arena *a, struct uids u, struct stored *st)
{
	int r;

	st->rows = ARENA_NEW_N(a, u.n, struct row);
	r = box_rows(s->box, u.v, u.n, st->rows);
	for (size_t i = 0; r == 0 && i < u.n; i++)
		if (st->rows[i].uid != 0)
			st->rows[st->n++] = st->rows[i];
	if (r == 0)
		tell_all(s, st);
	return r;
}

/* Out of a mailbox of a tag or query the change itself may have taken messages: that is no failure. */
static const struct reply *tell(struct session *s, struct request *rq, struct uids u, struct stored *st)
{
	const char *code = st->done.n_modified > 0 ? modified_code(s, rq, &st->done) : NULL;
	bool        gone = st->done.n_gone > 0 && !rq->by_uid && box_is_folder(s->box);
	int         r = knows_all(s, st) ? 0 : tell_rows(s, rq->arena, u, st);

	if (r < 0)
		return reply_errno(s, rq, r);
	if (st->done.alone && st->done.modseq != 0 && !(st->args->silent && st->args->of_labels))
		box_told(s->box, st->done.modseq);
	report_changes(s, !rq->by_uid, &(struct report_known){ .rows = st->rows, .n = st->n, .again = true }, rq->arena);
	if (gone)
		return reply_new(rq->arena, REPLY_NO, code ? code : "EXPUNGEISSUED", "Some of the messages are gone");
	return code ? reply_new(rq->arena, REPLY_OK, code, "Some of the messages have changed since and were left alone") : NULL;
}

static const struct reply *run_store(struct session *s, struct request *rq, void *p)
{
	struct store_args  *args = p;
	struct stored       st = { .args = args };
	struct flag_change  change = { .how = args->how, .flags = args->flags.flags, .keywords = args->flags.keywords,
		.n_keywords = args->flags.n };
	const struct reply *refusal;
	struct uids         u;
	int                 r;

	if (args->unchanged_since != UINT64_MAX)
		condstore_enable(s);
	/* What others changed before is told first: behind our own change it could not be told from it. The set is
	 * resolved before an EXPUNGE could change what its numbers mean. */
	report_changes(s, true, NULL, rq->arena);
	refusal = uidsets_resolve(s, rq, &args->set, &u);
	if (refusal)
		return refusal;
	st.told = box_highestmodseq(s->box);
	r = args->of_labels ? labels_change(s->store, args->how, args->labels.v, args->labels.n, rq->arena, &change) : 0;
	change.unchanged_since = args->unchanged_since;
	if (r == 0)
		r = change_flags(s->box, u.v, u.n, &change, rq->arena, &st.done);
	return r < 0 ? reply_errno(s, rq, r) : tell(s, rq, u, &st);
}

const struct command cmd_store = {
	.name   = "STORE",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_WRITES | CF_KEEP_EXPUNGED | CF_NO_REPORT,
	.parse  = parse_store,
	.run    = run_store,
};
