/* A Maildir directory: cur, new and tmp, and the names in them. A file is known by its base name, up to ":2,"; the rest
 * (":2," and flag letters) is its info and changes. */
#ifndef REMUCH_MAILDIR_H
#define REMUCH_MAILDIR_H

#include <stdint.h>

#include "buf.h"
#include "spool.h"

/* So long after a directory was changed its time tells of later changes (maildir_list). */
enum { MAILDIR_SETTLE_MS = 30 };

struct maildir_entry {
	struct str base, info;
	bool       in_new;
};

/* A large directory takes 4 octets of memory for each file; the names are spooled. */
struct maildir_list {
	struct spool names;
	uint32_t    *v;                 /* places in it, sorted by base; a base is there once (cur/ wins) */
	size_t       n;
	int64_t      cur_mtime, new_mtime;      /* ns; 0 when too fresh to tell a later change from it */
	bool         only_new;          /* the files of new/ alone */
};

void maildir_split(struct str name, struct str *ret_base, struct str *ret_info);

/* Modification times of dir/cur and dir/new, ns. dir is below the descriptor root; "" is the root itself. -ENOENT, -errno */
int maildir_times(int root, const char *dir, int64_t *ret_cur, int64_t *ret_new);

/* A list with nothing but its times, as they are before anything is read. spool: the directory for names; NULL: memory. 0 or -errno. */
int maildir_list_begin(int root, const char *dir, const char *spool, struct maildir_list *ret);

/* Read both directories. 0 (free the list) or -errno. */
int maildir_scan(int root, const char *dir, const char *spool, struct maildir_list *ret);

/* The same, but new/ alone if cur/ still has that time, as of which its files are known. */
int maildir_scan_since(int root, const char *dir, const char *spool, int64_t cur_mtime, struct maildir_list *ret);
void maildir_list_free(struct maildir_list *l);

/* Keep the name of an entry of such a list; *ret is its place. -E2BIG: there are 4 GiB of names. */
int maildir_list_keep(struct maildir_list *l, const struct maildir_entry *e, uint32_t *ret);

/* The entry of a place, after spool_end() of the names; valid until the list is freed. */
struct maildir_entry maildir_list_at(const struct maildir_list *l, uint32_t place);

bool maildir_is(int root, const char *dir);             /* has cur and new */
int maildir_make(int root, const char *dir);            /* dir and its cur, new, tmp, where they are not there yet */

/* Path of an entry: dir/cur/base+info, appended to b. */
void maildir_path(struct buf *b, struct str dir, bool in_new, struct str base, struct str info);

/* A base name no other file has (cr.yp.to/proto/maildir.html), appended to b. Many that are made at once stand in order. */
struct maildir_names {
	char     before[64], after[72];         /* the octets around the number */
	uint64_t next;
};
void maildir_names_init(struct maildir_names *n);
void maildir_names_next(struct maildir_names *n, struct buf *b);
void maildir_unique(struct buf *b);             /* of one alone */

/* Is it there under this name? root and dir as above. */
bool maildir_exists(int root, struct str dir, const struct maildir_entry *e);

/* Flags of an info, and an info of flags (MAIL_* bits; ":2," and the letters in order). */
uint32_t maildir_flags(struct str info);
void maildir_info(struct buf *b, uint32_t flags);
void maildir_info_of(struct buf *b, uint32_t flags, struct str old);     /* with the letters of `old` that are no flags */

/* When the file was delivered, for the order of UIDs: the number its name begins with; 0 when that is no date. */
int64_t maildir_delivered(struct str base);

#endif
