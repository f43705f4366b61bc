/* Where files went whose name the index has wrong: same directory or the cur/ or new/ beside it, same base name. */
#ifndef REMUCH_INDEX_LOST_H
#define REMUCH_INDEX_LOST_H

#include "arena.h"
#include "maildir.h"

/* The directory that was read last, since many files of one directory tend to be lost together. */
struct index_lost {
	char               *dir;        /* absolute; NULL: none */
	struct maildir_list list;
};

/* The present path of the file that was `path` (absolute), in a; NULL: it is gone. */
char *index_lost_find(struct index_lost *l, const char *path, struct arena *a);
void index_lost_reset(struct index_lost *l);

#endif
