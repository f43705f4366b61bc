/* Inside of struct index, for common/store/index*.c alone. */
#ifndef REMUCH_INDEX_PRIV_H
#define REMUCH_INDEX_PRIV_H

#include <notmuch.h>

#include "index.h"
#include "index_stamp.h"

struct index {
	const struct index_conf *conf;
	notmuch_database_t      *db;            /* NULL: it was lost, index_refresh tries again */
	struct index_stamp       stamp;
	size_t                   expected;      /* messages, at least; 0: not known */
	bool                     fresh;         /* the stamp is so young that the next commit could have the same one */
};

/* Of a database as this handle sees it; NULL: none. */
void index_version_of(notmuch_database_t *db, struct index_version *ret);

/* A reader whose revision was overwritten by later commits fails in the middle of anything: run `once` again on a refreshed
 * index, some times. once returns -EAGAIN when it failed so, and
 * may be left in the middle (index_guard.h): it keeps what it allocates in arg. -EIO when it always fails. */
int index_retry(struct index *x, int (*once)(struct index *x, void *arg), void *arg);

/* 0, -EAGAIN for what another try on a refreshed index may cure, -EINVAL for a query that is none, -EIO. */
int index_error(notmuch_status_t st);

/* The id of each message that matches, in the index's order; it is there during the call. For use inside of index_retry. */
int index_each(struct index *x, const char *query, index_id_fn fn, void *arg);

struct index_ids {
	struct str *p;
	size_t      n, cap;
};

/* Append the tags of a message, in a. 0 or -EAGAIN. */
int index_message_tags(notmuch_message_t *msg, struct arena *a, struct index_ids *ret);

/* All tags there are, sorted, in a; and the query for the messages that have one. */
int index_all_tags(struct index *x, struct arena *a, struct index_ids *ret);
char *index_tag_query(struct arena *a, struct str tag);

/* How many messages match. For use inside of index_retry. */
int index_hits(struct index *x, const char *query, uint32_t *ret);

/* As index_each, all of them, in a. */
int index_collect(struct index *x, const char *query, struct arena *a, struct index_ids *ret);

#endif
