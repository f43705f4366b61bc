#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "boxes.h"
#include "boxes_queries.h"
#include "boxes_tags.h"
#include "boxes_use.h"
#include "change.h"
#include "drain.h"
#include "fd.h"
#include "folders.h"
#include "journal.h"
#include "log.h"
#include "maildir.h"
#include "newcomers.h"
#include "state_metadata.h"
#include "sync.h"
#include "vec.h"

/* Attempts to empty a directory in which others are at work. */
enum { TRIES = 8 };

static const struct str inbox = STR_LIT("INBOX");

static int dir_of(struct store *s, struct arena *a, struct str name, const char **ret)
{
	struct buf b = BUF(4096);
	int        r = folders_dir(s, name, &b);

	if (r == 0)
		*ret = arena_z(a, buf_view(&b));
	buf_free(&b);
	return r;
}

static bool is_dir(struct store *s, const char *dir)
{
	struct stat st;

	return fstatat(s->root, dir, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

/* Make the names in the directory above `dir` durable. */
static int sync_above(struct store *s, struct arena *a, const char *dir)
{
	const char *slash = strrchr(dir, '/');
	const char *above = slash ? arena_z(a, (struct str){ dir, (size_t)(slash - dir) }) : ".";
	CLEAN(fd_closep) int fd = openat(s->root, above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

static int create(struct store *s, struct arena *a, struct str name, enum special_use use)
{
	struct state_box b;
	struct state_txn t;
	const char      *dir;
	int              r = dir_of(s, a, name, &dir);

	if (r < 0)
		return r;
	if (maildir_is(s->root, dir))
		return store_fail(s, -EEXIST, "the mailbox is there already");
	if (index_ignored(s->index_conf, dir))
		return store_fail(s, -EINVAL, "notmuch is told to ignore that name (new.ignore)");
	r = maildir_make(s->root, dir);
	if (r == 0)
		r = sync_above(s, a, dir);
	if (r < 0)
		return store_fail(s, r, "cannot make the folder: %s", strerror(-r));
	r = sync_box(s, name, NULL, NULL, &b);
	if (r < 0 || use == SPECIAL_NONE)
		return r;
	r = state_write(&s->state, &t);
	if (r == 0)
		r = boxes_use_set(&t, b.id, use);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* -EINVAL: a name that can be nothing. */
static int find(struct store *s, struct arena *a, struct str *name, struct vbox *ret)
{
	int r;

	*name = folders_name(s, a, *name);
	r = vbox_find(s, a, *name, ret);
	return r == -ENOENT ? 0 : r;            /* a query that is not defined: its kind says so */
}

int boxes_create(struct store *s, struct str name, enum special_use use)
{
	struct arena a = ARENA_INIT;
	struct vbox  v;
	int          r = find(s, &a, &name, &v);

	if (r == 0)
		r = v.kind == VBOX_FOLDER               ? create(s, &a, name, use)
		    : vbox_query_of(s, name).n > 0 ? boxes_queries_create(s, name)
		                                   : boxes_tags_create(s, &a, name, &v);
	arena_free(&a);
	return r;
}

/* The mails of a mailbox; the strings are in an arena. */
struct member {
	uint64_t          serial;
	struct state_tags tags;
	struct str        id, base;
};

struct members {
	struct member *p;
	size_t         n, cap;
	uint32_t       last;            /* the highest UID in it */
};

/* Add those that came after the last. */
static int add_members(struct state_txn *t, uint32_t box, struct arena *a, struct members *m)
{
	struct db_key     k = { .n = 0 };
	struct state_mail mail;
	struct db_walk    w;
	struct row        row;
	int               r;

	db_key_u32(&k, box);
	db_key_u32(&k, m->last + 1);
	r = db_walk_begin(t->db, STATE_ROW, db_key_view(&k), (struct str){ k.p, 4 }, &w);
	if (r < 0)
		return r;
	while (r == 0 && db_walk_next(&w)) {
		memcpy(&row, w.value.p, sizeof(row));
		r = state_mail_get(t, row.serial, &mail);
		if (r < 0)
			break;
		VEC_PUSH(m, ((struct member){ row.serial, { row.flags & MAIL_TAG_FLAGS, row.kwset }, arena_str(a, mail.id),
			arena_str(a, mail.base) }));
		m->last = row.uid;
	}
	db_walk_end(&w);
	return r;
}

/* The index shall have the files where they are now, */
static int journal_moved(struct store *s, struct state_txn *t, const struct members *m, struct arena *a)
{
	struct str *ids = ARENA_NEW_N(a, m->n, struct str);
	size_t      n = 0;
	int         r = 0;

	for (size_t i = 0; r == 0 && i < m->n; i++) {
		struct state_mail mail = { .serial = m->p[i].serial, .id = m->p[i].id };

		if (state_mail_unindexed(t, mail.serial))
			r = newcomers_journal(s, t, &mail, m->p[i].tags, false, a);
		else
			ids[n++] = mail.id;
	}
	return r < 0 ? r : journal_put_each(t, ids, n, &(struct journal_record){ .kind = JOURNAL_FILES });
}

/* or forget them. */
static int journal_deleted(struct state_txn *t, const struct members *m, const char *dir)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->n; i++)
		r = journal_put(t, &(struct journal_record){ .kind = JOURNAL_UNINDEX, .id = m->p[i].id, .dir = str_of(dir), .base = m->p[i].base });
	return r;
}

/* Annotations alone: copied to another mailbox, or dropped. */
static int pass_metadata(struct store *s, struct str from, struct str to)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = to.n > 0 ? state_metadata_copy(&t, from, to) : state_metadata_drop(&t, from);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Unlink all that lies in dir/sub, and sub itself. -ENOTEMPTY: there is something again. */
static int remove_once(struct store *s, struct arena *a, const char *dir, const char *sub)
{
	const char    *path = arena_printf(a, "%s%s%s", dir, *dir ? "/" : "", sub);
	int            fd = openat(s->root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;
	struct dirent *d;
	DIR           *stream;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	stream = fdopendir(fd);
	while (stream && r == 0 && (d = readdir(stream)))
		if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0 && unlinkat(fd, d->d_name, 0) < 0 && errno != ENOENT)
			r = -errno;
	closedir(stream);
	if (r == 0 && unlinkat(s->root, path, AT_REMOVEDIR) < 0 && errno != ENOENT)
		r = -errno;
	return r;
}

/* The drainer may be renaming files in it, or an MDA delivering to it. */
static int remove_sub(struct store *s, struct arena *a, const char *dir, const char *sub)
{
	int r = -ENOTEMPTY;

	for (int i = 0; r == -ENOTEMPTY && i < TRIES; i++)
		r = remove_once(s, a, dir, sub);
	return r;
}

static int remove_dir(struct store *s, struct arena *a, const char *dir)
{
	static const char *const subs[] = { "cur", "new", "tmp" };
	int r = 0;

	for (int i = 0; r == 0 && i < 3; i++)
		r = remove_sub(s, a, dir, subs[i]);
	if (r == 0 && unlinkat(s->root, dir, AT_REMOVEDIR) < 0 && errno != ENOTEMPTY && errno != EEXIST)
		r = -errno;
	return r == -ENOTEMPTY ? -EBUSY : r;
}

static int commit_delete(struct store *s, struct arena *a, uint32_t box, const char *dir, struct members *mails)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = add_members(&t, box, a, mails);
	if (r == 0)
		r = journal_deleted(&t, mails, dir);
	if (r == 0)
		r = state_box_drop(&t, box);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

/* Who was in it is read before the files go: another session may see them gone before the state is written, and drop their rows
 * without a word to the index. */
static int delete_box(struct store *s, struct arena *a, struct str name)
{
	struct members   mails = { 0 };
	struct state_box b;
	struct state_txn t;
	const char      *dir;
	int              r = dir_of(s, a, name, &dir);

	if (r < 0 || !is_dir(s, dir))
		return store_fail(s, -ENOENT, "there is no such mailbox");
	if (!maildir_is(s->root, dir))
		return unlinkat(s->root, dir, AT_REMOVEDIR) < 0 ? store_fail(s, -EEXIST, "it has mailboxes below it")
		                                                : pass_metadata(s, name, STR_NONE);
	r = sync_box(s, name, NULL, NULL, &b);
	if (r == 0)
		r = state_read(&s->state, &t);
	if (r == 0) {
		r = add_members(&t, b.id, a, &mails);
		state_abort(&t);
	}
	if (r == 0)
		r = remove_dir(s, a, dir);
	if (r == 0)
		r = commit_delete(s, a, b.id, dir, &mails);
	VEC_FREE(&mails);
	if (r < 0)
		return store_fail(s, r, "cannot remove the folder: %s", strerror(-r));
	drain_kick(s);
	return 0;
}

int boxes_delete(struct store *s, struct str name)
{
	struct arena a = ARENA_INIT;
	struct vbox  v;
	int          r = str_eq(name, inbox) ? store_fail(s, -EPERM, "INBOX stays") : find(s, &a, &name, &v);

	if (r == 0 && s->conf.inbox_query && str_eq(name, STR("Maildir")))
		r = store_fail(s, -EPERM, "that folder stays");

	if (r == 0)
		r = v.kind == VBOX_FOLDER               ? delete_box(s, &a, name)
		    : vbox_query_of(s, name).n > 0 ? boxes_queries_delete(s, name)
		                                   : boxes_tags_delete(s, &a, name, &v);
	arena_free(&a);
	return r;
}

/* RFC 9051 section 6.3.6: INBOX is renamed by moving what is in it; RFC 5464 section 4.1: its annotations are copied. */
static int rename_inbox(struct store *s, struct arena *a, struct str to)
{
	struct change_copied moved;
	struct box          *b;
	int                  r = boxes_create(s, to, SPECIAL_NONE);

	if (r == 0)
		r = pass_metadata(s, inbox, to);
	if (r == 0)
		r = box_open(s, inbox, false, NULL, NULL, &b);
	if (r < 0)
		return r;
	r = change_move(b, box_uids(b), box_count(b), to, a, &moved);
	box_close(b);
	return r;
}

struct renaming {
	uint32_t   id;
	struct str to;
};

/* Names of state mailboxes at or below `from`, and what they shall be. */
struct renamings {
	struct renaming *p;
	size_t           n, cap;
};

static int collect(struct store *s, struct arena *a, struct str from, struct str to, struct renamings *ret)
{
	struct state_txn t;
	struct db_walk   w;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = db_walk_begin(t.db, STATE_NAME, from, from, &w);
	while (r == 0 && db_walk_next(&w)) {
		struct str rest = str_from(w.key, from.n);

		if (rest.n == 0 || rest.p[0] == '/') {
			struct renaming n = { .id = db_be32(w.value.p) };

			n.to = str_of(arena_printf(a, "%.*s%.*s", STR_ARG(to), STR_ARG(rest)));
			VEC_PUSH(ret, n);
		}
	}
	db_walk_end(&w);
	state_abort(&t);
	return r;
}

/* Nested folders go with their directory; Maildir++ ones one by one. */
static int rename_dirs(struct store *s, struct arena *a, const char *from, const char *to)
{
	struct folder *f;
	size_t         n, len = strlen(from);
	int            r = 0;

	if (!s->conf.maildirpp)
		return renameat2(s->root, from, s->root, to, RENAME_NOREPLACE) < 0 ? -errno : 0;
	r = folders_walk(s, a, &f, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		const char *dir, *rest;

		r = dir_of(s, a, f[i].name, &dir);
		rest = dir + len;
		if (r < 0 || strncmp(dir, from, len) != 0 || (*rest != '\0' && *rest != '.'))
			continue;
		if (renameat2(s->root, dir, s->root, arena_printf(a, "%s%s", to, rest), RENAME_NOREPLACE) < 0)
			r = -errno;
	}
	return r;
}

static int make_above(struct store *s, struct arena *a, const char *dir)
{
	for (const char *slash = strchr(dir, '/'); slash; slash = strchr(slash + 1, '/'))
		if (mkdirat(s->root, arena_z(a, (struct str){ dir, (size_t)(slash - dir) }), 0700) < 0 && errno != EEXIST)
			return -errno;
	return 0;
}

static int commit_renames(struct store *s, struct arena *a, struct str from, struct str to, const struct renamings *all)
{
	struct state_txn t;
	struct state_box taken;
	int              r = state_write(&s->state, &t);

	for (size_t i = 0; r == 0 && i < all->n; i++) {
		struct members mails = { 0 };

		if (state_box_find(&t, all->p[i].to, &taken) == 0)      /* of a folder that is gone */
			r = state_box_drop(&t, taken.id);
		if (r == 0)
			r = add_members(&t, all->p[i].id, a, &mails);
		if (r == 0)
			r = journal_moved(s, &t, &mails, a);
		if (r == 0)
			r = state_box_rename(&t, all->p[i].id, all->p[i].to);
		VEC_FREE(&mails);
	}
	if (r == 0)
		r = state_metadata_rename(&t, from, to);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

static int rename_box(struct store *s, struct arena *a, struct str from, struct str to)
{
	struct renamings all = { 0 };
	const char      *from_dir, *to_dir;
	int              r = dir_of(s, a, to, &to_dir);

	if (r < 0)
		return r;
	r = dir_of(s, a, from, &from_dir);
	if (r < 0 || !is_dir(s, from_dir))
		return store_fail(s, -ENOENT, "there is no such mailbox");
	if (is_dir(s, to_dir))
		return store_fail(s, -EEXIST, "the new name is taken");
	if (str_starts(to, from) && to.p[from.n] == '/')
		return store_fail(s, -EINVAL, "a mailbox cannot be moved below itself");
	r = make_above(s, a, to_dir);
	if (r == 0)
		r = collect(s, a, from, to, &all);
	if (r == 0)
		r = rename_dirs(s, a, from_dir, to_dir);
	if (r == 0)
		r = sync_above(s, a, to_dir);
	if (r == 0)
		r = commit_renames(s, a, from, to, &all);
	VEC_FREE(&all);
	if (r < 0)
		return store_fail(s, r, "cannot rename the folder: %s", strerror(-r));
	drain_kick(s);
	return 0;
}

int boxes_rename(struct store *s, struct str from, struct str to)
{
	struct arena a = ARENA_INIT;
	struct vbox  v, target;
	int          r = find(s, &a, &from, &v);

	if (r == 0)
		r = find(s, &a, &to, &target);
	if (r == 0 && v.kind != VBOX_FOLDER && str_eq(from, inbox))
		r = store_fail(s, -EINVAL, "INBOX is what a query finds, and stays");
	if (r == 0 && vbox_query_of(s, from).n > 0 && vbox_query_of(s, to).n > 0)
		r = boxes_queries_rename(s, &a, from, to);
	else if (r == 0 && (v.kind != VBOX_FOLDER || target.kind != VBOX_FOLDER))
		r = boxes_tags_rename(s, &a, from, to, &v);
	else if (r == 0)
		r = str_eq(from, inbox) ? rename_inbox(s, &a, to) : rename_box(s, &a, from, to);
	arena_free(&a);
	return r;
}
