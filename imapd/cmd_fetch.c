/* FETCH, UID FETCH: RFC 9051 section 6.4.5, RFC 7162 sections 3.1.4 and 3.2.6. Messages are taken in chunks; no database
 * transaction and no file is held from one chunk to the next. */
#include <errno.h>
#include <string.h>

#include "box.h"
#include "change.h"
#include "cmd.h"
#include "condstore.h"
#include "ids.h"
#include "limits.h"
#include "line.h"
#include "qresync.h"
#include "read_fetch.h"
#include "report.h"
#include "threads.h"
#include "uidsets.h"
#include "vec.h"

enum {
	CHUNK         = 1024,            /* messages */
	CHUNK_CONTENT = 32,              /* messages whose files are sent: those marked \Seen at a time */
	ROOM          = 4 * 1024 * 1024, /* octets of kept texts */
	RESPONSE_MAX  = 4 * COMMAND_MAX, /* of one message without its strings: labels and flags */
};

/* One command at work. */
struct work {
	struct fetch             f;
	const struct fetch_args *args;
	const struct derived_kind *kinds[MAIL_CACHES];
	size_t                   n_kinds;
	VEC(struct row)          marked;        /* that \Seen was set of, as the client has been told */
	unsigned                 given;         /* messages of which all was given that was asked for */
	unsigned                 gone, unknown; /* messages left out: vanished; of an unknown encoding */
	unsigned                 unreadable;    /* messages whose files cannot be read; of the last one: */
	uint32_t                 unreadable_uid;
	int                      why;

	struct row               rows[CHUNK];
	bool                     fresh[CHUNK];  /* \Seen was set just now */
	uint64_t                 serials[CHUNK], emails[CHUNK], threads[CHUNK];
	struct derived           derived[CHUNK];
	struct arena             texts;
	size_t                   n;
};

static void collect_kinds(struct work *w)
{
	for (size_t i = 0; i < w->args->n_wants; i++) {
		const struct derived_kind *kind = w->args->wants[i].derived;
		bool                       there = !kind;

		for (size_t k = 0; k < w->n_kinds; k++)
			there |= w->kinds[k] == kind;
		if (!there)
			w->kinds[w->n_kinds++] = kind;
	}
}

/* Rows of the chunk, without those that are gone. */
static int load_rows(struct work *w, const uint32_t *uids, size_t n)
{
	int r = box_rows(w->f.s->box, uids, n, w->rows);

	if (r == 0 && w->args->size)
		r = box_sizes(w->f.s->box, w->rows, n);
	if (r < 0)
		return r;
	w->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (w->rows[i].uid != 0)
			w->rows[w->n++] = w->rows[i];
		else
			w->gone++;
	}
	return 0;
}

/* Implicit \Seen: in one transaction for the chunk, before it is told. */
static int mark_seen(struct work *w)
{
	struct box *box = w->f.s->box;
	uint32_t    uids[CHUNK_CONTENT];
	size_t      at[CHUNK_CONTENT], n = 0;
	struct row  rows[CHUNK_CONTENT];
	int         r;

	if (!w->args->seen || box_readonly(box))
		return 0;
	for (size_t i = 0; i < w->n; i++) {
		w->fresh[i] = !(w->rows[i].flags & MAIL_SEEN);
		if (w->fresh[i]) {
			at[n] = i;
			uids[n++] = w->rows[i].uid;
		}
	}
	if (n == 0)
		return 0;
	r = change_seen(box, uids, n);
	if (r == 0)
		r = box_rows(box, uids, n, rows);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (rows[i].uid == 0)
			continue;
		w->rows[at[i]].flags = rows[i].flags;
		w->rows[at[i]].kwset = rows[i].kwset;
		w->rows[at[i]].modseq = rows[i].modseq;
	}
	return r;
}

static int load_ids(struct work *w)
{
	struct store *store = w->f.s->store;
	int           r = 0;

	for (size_t i = 0; i < w->n; i++)
		w->serials[i] = w->rows[i].serial;
	if (w->args->email)
		r = ids_emails(store, w->serials, w->n, w->emails);
	if (r == 0 && w->args->thread)
		r = threads_of(store, w->serials, w->n, w->threads);
	return r;
}

