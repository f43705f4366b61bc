/* The notmuch index and its configuration, behind one wall: notmuch.h is included by index*.c alone.
 * Message-ids are without angle brackets, as notmuch has them. Tags are UTF-8 octets. */
#ifndef REMUCH_INDEX_H
#define REMUCH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "str.h"

/* ---- configuration (index_conf.c): works without a database ---- */

struct index_conf {
	struct arena arena;
	const char  *config;                    /* the file in use, NULL: none */
	const char  *mail_root;                 /* absolute */
	const char  *database;                  /* absolute: where .notmuch or the XDG database directory is; see index_wake_path */
	const struct str *new_tags;             /* new.tags; default unread, inbox */
	size_t       n_new_tags;
	bool         synchronize_flags;         /* maildir.synchronize_flags; default true */
	const char  *open_config;               /* what to open the database with; "": no configuration file */
	struct index_ignore *ignore;            /* new.ignore, see index_conf.c */
	size_t       n_ignore;
};

/* Read notmuch's configuration as notmuch does (NULL: $NOTMUCH_CONFIG, XDG, ~/.notmuch-config; $NOTMUCH_PROFILE; "": none). mail_root NULL:
 * from it.
 * No configuration at all is fine when mail_root is given. Mail that the configuration does not speak of has its database in its own root.
 * kept: what this left there the last time, or nothing; with it notmuch is not asked for what cannot have changed.
 * -ENOENT: no mail root known, or no such configuration; -errno. Free with index_conf_free. */
int index_conf_load(const char *config, const char *mail_root, struct buf *kept, struct index_conf **ret, const char **ret_why);
void index_conf_free(struct index_conf *c);

/* new.ignore: is the file or directory of this path (relative to the mail root) ignored by notmuch? */
bool index_ignored(const struct index_conf *c, const char *path);

/* Does the configuration file define this named query? What it says wins over what the database has. */
bool index_conf_query(const struct index_conf *c, struct str name);

/* ---- reading (index.c, index_read.c) ---- */

struct index;

/* 0; -ENOENT: there is no database; -EIO: it does not open (*ret_why tells, notmuch's words). */
int index_open(const struct index_conf *c, struct index **ret, const char **ret_why);
void index_close(struct index *x);

/* stat(2) only: has someone committed since index_open / the last index_refresh, or has the database been replaced? */
bool index_moved(struct index *x);

/* See the newest commit. -EIO when the database is broken or gone: close it, and open it again later. */
int index_refresh(struct index *x);

struct index_version {
	uint64_t revision;                      /* lastmod */
	char     uuid[40];                      /* changes when the database is rebuilt or compacted */
};
/* Of what index_open or index_refresh saw. Calls below may refresh by themselves (a reader that two commits have passed cannot read on), so
 * ask before index_changed, not after. */
void index_version(struct index *x, struct index_version *ret);

/* At least so many messages there are, as far as is known: to count them takes longer than to look some up. */
void index_expect(struct index *x, size_t messages);

/* One message: its id and its tags, sorted bytewise. Valid in the callback only. */
typedef void (*index_message_fn)(void *arg, struct str id, const struct str *tags, size_t n_tags);

/* Messages whose lastmod is greater than `since`; since 0: all of them (then tags come from one query a tag, not one look-up a
 * message). Excluded tags are not left out. */
int index_changed(struct index *x, uint64_t since, index_message_fn fn, void *arg);

/* Tags of n messages; `known` is false for ids that are not indexed. Chooses by n between look-ups and one query a tag. fn is called in
 * order, once for each i. */
typedef void (*index_tags_fn)(void *arg, size_t i, bool known, const struct str *tags, size_t n_tags);
int index_tags(struct index *x, const struct str *ids, size_t n, index_tags_fn fn, void *arg);

/* The messages of those of n files (names in `dir`, e.g. "Sent/cur", below the mail root) that the index has under just this name. It takes
 * memory for one at a time, and reads the index in the order of the names. tags: where these are, see index_tagsets.h; NULL: each message is
 * asked. fn is called in order, for those that are known. */
typedef void (*index_file_fn)(void *arg, size_t i, struct str id, const struct str *tags, size_t n_tags);
struct index_tagsets;
int index_of_files(struct index *x, const char *dir, const struct str *names, size_t n, const struct index_tagsets *tags, index_file_fn fn, void *arg);

/* Does the index know the directory as it is, and so all mail in it? mtime, in seconds: its time. "notmuch new" asks the same before it reads one. */
bool index_is_current(struct index *x, const char *dir, int64_t mtime);

/* Which of n files the index has, info flags (":2,...") apart. */
int index_knows_files(struct index *x, const char *dir, const struct str *names, size_t n, bool *ret_known);

/* Ids that match a notmuch query, excluded tags not left out. -EINVAL: notmuch does not understand the query. */
typedef void (*index_id_fn)(void *arg, struct str id);
int index_search(struct index *x, const char *query, index_id_fn fn, void *arg);

#endif
