/* Files that are seen for the first time. */
#ifndef REMUCH_NEWCOMERS_H
#define REMUCH_NEWCOMERS_H

#include "maildir.h"
#include "store_priv.h"

struct newcomers_done {
	bool journal;           /* the index has something to learn */
	bool missed;            /* a file is not there under that name any more: it may have another by now */
};

/* Give UIDs to n files of the mailbox's directory, in one durable transaction, in the order they come in. Files that are
 * known by now or gone again are passed over, files that cannot be read too, with a log line. *b is the mailbox
 * afterwards. -EAGAIN: the index moved on meanwhile, do it again. */
int newcomers_add(struct store *s, struct state_box *b, struct str dir, const struct maildir_entry *const *files, size_t n,
	struct newcomers_done *ret);

/* Journal that the index shall learn of a mail's file. known: the index has the message, and tags of it; else it gets these, also if
 * another program indexes it first. m: serial and id of a mail that is in the state. */
int newcomers_journal(struct store *s, struct state_txn *t, struct state_mail *m, struct state_tags tags, bool known, struct arena *a);

#endif
