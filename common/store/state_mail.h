/* The state's records of mails: their files, sets of tags, and flags. */
#ifndef REMUCH_STATE_MAIL_H
#define REMUCH_STATE_MAIL_H

#include "state.h"

/* ---- mails and their files (state_mail.c) ---- */

struct state_mail {
	uint64_t   serial;
	uint32_t   box, uid;
	struct str base, id;            /* id may be empty only for files that could not be read */
	bool       alone;               /* no other mail has this id; false: perhaps one has. Kept by the functions here */
};

struct state_file {
	uint64_t serial;
	uint32_t in_new;                /* in new/, not cur/ */
	uint32_t unused;
};

int state_mail_get(struct state_txn *t, uint64_t serial, struct state_mail *ret);
int state_mail_next(struct db_walk *w, uint64_t serial, struct state_mail *ret);       /* likewise; w of STATE_MAIL: cheap for serials that ascend */
int state_mail_add(struct state_txn *t, struct state_mail *m, bool in_new, struct str info);    /* sets serial */
int state_mail_set(struct state_txn *t, const struct state_mail *m);    /* box, uid, id of a mail that is there */
int state_mail_move(struct state_txn *t, const struct state_mail *m, struct str info);     /* it has that box, uid, base now; id as it was */
int state_mail_drop(struct state_txn *t, uint64_t serial);     /* mail, file and id records */
bool state_mail_unindexed(struct state_txn *t, uint64_t serial);        /* notmuch does not know the message, as far as we know */
int state_mail_unindexed_set(struct state_txn *t, uint64_t serial, bool unindexed);
int state_file_get(struct state_txn *t, uint32_t box, struct str base, struct state_file *ret, struct str *ret_info);
int state_file_put(struct state_txn *t, uint32_t box, struct str base, const struct state_file *f, struct str info);

/* ---- which mails are copies of each other (state_email.c) ---- */

/* The number of a mail's content (EMAILID): the serial of the first mail that had it, which may be gone; its own when it is no copy. */
uint64_t state_email(struct state_txn *t, uint64_t serial);
int state_email_set(struct state_txn *t, uint64_t serial, uint64_t email);      /* it was copied or moved from one of that content */
int state_email_drop(struct state_txn *t, uint64_t serial);                     /* called by state_mail_drop */

/* Serials of all mails of that content, ascending, in a. */
int state_email_mails(struct state_txn *t, uint64_t email, struct arena *a, uint64_t **ret, size_t *ret_n);

/* Serials of all mails with a message-id, in a; are all of these unindexed? (Not if there are none.) */
int state_mails_of_id(struct state_txn *t, struct str id, struct arena *a, uint64_t **ret, size_t *ret_n);
bool state_mails_unindexed(struct state_txn *t, const uint64_t *serials, size_t n);

/* Where the file is below the mail root, e.g. "Sent/cur/1.host:2,S": appended to b, NUL not included. */
struct store;
int state_mail_path(struct store *s, struct state_txn *t, uint64_t serial, struct buf *b);

/* ---- sets of tags (state_kwset.c); the five tags that are flags are not in them ---- */

int state_kwset_of(struct state_txn *t, const struct str *tags, size_t n, uint32_t *ret_set);  /* sorted, unique; interns */
int state_kwset_tags(struct state_txn *t, uint32_t set, struct arena *a, struct str **ret, size_t *ret_n);

/* Forget the sets that no row has, nor had at the last sweep, so that nobody is just about to give one to a row. Reads all rows (25 ms for
 * a million). Their numbers are not given out again. */
int state_kwset_sweep(struct state_txn *t);

/* ---- the tags of a message and its flags (state_tags.c) ---- */

struct state_tags {
	uint32_t flags;                 /* MAIL_TAG_FLAGS */
	uint32_t kwset;
};

/* Those of a mail. */
int state_tags_get(struct state_txn *t, uint64_t serial, struct state_tags *ret);

/* From a message's tags, in any order. Interns. */
int state_tags_of(struct state_txn *t, const struct str *tags, size_t n, struct state_tags *ret);

/* And back: the tags, in a, in no order. */
int state_tags_list(struct state_txn *t, struct state_tags of, struct arena *a, struct str **ret, size_t *ret_n);

/* What makes the one of the other: tags to add and to remove, sorted, in a. */
struct state_tags_diff {
	struct str *add, *remove;
	size_t      n_add, n_remove;
};
int state_tags_differ(struct state_txn *t, struct state_tags from, struct state_tags to, struct arena *a, struct state_tags_diff *ret);

/* The MAIL_* flag that this tag is (for "unread": MAIL_SEEN, whose absence it means); 0: it is a keyword. */
uint32_t state_tag_flag(struct str tag);

/* Give all mails with this message-id these flags and keywords (MAIL_DELETED is untouched). */
int state_tags_apply(struct state_txn *t, struct str id, struct state_tags to);
int state_tags_apply_one(struct state_txn *t, uint64_t serial, struct state_tags to);  /* one of them; the caller has state_virtual_touch know */

#endif
