/* Inside of newcomers*.c: what was found out of each file. */
#ifndef REMUCH_NEWCOMERS_PRIV_H
#define REMUCH_NEWCOMERS_PRIV_H

#include "newcomers.h"

struct newcomer {
	struct maildir_entry file;
	struct str           id;                /* empty: it could not be read */
	uint64_t             size;
	bool                 open_line;
	int64_t              date;
	bool                 headed;            /* the index has the file, if it has the id, which was read from the file's head */
	bool                 known;             /* the index knows the message */
	bool                 known_file;        /* and this file of it */
	const struct str    *tags;              /* of the message that the index knows */
	size_t               n_tags;
};

struct newcomers {
	struct store    *s;
	struct arena     arena;
	struct newcomer *v;
	size_t           n;
	struct str       dir;
	const struct index_tagsets *tags;       /* NULL: not asked at once */
	uint64_t         revision;              /* of the index when the tags were read */
	struct newcomers_done done;
};

#endif
