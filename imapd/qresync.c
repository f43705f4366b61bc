#include "qresync.h"

#include "command.h"
#include "limits.h"
#include "read_select.h"
#include "report.h"
#include "searching.h"
#include "uidsets.h"

void qresync_vanished(struct session *s, const uint32_t *uids, size_t n)
{
	struct buf b = conn_buf(s->conn);

	buf_puts(&b, "* VANISHED ");
	seqset_put(&b, uids, n);
	buf_puts(&b, "\r\n");
	buf_end(&b);
}

/* The largest UID of which the client has the number that it has here (section 3.2.5.2): it knows of all that went before. */
static uint32_t last_match(struct session *s, const struct select_qresync *q)
{
	struct seqset_iter seqs = { 0 }, uids = { 0 };
	uint32_t           seq, uid, last = 0;

	while (seqset_next(&q->match_seqs, &seqs, &seq) && seq <= box_count(s->box) && seqset_next(&q->match_uids, &uids, &uid))
		if (box_uid(s->box, seq) == uid)
			last = uid;
	return last;
}

/* q: where there is seq-match-data. That is of use only where it is no longer known what was expunged when. */
static int tell_earlier(struct session *s, const struct seqset *known, uint64_t modseq, const struct select_qresync *q, struct arena *a)
{
	struct buf        b;
	struct seqset     gone;
	struct uid_range *v;
	size_t            n;
	bool              all;
	int               r = box_expunged_since(s->box, modseq, a, &v, &n, &all);

	if (r < 0)
		return r;
	gone = (struct seqset){ .v = ARENA_NEW_N(a, n, struct seqset_range), .n = n };
	for (size_t i = 0; i < n; i++)
		gone.v[i] = (struct seqset_range){ v[i].first, v[i].last };
	gone = seqset_meet(a, &gone, known);
	if (all && q)
		gone = seqset_meet(a, &gone, &(struct seqset){ .v = &(struct seqset_range){ last_match(s, q) + 1, UINT32_MAX }, .n = 1 });
	if (gone.n == 0)
		return 0;
	b = conn_buf(s->conn);
	buf_puts(&b, "* VANISHED (EARLIER) ");
	seqset_put_set(&b, &gone);
	buf_puts(&b, "\r\n");
	buf_end(&b);
	return 0;
}

int qresync_earlier(struct session *s, const struct seqset *known, uint64_t modseq, struct arena *a)
{
	return tell_earlier(s, known, modseq, NULL, a);
}

static int tell_changed(struct session *s, const struct seqset *known, uint64_t modseq, struct arena *a)
{
	enum { PIECE = 512 };
	static const struct uids none = { 0 };
	struct uids              u = uidsets_search(s->box, none, a, known, true);
	struct row               rows[PIECE];
	int                      r = box_changed_since(s->box, modseq, a, u.v, u.n, &u.v, &u.n);

	for (size_t at = 0, n; r == 0 && at < u.n; at += n) {
		n = u.n - at < PIECE ? u.n - at : PIECE;
		r = box_rows(s->box, u.v + at, n, rows);
		for (size_t i = 0; r == 0 && i < n; i++)
			if (rows[i].uid != 0)
				report_flags(s, &rows[i], box_seq(s->box, rows[i].uid));
	}
	return r;
}

int qresync_select(struct session *s, const struct select_qresync *q, struct arena *a)
{
	struct seqset_range all = { 1, UINT32_MAX };
	struct seqset       known = q->known.n > 0 ? q->known : (struct seqset){ .v = &all, .n = 1 };
	int                 r = 0;

	if (q->uidvalidity != box_uidvalidity(s->box))
		return 0;
	r = tell_earlier(s, &known, q->modseq, q, a);
	return r < 0 ? r : tell_changed(s, &known, q->modseq, a);
}
