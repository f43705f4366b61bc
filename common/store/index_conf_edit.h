/* notmuch's configuration file, where it defines a named query that a client changes: what `notmuch config set` does, but no other line
 * is touched. */
#ifndef REMUCH_INDEX_CONF_EDIT_H
#define REMUCH_INDEX_CONF_EDIT_H

#include "index.h"

/* May the file be written by us, and replaced? */
bool index_conf_writable(const struct index_conf *c);

/* Give the query its text, or take it out when that is empty, if it is in the file; nothing else. The file is replaced in one step,
 * where a symbolic link leads. Safe to do twice. 0 or -errno. */
int index_conf_edit(const struct index_conf *c, struct str query, struct str text);

#endif