/* The kept texts of the rows from `from` on; *ret_n of them. */
static int load_texts(struct work *w, size_t from, size_t *ret_n)
{
	size_t n = w->n - from;

	arena_reset(&w->texts);
	if (w->n_kinds == 0) {
		*ret_n = n;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		w->serials[i] = w->rows[from + i].serial;
	return derived_load(w->f.s->store, w->kinds, w->n_kinds, w->serials, n, ROOM, &w->texts, w->derived, ret_n);
}

static bool has_size(const struct work *w)
{
	return !w->args->size || w->f.row->size != ROW_SIZE_UNKNOWN;
}

static int prepare(struct work *w)
{
	int r = 0;

	if (!has_size(w)) {
		r = content_open(&w->f.content, w->f.s->store, w->f.row->serial);
		return r < 0 ? r : -EAGAIN;             /* it could not be read before */
	}
	if (w->n_kinds > 0 && w->f.derived->error < 0)
		return w->f.derived->error;
	for (size_t i = 0; r == 0 && i < w->args->n_wants; i++) {
		struct want *want = &w->args->wants[i];

		if (want->item->prepare)
			r = want->item->prepare(&w->f, want);
		else if (want->derived && !w->f.derived->text[want->derived->kind].p)
			r = -ENOENT;
	}
	return r;
}

/* What the client has to be told of a message that it has made \Seen, and has not asked for. */
static void put_fresh(struct work *w)
{
	struct fetch *f = &w->f;

	if (!w->args->flags) {
		buf_puts(&f->line, " FLAGS ");
		item_flags_put(f, NULL);
	}
	if (!f->s->condstore)
		return;
	if (!w->args->uid) {
		buf_puts(&f->line, " UID ");
		item_uid_put(f, NULL);
	}
	if (!w->args->modseq) {
		buf_puts(&f->line, " MODSEQ ");
		item_modseq_put(f, NULL);
	}
}

/* Without reading the file. */
static bool is_at_hand(const struct want *want)
{
	return !want->item->prepare && !want->derived && !want->item->size;
}

/* read: the file could be read. Else the client is told that there is such a message, and what is known of it. */
static void put_message(struct work *w, bool read, bool fresh)
{
	struct fetch *f = &w->f;
	bool          first = true;

	buf_puts(&f->line, "* ");
	line_number(&f->line, box_seq(f->s->box, f->row->uid));
	buf_puts(&f->line, " FETCH (");
	if (!read && !w->args->uid) {
		buf_puts(&f->line, "UID ");
		item_uid_put(f, NULL);
		first = false;
	}
	for (size_t i = 0; i < w->args->n_wants; i++) {
		struct want *want = &w->args->wants[i];

		if (!read && !is_at_hand(want))
			continue;
		if (!first)
			buf_putc(&f->line, ' ');
		first = false;
		buf_str(&f->line, want->label);
		buf_putc(&f->line, ' ');
		want->item->put(f, want);
	}
	if (fresh)
		put_fresh(w);
	buf_puts(&f->line, ")\r\n");
	items_flush(f);
}

static void note_unreadable(struct work *w, int r)
{
	if (has_size(w))                                /* else box_sizes has told */
		mail_unreadable(w->f.s->store, w->f.row->serial, r);
	w->unreadable++;
	w->unreadable_uid = w->f.row->uid;
	w->why = r;
}

/* What cannot be given is left out: the message, or what is in its file. All else is not. */
static void do_message(struct work *w, size_t row, const struct derived *derived)
{
	int r;

	w->f.row = &w->rows[row];
	w->f.derived = derived;
	w->f.email = w->emails[row];
	w->f.thread = w->threads[row];
	r = prepare(w);
	if (r == -EOPNOTSUPP) {
		w->unknown++;
	} else if (r == -ENOENT) {
		w->gone++;
	} else {
		put_message(w, r == 0, w->fresh[row]);
		if (w->fresh[row])
			VEC_PUSH(&w->marked, w->rows[row]);
		if (r == 0)
			w->given++;
		else
			note_unreadable(w, r);
	}
	content_close(&w->f.content);
}

static int do_chunk(struct work *w, const uint32_t *uids, size_t n)
{
	size_t some;
	int    r = load_rows(w, uids, n);

	if (r == 0)
		r = mark_seen(w);
	if (r == 0)
		r = load_ids(w);
	for (size_t at = 0; r == 0 && at < w->n; at += some) {
		r = load_texts(w, at, &some);
		for (size_t i = 0; r == 0 && i < some; i++) {
			do_message(w, at + i, &w->derived[i]);
			r = conn_failed(w->f.s->conn);
		}
	}
	return r;
}

/* Many clients use nothing of a list that ends with NO: one file that cannot be read would hide all others. So that is a warning (RFC 9051
 * section 7.1.2). But who asks for messages themselves may delete them when they have come: NO, then. */
static const struct reply *unreadable(struct work *w, struct request *rq)
{
	const char *text = w->unreadable == 1
		? arena_printf(rq->arena, "The message with UID %u cannot be read: %s", w->unreadable_uid, strerror(-w->why))
		: arena_printf(rq->arena, "%u messages cannot be read, that with UID %u: %s", w->unreadable, w->unreadable_uid, strerror(-w->why));

	if (w->args->body || w->given == 0)
		return reply_new(rq->arena, REPLY_NO, reply_code(w->why), "%s", text);
	reply_untagged(w->f.s, REPLY_NO, reply_code(w->why), "%s", text);
	return NULL;
}

/* UIDs that are gone are passed over (RFC 9051 section 6.4.9), and the report tells of them. Numbers are told to be gone, with OK if there are
 * others (RFC 5530, and RFC 2180 section 4.1 leaves it open). */
static const struct reply *outcome(struct work *w, struct request *rq, int r)
{
	static const struct reply gone = { REPLY_OK, "EXPUNGEISSUED", "Some of the messages are gone" };
	static const struct reply all_gone = { REPLY_NO, "EXPUNGEISSUED", "The messages are gone" };
	static const struct reply unknown = { REPLY_NO, "UNKNOWN-CTE", "A part has a Content-Transfer-Encoding that is not known" };
	const struct reply *reply;

	if (r < 0)
		return reply_errno(w->f.s, rq, r);
	reply = w->unreadable > 0 ? unreadable(w, rq) : NULL;
	if (reply)
		return reply;
	if (w->unknown > 0)
		return &unknown;
	if (w->gone == 0 || rq->by_uid)
		return NULL;
	return w->given + w->unreadable > 0 ? &gone : &all_gone;
}

/* VANISHED: here "*" is the last UID that there ever was, which may have gone. */
static int tell_vanished(struct session *s, struct request *rq, const struct fetch_args *args)
{
	struct seqset set = { .v = ARENA_NEW_N(rq->arena, args->set.n, struct seqset_range), .n = args->set.n };

	for (size_t i = 0; i < set.n; i++)
		set.v[i] = args->set.v[i];
	seqset_resolve(&set, box_uidnext(s->box) > 1 ? box_uidnext(s->box) - 1 : 1);
	return qresync_earlier(s, &set, args->changed_since, rq->arena);
}

static const struct reply *run_fetch(struct session *s, struct request *rq, void *p)
{
	static const struct reply not_enabled = { REPLY_BAD, NULL, "QRESYNC was not enabled" };
	struct fetch_args  *args = p;
	struct work        *w = ARENA_NEW(rq->arena, struct work);
	size_t              chunk = args->content || args->seen ? CHUNK_CONTENT : CHUNK;
	const struct reply *reply;
	struct uids         uids;
	int                 r = 0;

	if (args->vanished && !s->qresync)
		return &not_enabled;
	if (args->vanished)
		r = tell_vanished(s, rq, args);
	reply = uidsets_resolve(s, rq, &args->set, &uids);
	if (reply)
		return reply;
	if (args->modseq)
		condstore_enable(s);
	if (r == 0 && args->changed_since != 0)
		r = box_changed_since(s->box, args->changed_since, rq->arena, uids.v, uids.n, &uids.v, &uids.n);
	w->f = (struct fetch){ .s = s, .line = BUF(RESPONSE_MAX) };
	w->args = args;
	collect_kinds(w);
	for (size_t at = 0; r == 0 && at < uids.n; at += chunk)
		r = do_chunk(w, uids.v + at, uids.n - at < chunk ? uids.n - at : chunk);
	reply = outcome(w, rq, r);
	report_changes(s, !rq->by_uid, &(struct report_known){ .rows = w->marked.p, .n = w->marked.n }, rq->arena);
	VEC_FREE(&w->marked);
	buf_free(&w->f.line);
	arena_free(&w->texts);
	arena_free(&w->f.content.arena);
	return reply;
}

const struct command cmd_fetch = {
	.name   = "FETCH",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_KEEP_EXPUNGED | CF_NO_REPORT,
	.parse  = read_fetch,
	.run    = run_fetch,
};
