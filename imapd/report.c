#include "report.h"

#include <inttypes.h>

#include "box.h"
#include "command.h"
#include "condstore.h"
#include "flagtext.h"
#include "log.h"
#include "qresync.h"
#include "searchres.h"

void report_exists(struct session *s)
{
	conn_printf(s->conn, "* %u EXISTS\r\n", box_count(s->box));
	if (!s->rev2)
		conn_printf(s->conn, "* %u RECENT\r\n", box_recent_count(s->box));
}

static void put_flags(struct session *s, const struct row *row)
{
	bool recent = !s->rev2 && box_is_recent(s->box, row->uid);

	conn_puts(s->conn, " FLAGS ");
	conn_str(s->conn, flagtext_of(s->flagtext, row, recent));
	conn_puts(s->conn, ")\r\n");
}

static void put_begin(struct session *s, const struct row *row, uint32_t seq)
{
	conn_printf(s->conn, "* %u FETCH (UID %u", seq, row->uid);
	if (s->condstore)
		conn_printf(s->conn, " MODSEQ (%" PRIu64 ")", row->modseq);
}

void report_flags(struct session *s, const struct row *row, uint32_t seq)
{
	put_begin(s, row, seq);
	put_flags(s, row);
}

void report_labels(struct session *s, const struct row *row, uint32_t seq)
{
	put_begin(s, row, seq);
	conn_puts(s->conn, " X-GM-LABELS ");
	conn_str(s->conn, flagtext_labels(s->flagtext, row, s->rev2));
	put_flags(s, row);
}

void report_modseq(struct session *s, const struct row *row, uint32_t seq)
{
	put_begin(s, row, seq);
	conn_puts(s->conn, ")\r\n");
}

/* The rows of both lists ascend by UID: *at goes along the known ones. */
static bool is_known(const struct report_known *known, size_t *at, const struct row *row)
{
	if (!known)
		return false;
	while (*at < known->n && known->rows[*at].uid < row->uid)
		(*at)++;
	return *at < known->n && known->rows[*at].uid == row->uid && known->rows[*at].modseq == row->modseq;
}

static void tell_expunged(struct session *s, const struct box_changes *ch)
{
	if (ch->n_expunged == 0)
		return;
	if (s->qresync)
		qresync_vanished(s, ch->expunged_uids, ch->n_expunged);
	for (size_t i = 0; i < ch->n_expunged && !s->qresync; i++)
		conn_printf(s->conn, "* %u EXPUNGE\r\n", ch->expunged[i]);
	searchres_expunged(s->searchres, ch->expunged_uids, ch->n_expunged);
}

/* RFC 7162 section 3.2: a client that has seen higher mod-sequences than that of an expunge which waits must not go by them. VANISHED has
 * none of its own. */
static void tell_modseq(struct session *s, bool vanished)
{
	bool waits = box_modseq_told(s->box) < box_highestmodseq(s->box);

	if (waits || vanished || s->held_back)
		condstore_tell(s);
	s->held_back = waits;
}

void report_changes(struct session *s, bool keep_expunged, const struct report_known *known, struct arena *a)
{
	struct box_changes ch = { 0 };
	size_t             at = 0;
	int                r;

	if (!s->box || s->leaving)
		return;
	r = (known && known->again ? box_poll_again : box_poll)(s->box, keep_expunged, a, &ch);
	if (r < 0) {
		log_line(LOG_WARNING, "following %.*s: %s", STR_ARG(box_name(s->box)), store_why(s->store));
		r = box_poll_again(s->box, keep_expunged, a, &ch);      /* what the client has seen of a change must not be all it is told */
	}
	if (r < 0)
		return;
	if (ch.lost) {
		reply_bye(s, NULL, "The selected mailbox was deleted or made anew; please connect again");
		return;
	}
	tell_expunged(s, &ch);
	if (ch.grown)
		report_exists(s);
	for (size_t i = 0; i < ch.n_changed; i++)
		if (!is_known(known, &at, &ch.changed[i]))
			report_flags(s, &ch.changed[i], box_seq(s->box, ch.changed[i].uid));
	if (s->qresync && !(known && known->own))
		tell_modseq(s, ch.n_expunged > 0);
}

void report_own(struct session *s, struct arena *a)
{
	report_changes(s, false, &(struct report_known){ .again = true, .own = true }, a);
}
