#include "index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "die.h"
#include "index_guard.h"
#include "index_priv.h"

enum {
	TRIES = 8,
	/* File systems keep times in ticks of some milliseconds; two commits in one tick may look the same. */
	FRESH_NS = 20 * 1000 * 1000,
};

static int open_database(const struct index_conf *c, notmuch_database_t **ret, const char **ret_why)
{
	static char      why[512];
	char            *message = NULL;
	notmuch_status_t st;

	st = notmuch_database_open_with_config(c->database, NOTMUCH_DATABASE_MODE_READ_ONLY, c->open_config, NULL, ret, &message);
	if (st != NOTMUCH_STATUS_SUCCESS) {
		snprintf(why, sizeof(why), "%s", message ? message : notmuch_status_to_string(st));
		why[strcspn(why, "\n")] = '\0';
		*ret_why = why;
		*ret = NULL;
	}
	free(message);
	return st == NOTMUCH_STATUS_SUCCESS ? 0 : st == NOTMUCH_STATUS_OUT_OF_MEMORY ? -ENOMEM : -EIO;
}

static int open_index(struct index *x, const char **ret_why)
{
	struct index_stamp stamp;
	int                r = index_stamp(x->conf, &stamp);

	if (r < 0) {
		*ret_why = r == -ENOENT ? "there is no notmuch database" : strerror(-r);
		return r == -ENOENT ? r : -EIO;
	}
	r = open_database(x->conf, &x->db, ret_why);
	if (r < 0)
		return r;
	x->stamp = stamp;
	x->fresh = clock_now_ns() - stamp.mtime_ns < FRESH_NS;
	return 0;
}

int index_open(const struct index_conf *c, struct index **ret, const char **ret_why)
{
	struct index *x = calloc(1, sizeof(*x));
	int           r;

	if (!x)
		die_memory();
	x->conf = c;
	r = open_index(x, ret_why);
	if (r < 0) {
		index_close(x);
		return r;
	}
	*ret = x;
	return 0;
}

static void drop(struct index *x)
{
	if (x->db)
		notmuch_database_destroy(x->db);
	x->db = NULL;
}

void index_close(struct index *x)
{
	if (!x)
		return;
	drop(x);
	free(x);
}

bool index_moved(struct index *x)
{
	struct index_stamp now;

	return !x->db || x->fresh || index_stamp(x->conf, &now) < 0 || memcmp(&now, &x->stamp, sizeof(now)) != 0;
}

/* Opening anew costs hardly more than notmuch_database_reopen(), and follows a database that was rebuilt or compacted too. */
int index_refresh(struct index *x)
{
	const char *why;

	drop(x);
	return open_index(x, &why) < 0 ? -EIO : 0;
}

void index_expect(struct index *x, size_t messages)
{
	x->expected = messages;
}

void index_version_of(notmuch_database_t *db, struct index_version *ret)
{
	const char *uuid = "";

	*ret = (struct index_version){ .revision = db ? notmuch_database_get_revision(db, &uuid) : 0 };
	snprintf(ret->uuid, sizeof(ret->uuid), "%s", uuid);
}

void index_version(struct index *x, struct index_version *ret)
{
	index_version_of(x->db, ret);
}

int index_retry(struct index *x, int (*once)(struct index *x, void *arg), void *arg)
{
	int r = x->db ? index_guard(once, x, arg) : -EAGAIN;

	for (int i = 1; i < TRIES && r == -EAGAIN; i++) {
		r = index_refresh(x);
		if (r == 0)
			r = index_guard(once, x, arg);
	}
	return r == -EAGAIN ? -EIO : r;
}

int index_error(notmuch_status_t st)
{
	switch (st) {
	case NOTMUCH_STATUS_SUCCESS:
		return 0;
	case NOTMUCH_STATUS_XAPIAN_EXCEPTION:
		return -EAGAIN;
	case NOTMUCH_STATUS_BAD_QUERY_SYNTAX:
		return -EINVAL;
	case NOTMUCH_STATUS_OUT_OF_MEMORY:
		die_memory();
	default:
		return -EIO;
	}
}
