/* Commands that change messages of an open mailbox. Each is one durable transaction: when it returns 0 it is on disk;
 * the index learns of it afterwards (drain.h). Views change only with box_poll. uids are ascending; those that are gone are passed over. */
#ifndef REMUCH_CHANGE_H
#define REMUCH_CHANGE_H

#include "box.h"

enum change_how { CHANGE_SET, CHANGE_ADD, CHANGE_REMOVE };

struct flag_change {
	enum change_how   how;
	uint32_t          flags;                /* MAIL_* bits */
	uint32_t          keep;                 /* flags that CHANGE_SET leaves as they are */
	const struct str *keywords;             /* as on the wire: keywords.h makes tags of them */
	size_t            n_keywords;
	const struct str *tags;                 /* as they are, beside the keywords */
	size_t            n_tags;
	uint64_t          unchanged_since;      /* CONDSTORE: only messages with modseq <= this; UINT64_MAX: all. 0: only those that have
						 * none of the keywords, and none at all when it is about flags (RFC 7162 section 3.1.3) */
	const struct flag_change *then;         /* what happens to their tags behind it, in the same step; NULL: nothing */
};

/* What a change of flags has done. */
struct change_flagged {
	const uint32_t *modified;       /* UIDs that failed unchanged_since, ascending */
	size_t          n_modified;
	uint64_t        modseq;         /* that all which it changed have got; 0: nothing had to be changed */
	size_t          n_gone;         /* how many were not there any more */
	bool            overtaken;      /* others had changed some of those since the view was brought up to date */
	bool            alone;          /* in this folder nothing has changed since but what was to be: box_told */
	bool            journal;        /* for the store: kick the drainer after the commit */
};

/* STORE. -EROFS, -EINVAL (a keyword that cannot be a tag), -ENOSPC ... */
int change_flags(struct box *b, const uint32_t *uids, size_t n, const struct flag_change *c, struct arena *a,
	struct change_flagged *ret);

/* Implicit \Seen of FETCH BODY[]: one transaction for all. Nothing on a read-only mailbox. */
int change_seen(struct box *b, const uint32_t *uids, size_t n);

/* EXPUNGE: of the \Deleted among uids (NULL: all). *ret_uids (in a) are those removed. -EROFS */
int change_expunge(struct box *b, const uint32_t *uids, size_t n, struct arena *a, const uint32_t **ret_uids, size_t *ret_n);

/* COPYUID: source UID i became destination UID i. */
struct change_copied {
	uint32_t        uidvalidity;
	const uint32_t *from, *to;
	size_t          n;
};

/* COPY / MOVE to the mailbox `to`: all of them or none. -ENOENT: no such mailbox (TRYCREATE); MOVE: -EROFS. */
int change_copy(struct box *b, const uint32_t *uids, size_t n, struct str to, struct arena *a, struct change_copied *ret);
int change_move(struct box *b, const uint32_t *uids, size_t n, struct str to, struct arena *a, struct change_copied *ret);

/* APPEND: begin, write pieces, commit (or abort, safe at any moment; both free it). What is written is stored as it is. */
struct append;
int append_begin(struct store *s, struct str name, struct append **ret);
int append_write(struct append *ap, const void *p, size_t n);
int append_commit(struct append *ap, const struct flag_change *flags, int64_t date, uint32_t *ret_uidvalidity, uint32_t *ret_uid);
void append_abort(struct append *ap);

#endif
