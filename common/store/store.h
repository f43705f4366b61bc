/* One person's mail: the Maildir tree, the state (LMDB) beside it, and the notmuch index.
 *
 * Names below are UTF-8 with '/' between levels, INBOX in capitals. System failures are negative errno:
 *   -ENOENT  no such mailbox or message         -EEXIST  the name is taken
 *   -EINVAL  a name that cannot be              -EACCES, -EPERM  the file system says no
 *   -ENOSPC, -EDQUOT  the disk is full          -EROFS   the mailbox was opened read-only
 *   -EBUSY   someone else changes the same thing, try again
 *   -EIO     the mail root, state or index is of no use now; store_why() tells more
 * store_why(s) is one printable English sentence about the last failure, for the log and the client. */
#ifndef REMUCH_STORE_H
#define REMUCH_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "str.h"

struct store;

enum special_use {
	SPECIAL_NONE, SPECIAL_SENT, SPECIAL_DRAFTS, SPECIAL_TRASH, SPECIAL_JUNK, SPECIAL_ARCHIVE, SPECIAL_ALL, SPECIAL_FLAGGED,
	SPECIAL_USES,
};

/* An IMAP keyword that is a tag of another name. */
struct keyword_name {
	const char *keyword, *tag;
};

/* Strings are borrowed until store_close. NULL means the default. */
struct store_conf {
	const char *home;                       /* the user's; never NULL */
	const char *mail_root;                  /* NULL: notmuch's database.mail_root */
	const char *notmuch_config;             /* NULL: as notmuch finds it */
	const char *state_dir;                  /* NULL: $XDG_STATE_HOME/remuch, ~/.local/state/remuch */
	const char *inbox;                      /* NULL: the root when it is a Maildir, else INBOX or Inbox */
	const char *special[SPECIAL_USES];      /* default folder for a use; NULL: none */
	bool        maildirpp;                  /* ".A.B" directories instead of nested ones */
	const char *inbox_query;                /* INBOX is what this notmuch query finds; NULL: a folder */
	const char *tags, *queries;             /* mailboxes above those of tags and of named queries; NULL: none are shown */
	const char *all, *flagged;              /* names of the mailboxes of all and of flagged mail; NULL: not shown */
	const char *const *hidden;              /* tags without a mailbox */
	size_t      n_hidden;
	const struct keyword_name *keywords;    /* the table of keywords.h */
	size_t      n_keywords;
	const char *const *fixed_tags;          /* tags that notmuch gives by itself: no change here adds or removes them */
	size_t      n_fixed_tags;
	const char *append;                     /* folder for what is appended to a tag; NULL: INBOX */
	const char *deleted_tag;                /* given by EXPUNGE where messages cannot be taken out; never NULL */
	const char *program;                    /* how to start a drainer: argv[0], then the arguments in drain_args */
	const char *const *drain_args;          /* NULL-ended; NULL: never start a drainer */
};

/* Open. Makes the state directory (0700); moves a corrupt state aside and begins a new one; opens the index if there is
 * one (its absence is no error: mail is served without it). 0, or -errno with *ret_why (static or thread-local text). */
int store_open(const struct store_conf *conf, struct store **ret_store, const char **ret_why);

/* The directory for spools (spool.h). */
const char *store_spool(const struct store *s);

/* When a session's client is gone: what was done a moment ago to the files of folders that it selected, or put something into, is noted with the
 * times of their directories, so that who selects one next need not read it. Takes 30 ms if there is anything, and may fail: that costs
 * the reading. */
void store_settle(struct store *s);

/* Close. Does not wait for the drainer (see drain.h). NULL is fine. */
void store_close(struct store *s);

/* The client is silent: give back what the next question can do without. */
void store_rest(struct store *s);

const char *store_why(const struct store *s);

/* Where the state of such a store is, in a when it is the default. For what else has to lie beside it (locks). */
const char *store_state_dir(const struct store_conf *conf, struct arena *a);

#endif
