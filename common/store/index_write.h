/* Writing to the notmuch index: drainers only. See index.h. */
#ifndef REMUCH_INDEX_WRITE_H
#define REMUCH_INDEX_WRITE_H

#include "index.h"

struct index_writer;

/* Blocks while another program holds the database for writing. Creates the database when there is none. -EIO with *ret_why. */
int index_writer_open(const struct index_conf *c, struct index_writer **ret, const char **ret_why);

/* Everything between begin and commit is one atomic section; commit returns when it is on disk and others may write; begin
 * waits for them. After -EIO only index_writer_close is of use. */
int index_writer_begin(struct index_writer *w);
int index_writer_commit(struct index_writer *w);

/* What the last section that was committed made of the index. What it changed has lastmod `after`; the two are equal if it changed nothing. */
struct index_section {
	struct index_version before;
	uint64_t             after;
};
void index_writer_section(const struct index_writer *w, struct index_section *ret);

/* Each is safe to apply twice. A message that is not there is no error. -EIO on others. */
int index_writer_tags(struct index_writer *w, struct str id, const struct str *add, size_t n_add,
	const struct str *remove, size_t n_remove);
/* Index a file (path below the mail root), unless it is known as one of message `id`. tags are given only to a message notmuch did not
 * know. *ret_id: its id, in a, or `id`. -ENOENT: no such file. -EBADMSG: not mail. */
int index_writer_add(struct index_writer *w, struct str id, const char *path, const struct str *tags, size_t n_tags, struct arena *a,
	struct str *ret_id);
/* Forget the file of message `id` whose directory is `dir` or dir/cur, dir/new and whose name up to ":2," is base. keep: not the last
 * one, since the message would lose its tags; index_writer_rename forgets that name when there is another. Not keep: there is no file
 * of it any more, so names that it had before, and that nobody told the index of, go with it. */
int index_writer_remove(struct index_writer *w, struct str id, struct str dir, struct str base, bool keep);
/* maildir.synchronize_flags: rename the files of message `id` to fit its tags; then fn with each path it now has, below the mail root.
 * A file that was renamed behind notmuch's back is looked for first. */
typedef void (*index_path_fn)(void *arg, struct str path);
int index_writer_rename(struct index_writer *w, struct str id, index_path_fn fn, void *arg);

/* Define a named query in the database; an empty text removes it. */
int index_writer_query(struct index_writer *w, struct str name, struct str text);

void index_writer_close(struct index_writer *w);

#endif
