/* SELECT and EXAMINE: RFC 9051 sections 6.3.2 and 6.3.3, RFC 3501 sections 6.3.1 and 6.3.2, RFC 7162. */
#include <stdio.h>

#include "clock.h"
#include "cmd.h"
#include "condstore.h"
#include "flags.h"
#include "keywords.h"
#include "limits.h"
#include "listline.h"
#include "objectid.h"
#include "qresync.h"
#include "read_select.h"
#include "report.h"
#include "unselect.h"

enum { PROGRESS_MS = 3000 };

/* A first SELECT of a large mailbox takes long: say so now and then, that the client does not give up. */
struct progress {
	struct session *s;
	int64_t         next;
};

static void tell_progress(void *arg, size_t done, size_t all)
{
	struct progress *p = arg;

	if (clock_ms() < p->next)
		return;
	reply_untagged(p->s, REPLY_OK, NULL, "Reading this mailbox for the first time: %zu of %zu messages", done, all);
	conn_flush(p->s->conn);
	p->next = clock_ms() + PROGRESS_MS;
}

static void put_flags(struct session *s, struct buf *b, const struct keyword_set *kw, bool permanent)
{
	flags_put(b, FLAG_ANSWERED | FLAG_FLAGGED | FLAG_DELETED | FLAG_SEEN | FLAG_DRAFT | FLAG_FORWARDED);
	for (size_t i = 0; i < kw->n; i++) {
		if (permanent && keywords_fixed(s->store, kw->tags[i]))
			continue;
		buf_putc(b, ' ');
		buf_str(b, kw->v[i]);
	}
}

static void tell_flags(struct session *s, struct arena *a)
{
	struct keyword_set kw = { 0 };
	struct buf         all = BUF(2 * KEYWORDS_MAX * KEYWORD_LENGTH_MAX * 3), permanent = BUF(all.max);

	if (keywords_all(s->store, KEYWORDS_MAX, a, &kw) < 0)
		kw.n = 0;
	put_flags(s, &all, &kw, false);
	put_flags(s, &permanent, &kw, true);
	conn_printf(s->conn, "* FLAGS (%s)\r\n", buf_z(&all));
	if (box_readonly(s->box))
		reply_untagged(s, REPLY_OK, "PERMANENTFLAGS ()", "Read-only");
	else
		conn_printf(s->conn, "* OK [PERMANENTFLAGS (%s \\*)] Flags and keywords that are kept\r\n", buf_z(&permanent));
	buf_free(&all);
	buf_free(&permanent);
}

static void tell_id(struct session *s)
{
	struct buf code = BUF(OBJECTID_CODE_MAX);

	objectid_box_code(&code, box_uidvalidity(s->box));
	reply_untagged(s, REPLY_OK, buf_z(&code), "The same under any name");
	buf_free(&code);
}

static void tell_box(struct session *s, struct str name, struct arena *a)
{
	uint32_t unseen;
	char     code[64];

	tell_flags(s, a);
	report_exists(s);
	unseen = s->rev2 ? 0 : box_first_unseen(s->box);
	if (unseen > 0) {
		snprintf(code, sizeof(code), "UNSEEN %u", unseen);
		reply_untagged(s, REPLY_OK, code, "First unseen message");
	}
	snprintf(code, sizeof(code), "UIDVALIDITY %u", box_uidvalidity(s->box));
	reply_untagged(s, REPLY_OK, code, "UIDs are valid");
	snprintf(code, sizeof(code), "UIDNEXT %u", box_uidnext(s->box));
	reply_untagged(s, REPLY_OK, code, "Predicted next UID");
	condstore_tell(s);
	tell_id(s);
	if (s->rev2)
		listline_tell(s, name, STR_NONE, a);
}

static const struct reply *open_box(struct session *s, struct request *rq, const struct select_args *args, bool readonly)
{
	static const struct reply not_enabled = { REPLY_BAD, NULL, "QRESYNC was not enabled" };
	static const struct reply writable = { REPLY_OK, "READ-WRITE", "SELECT done" };
	static const struct reply selected = { REPLY_OK, "READ-ONLY", "SELECT done" };
	static const struct reply examined = { REPLY_OK, "READ-ONLY", "EXAMINE done" };
	struct progress           progress = { .s = s, .next = clock_ms() + PROGRESS_MS };
	int                       r;

	if (args->qresync && !s->qresync)
		return &not_enabled;
	unselect(s);
	s->condstore |= args->condstore;
	r = box_open(s->store, args->name, readonly, tell_progress, &progress, &s->box);
	if (r < 0) {
		s->box = NULL;
		return reply_errno(s, rq, r);
	}
	box_watch(s->box);
	tell_box(s, args->name, rq->arena);
	r = args->qresync ? qresync_select(s, args->qresync, rq->arena) : 0;
	if (r < 0) {
		unselect_silently(s);
		return reply_errno(s, rq, r);
	}
	if (readonly)
		return &examined;
	return box_readonly(s->box) ? &selected : &writable;
}

static const struct reply *run_select(struct session *s, struct request *rq, void *args)
{
	return open_box(s, rq, args, false);
}

static const struct reply *run_examine(struct session *s, struct request *rq, void *args)
{
	return open_box(s, rq, args, true);
}

const struct command cmd_select = {
	.name   = "SELECT",
	.states = ST_LOGGEDIN,
	.flags  = CF_NO_REPORT,
	.parse  = read_select,
	.run    = run_select,
};

const struct command cmd_examine = {
	.name   = "EXAMINE",
	.states = ST_LOGGEDIN,
	.flags  = CF_NO_REPORT,
	.parse  = read_select,
	.run    = run_examine,
};
