/* Files that are seen for the first time. */
#ifndef REMUCH_NEWCOMERS_H
#define REMUCH_NEWCOMERS_H

#include "index_tagsets.h"
#include "maildir.h"
#include "store_priv.h"

struct newcomers_done {
	bool journal;           /* the index has something to learn */
	bool missed;            /* a file is not there under that name any more: it may have another by now */
};

struct newcomers;

/* What is worth asking the index at once for so many files that are looked at in steps. NULL: nothing. */
struct index_tagsets *newcomers_tags(struct store *s, size_t n);

/* Look at n files of the directory dir, all of which outlives this, as do the tags: at what the index has of them, and else what is in them. A file
 * that cannot be read makes a log line. It takes memory for each: do not ask for too many at once. */
struct newcomers *newcomers_look(struct store *s, struct str dir, const struct maildir_entry *files, size_t n, const struct index_tagsets *tags);
void newcomers_free(struct newcomers *nc);              /* NULL is fine */

/* Give them UIDs, in the order they came in. Those that are known by now, gone again, or could not be read, are passed over.
 * *b is the mailbox, as t has it, and afterwards. -EAGAIN: the index moved on meanwhile, look again, and ask for
 * the tags. */
int newcomers_put(struct newcomers *nc, struct state_txn *t, struct state_box *b, struct newcomers_done *ret);

/* Journal that the index shall learn of a mail's file. known: the index has the message, and tags of it; else it gets these, also if
 * another program indexes it first. m: serial and id of a mail that is in the state. */
int newcomers_journal(struct store *s, struct state_txn *t, struct state_mail *m, struct state_tags tags, bool known, struct arena *a);

/* The same of a message whose mails are in the state, when the index should have learnt of them before: that it shall have their files,
 * and the tags that they have, if no tags of the message have come back from it ever. */
int newcomers_again(struct store *s, struct state_txn *t, struct str id, struct arena *a);

#endif
