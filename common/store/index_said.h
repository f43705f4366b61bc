/* What notmuch says of its configuration. To ask it means to load it and to open its database, which takes longer than all else at the
 * start of a session; so the answer can be kept, as octets that only these functions understand. */
#ifndef REMUCH_INDEX_SAID_H
#define REMUCH_INDEX_SAID_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "str.h"

struct index_said {
	const char       *mail_root, *database;
	bool              synchronize_flags;
	bool              whole;        /* its database was asked too; false: there is none, or it does not open now */
	const struct str *new_tags, *ignore;
	size_t            n_new_tags, n_ignore;
};

/* Ask. config: the file; "": none. Everything in a. -EINVAL: it cannot read that file; -EIO with *ret_why. */
int index_said_ask(struct arena *a, const char *config, struct index_said *ret, const char **ret_why);

/* What was kept, if it is still true: that file, the environment and the database are as they were. -ESTALE: not known. */
int index_said_recall(struct arena *a, const char *config, struct str kept, struct index_said *ret);

/* What to keep, said after asked_ns (clock_now_ns()). Empty: it cannot be told what it would depend on, or is not whole. */
void index_said_keep(const char *config, const struct index_said *said, int64_t asked_ns, struct buf *ret);

#endif
