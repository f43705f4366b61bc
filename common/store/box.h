/* A selected mailbox and what this session knows of it: its view.
 *
 * The view is the list of UIDs that sequence numbers stand for. It changes only in box_poll(), which tells the caller
 * what to say to the client. All other calls work on the state as it is now and give row.uid = 0 for messages that are
 * gone though the view still has them. No call keeps a database transaction open when it returns. */
#ifndef REMUCH_BOX_H
#define REMUCH_BOX_H

#include <stddef.h>

#include "boxes.h"
#include "row.h"

struct box;

struct uid_range {
	uint32_t first, last;
};

/* Told now and then while a mailbox is read for the first time. */
typedef void (*box_progress)(void *arg, size_t done, size_t all);

/* Open (SELECT; readonly: EXAMINE): follows what changed since last time; the first time reads the directory in steps,
 * each durable, so that an interrupted first time goes on where it was. -ENOENT, -EACCES, -EIO ... */
int box_open(struct store *s, struct str name, bool readonly, box_progress progress, void *arg, struct box **ret_box);
void box_close(struct box *b);

struct str box_name(const struct box *b);
uint32_t box_id(const struct box *b);                   /* the number it has in the state for as long as it is there */
bool box_readonly(const struct box *b);
bool box_is_folder(const struct box *b);                /* else a change of tags may take a message out of it */
uint32_t box_uidvalidity(const struct box *b);
uint32_t box_uidnext(const struct box *b);              /* as last told by box_open or box_poll */
uint64_t box_highestmodseq(const struct box *b);        /* likewise: all changes up to this one were told, */
uint64_t box_modseq_told(const struct box *b);          /* and all expunges, too: lower while some wait */

/* For a client that stays: have what is done to the files of a folder told from now on, so that following it costs what was done. */
void box_watch(struct box *b);

/* When to poll it again though nothing is known to have happened, clock_ms(); CLOCK_NEVER: no need. */
int64_t box_due(const struct box *b);

/* The view. Sequence numbers are 1..box_count(). */
uint32_t box_count(const struct box *b);
uint32_t box_uid(struct box *b, uint32_t seq);
uint32_t box_seq(struct box *b, uint32_t uid);          /* 0: no such UID in the view */
const uint32_t *box_uids(struct box *b);                /* ascending, box_count() of them; valid until box_poll */
void box_ready(struct box *b);                          /* the UIDs are read when first asked for: read them now, there is time */
uint32_t box_first_unseen(struct box *b);               /* sequence number; 0: none, or the mailbox changes just now */

/* \Recent (RFC 3501): this session was the first to be told of the message. */
bool box_is_recent(const struct box *b, uint32_t uid);
uint32_t box_recent_count(struct box *b);

/* Rows of n UIDs (ascending). rows[i].uid is 0 where the message is gone. 0 or -errno. */
int box_rows(struct box *b, const uint32_t *uids, size_t n, struct row *rows);

/* Those of n UIDs (ascending) whose rows have a higher MODSEQ: costs what has changed. In a. */
int box_changed_since(struct box *b, uint64_t modseq, struct arena *a, const uint32_t *uids, size_t n, const uint32_t **ret, size_t *ret_n);

/* UIDs that the view does not have (any more), ascending: of messages expunged after that MODSEQ. *ret_all: what was expunged then is no
 * longer known, so it is all UIDs that the view does not have. In a. */
int box_expunged_since(struct box *b, uint64_t modseq, struct arena *a, struct uid_range **ret, size_t *ret_n, bool *ret_all);

/* Fill in the sizes still unknown in rows (reads those files once; remembered). A file that is gone gets uid 0; the size of one that cannot
 * be read stays unknown, which makes a log line (mail_unreadable). */
int box_sizes(struct box *b, struct row *rows, size_t n);

/* What happened since the view was last brought up to date. */
struct box_changes {
	const uint32_t *expunged;               /* sequence numbers in the order to send: each counts after those before it */
	const uint32_t *expunged_uids;          /* the same messages' UIDs */
	size_t          n_expunged;
	bool            grown;                  /* say EXISTS (and RECENT for rev1) */
	const struct row *changed;              /* messages in the view (and not new) whose flags changed, by UID */
	size_t          n_changed;
	bool            lost;                   /* the mailbox itself is gone or has a new UIDVALIDITY: say BYE or close it */
};

/* Follow what others changed (cheap when nothing did), bring the view up to date, and tell what to say. keep_expunged: expunged messages
 * stay in the view and are told another time (RFC 9051 5.5, 7.5.1). In a. 0 or -errno (the view is unchanged). */
int box_poll(struct box *b, bool keep_expunged, struct arena *a, struct box_changes *ret);

/* Likewise, a moment later, when only this session's own changes are of interest: files and index are not looked at. */
int box_poll_again(struct box *b, bool keep_expunged, struct arena *a, struct box_changes *ret);

/* The client knows what a change_flags() did that was alone and got this MODSEQ: box_poll does not tell it. */
void box_told(struct box *b, uint64_t modseq);

#endif
