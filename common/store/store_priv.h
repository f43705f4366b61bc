/* Inside of struct store, for common/store alone. */
#ifndef REMUCH_STORE_PRIV_H
#define REMUCH_STORE_PRIV_H

#include <sys/stat.h>

#include "index.h"
#include "state_mail.h"
#include "store.h"

struct drain_child {
	int pid;                        /* 0: none started */
	int wake;                       /* write end of its standard input */
	int64_t started;                /* clock_ms() of the last start; 0: never */
	bool due;                       /* there is work that it has not been told of */
	uint64_t in_vain;               /* the oldest record of the journal when it was last waited for too long; 0: it was not */
};

struct store {
	struct store_conf   conf;
	struct arena        arena;      /* lives as long as the store */
	const char         *state_dir;
	struct index_conf  *index_conf;
	struct index       *index;      /* NULL: none (yet) */
	struct state        state;
	struct db          *cache;      /* NULL: cannot be opened; everything works without */
	int                 root;       /* directory descriptor of the mail root */
	const char         *inbox_dir;  /* INBOX's directory, relative to the root */
	struct drain_child  drain;
	struct keyword_memo *keywords;
	struct dirwatch     *dirwatch;  /* dirwatch.h; NULL: none yet */
	struct pending      *pending;   /* pending.h; NULL: not summed up yet */
	char                why[256];
};

/* Set store_why() and return r (a negative errno). */
int store_fail(struct store *s, int r, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The index at its newest commit, opened if it can be by now; NULL when there is none. */
struct index *store_index(struct store *s);

/* Where the state of such a store lies; in a where it is not configured. */
const char *store_state_dir(const struct store_conf *conf, struct arena *a);

#endif
