#include <errno.h>
#include <stdio.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "box_priv.h"
#include "change.h"
#include "change_files.h"
#include "change_virtual.h"
#include "clock.h"
#include "deliver.h"
#include "drain.h"
#include "folders.h"
#include "journal.h"
#include "keywords.h"
#include "maildir.h"
#include "newcomers.h"
#include "state_rows.h"
#include "sync.h"
#include "sync_virtual.h"
#include "vbox.h"

struct copying {
	struct box         *from;
	struct store       *s;
	struct arena       *a;
	struct state_box    to;
	const char         *to_dir;
	bool                move;               /* rename the files */
	const struct flag_change *leave;        /* how messages leave a virtual mailbox; NULL: not by tags */
	bool                undelete;           /* they come out of \Trash: the tag for deleted mail goes */
	struct str          tag;                /* given to them too, since they are moved to its mailbox; n is 0: none */
	struct state_box    tag_box;
	struct maildir_names names;
	struct change_file *f;
	size_t              n;
	struct str         *learn;              /* the messages whose files the index has to look at */
	size_t              n_learn;
};

/* A new name, which the old one's unique part and mbsync's ",U=" are no part of. */
static char *new_path(struct copying *c, const struct change_file *f)
{
	struct buf base = BUF(512), info = BUF(64), path = BUF(4096);
	char      *z;

	maildir_names_next(&c->names, &base);
	maildir_info(&info, f->row.flags);
	maildir_path(&path, str_of(c->to_dir), false, buf_view(&base), buf_view(&info));
	z = arena_z(c->a, buf_view(&path));
	buf_free(&base);
	buf_free(&info);
	buf_free(&path);
	return z;
}

/* Between file systems, or where no hard links are: the octets. */
static int copy_file(struct copying *c, struct change_file *f)
{
	int r = deliver_copy(c->s->root, f->path, c->to_dir, f->to, f->row.date);

	if (r == 0 && c->move && unlinkat(c->s->root, f->path, 0) < 0)
		r = -errno;
	return r;
}

static int place(void *arg, struct change_file *f)
{
	struct copying *c = arg;
	int             root = c->s->root, r;

	f->to = new_path(c, f);
	r = c->move ? renameat(root, f->path, root, f->to) : linkat(root, f->path, root, f->to, 0);
	if (r < 0)
		r = -errno;
	if (r == -EXDEV || (!c->move && (r == -EPERM || r == -EMLINK || r == -EOPNOTSUPP)))
		r = copy_file(c, f);
	if (r < 0)
		f->to = NULL;
	return r;
}

/* None of them, then. */
static void undo(struct copying *c)
{
	for (size_t i = 0; i < c->n; i++) {
		if (!c->f[i].to)
			continue;
		if (c->move)
			renameat(c->s->root, c->f[i].to, c->s->root, c->f[i].path);
		else
			unlinkat(c->s->root, c->f[i].to, 0);
	}
}

/* The folder that rows are taken out of. */
struct leaving {
	struct state_box  own;
	struct state_box *b;            /* NULL: none yet; else own, or the destination when that is the same folder */
	struct state_rows rows;
};

static int leave_end(struct copying *c, struct state_txn *t, struct leaving *l)
{
	int r = l->b ? state_rows_end(&l->rows) : 0;

	if (r == 0 && l->b == &l->own)
		r = state_box_put(t, l->b, STR_NONE);
	l->b = NULL;
	return r;
}

static int leave_begin(struct copying *c, struct state_txn *t, struct leaving *l, uint32_t home)
{
	int r = l->b && l->b->id == home ? 0 : leave_end(c, t, l);

	if (r < 0 || l->b)
		return r;
	if (home != c->to.id)
		r = state_box_get(t, home, &l->own, NULL);
	if (r < 0)
		return r;
	r = state_rows_begin(t, home == c->to.id ? &c->to : &l->own, &l->rows);
	if (r == 0)
		l->b = l->rows.b;
	return r;
}

/* The rows of all, out of the folders the files were in. Another session's sync may have dropped some already. */
static int take_out(struct copying *c, struct state_txn *t)
{
	struct leaving l = { .b = NULL };
	struct row     row;
	int            r = 0, e;

	for (size_t i = 0; r == 0 && i < c->n; i++) {
		struct change_file *f = &c->f[i];

		if (!f->to)
			continue;
		r = leave_begin(c, t, &l, f->home);
		if (r == 0)
			r = state_rows_get(&l.rows, f->home_uid, &row);
		f->taken = r == 0;
		r = r == 0 ? state_rows_expunge(&l.rows, &row) : r == -ENOENT ? 0 : r;
	}
	e = leave_end(c, t, &l);
	return r < 0 ? r : e;
}

/* Another session's sync was faster: it made a new mail of the file. */
static int take_over(struct copying *c, struct state_txn *t, const struct change_file *f, uint64_t serial, uint32_t *ret_uid)
{
	struct state_mail m;
	struct row        row;
	int               r = state_mail_get(t, serial, &m);

	if (r == 0)
		r = state_row_get(t, m.box, m.uid, &row);
	if (r < 0)
		return r;
	*ret_uid = m.uid;
	r = state_row_flags(t, &c->to, &row, row.flags | (f->row.flags & MAIL_DELETED), row.kwset);
	if (r == 0)
		r = state_email_set(t, serial, f->email);
	return r == 0 && f->taken ? state_mail_drop(t, f->serial) : r;
}

/* The file in its new place: a mail that was moved stays the same one. The index, if it knows the message, learns of many at once. */
static int put_in(struct copying *c, struct state_txn *t, struct state_rows *rows, struct change_file *f, uint32_t *ret_uid)
{
	struct state_mail m = { .serial = f->serial, .box = c->to.id, .uid = c->to.uidnext, .id = f->id };
	struct row        row = f->row;
	struct state_file file;
	struct str        info;
	int               r;

	maildir_split(str_of(strrchr(f->to, '/') + 1), &m.base, &info);
	if (!f->unindexed)
		c->learn[c->n_learn++] = f->id;
	if (state_file_get(t, c->to.id, m.base, &file, NULL) == 0)
		return take_over(c, t, f, file.serial, ret_uid);
	r = f->taken ? state_mail_move(t, &m, info) : state_mail_add(t, &m, false, info);
	if (r == 0 && !f->taken)
		r = state_email_set(t, m.serial, f->email);
	if (r < 0)
		return r;
	row.serial = m.serial;
	row.saved = clock_now();
	r = state_rows_add(rows, &row);
	*ret_uid = row.uid;
	if (r < 0 || !f->unindexed)
		return r;
	return newcomers_journal(c->s, t, &m, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset }, false, c->a);
}

static int put_all_in(struct copying *c, struct state_txn *t, struct change_copied *ret)
{
	uint32_t         *from = ARENA_NEW_N(c->a, c->n, uint32_t), *to = ARENA_NEW_N(c->a, c->n, uint32_t);
	struct state_rows rows;
	int               r = state_rows_begin(t, &c->to, &rows), e;

	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < c->n; i++) {
		uint32_t uid = 0;

		if (!c->f[i].to)
			continue;
		r = put_in(c, t, &rows, &c->f[i], &uid);
		if (c->f[i].further)
			continue;
		from[ret->n] = c->f[i].uid;
		to[ret->n++] = uid;
	}
	e = state_rows_end(&rows);
	ret->from = from;
	ret->to = to;
	ret->uidvalidity = c->to.uidvalidity;
	return r < 0 ? r : e;
}

static bool all_there(const struct copying *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->f[i].to && faccessat(c->s->root, c->f[i].to, F_OK, 0) < 0)
			return false;
	return true;
}

static int transfer(struct copying *c, struct state_txn *t, struct change_copied *ret)
{
	struct row row;
	int        r = state_box_get(t, c->to.id, &c->to, NULL);

	c->learn = ARENA_NEW_N(c->a, c->n, struct str);
	/* What was changed since the rows were read counts. */
	for (size_t i = 0; r == 0 && i < c->n; i++)
		if (state_row_get(t, c->from->id, c->f[i].uid, &row) == 0)
			c->f[i].row = row;
	/* Who removed a file already, and who read the directory then, knows nothing of the row: it is to be read again (dirwatch.h). */
	if (r == 0 && !all_there(c))
		c->to.cur_mtime = STATE_READ_AGAIN;
	if (r == 0 && c->move)
		r = take_out(c, t);
	if (r == 0)
		r = put_all_in(c, t, ret);
	if (r == 0)
		r = state_box_put(t, &c->to, STR_NONE);
	return r < 0 ? r : journal_put_each(t, c->learn, c->n_learn, &(struct journal_record){ .kind = JOURNAL_FILES });
}

static int sync_homes(struct copying *c)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < c->n; i++)
		if (i == 0 || strcmp(c->f[i].home_dir, c->f[i - 1].home_dir) != 0)
			r = change_files_sync(c->s, c->f[i].home_dir, true);
	return r;
}

/* The messages, each once: UIDs and ids. */
static size_t list_messages(struct copying *c, uint32_t **ret_uids, struct str **ret_ids)
{
	uint32_t   *uids = ARENA_NEW_N(c->a, c->n, uint32_t);
	struct str *ids = ARENA_NEW_N(c->a, c->n, struct str);
	size_t      n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->f[i].to && !c->f[i].further) {
			ids[n] = c->f[i].id;
			uids[n++] = c->f[i].uid;
		}
	*ret_uids = uids;
	*ret_ids = ids;
	return n;
}

/* Does one of them have the tag for deleted mail? */
static bool any_deleted(struct copying *c)
{
	struct keyword_set set = { 0 };
	uint32_t           last = 0;    /* the empty set */

	for (size_t i = 0; i < c->n; i++) {
		if (c->f[i].row.kwset == last)
			continue;
		last = c->f[i].row.kwset;
		if (keywords_of(c->s, last, &set) < 0)
			continue;
		for (size_t k = 0; k < set.n; k++)
			if (str_eq(set.tags[k], str_of(c->s->conf.deleted_tag)))
				return true;
	}
	return false;
}

/* The tags that say where the messages are. Not by their UIDs: another session's sync may have seen the files move, and have taken them
 * out. */
static int change_tags(struct copying *c, struct state_txn *t)
{
	struct change_flagged done;
	struct flag_change    without, give, *all = NULL;
	struct str           *ids;
	uint32_t             *uids;
	size_t                n = list_messages(c, &uids, &ids);
	int                   r;

	if (c->undelete) {
		change_virtual_tag(c->a, str_of(c->s->conf.deleted_tag), false, &without);
		all = &without;
	}
	if (c->tag.n > 0) {
		change_virtual_tag(c->a, c->tag, true, &give);
		give.then = all;
		all = &give;
	}
	r = all ? change_flags_of(t, c->s, ids, n, all, c->a, &done) : 0;
	if (r < 0 || c->tag.n > 0)
		return r;
	return c->leave ? change_virtual_out(t, c->from, ids, n, c->leave, c->a, &done) : 0;
}

static int run(struct copying *c, struct change_copied *ret)
{
	struct change_copied done = { 0 };
	struct state_txn     t = { 0 };
	int                  r;

	maildir_names_init(&c->names);
	r = change_files_each(c->from, c->f, c->n, c->a, place, c);
	if (r == 0)
		r = change_files_sync(c->s, c->to_dir, false);
	if (r == 0 && c->move)
		r = sync_homes(c);
	if (r == 0)
		r = state_write(&c->s->state, &t);
	if (r == 0)
		r = transfer(c, &t, &done);
	if (r == 0)
		r = change_tags(c, &t);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	if (r < 0)
		undo(c);
	else
		*ret = done;
	return r;
}

/* Out of a folder into a tag. The file has to go somewhere: *to becomes that folder. */
static int to_tag(struct copying *c, struct str *to, const struct vbox *v)
{
	int r = sync_virtual(c->s, *to, v, NULL, NULL, &c->tag_box);

	c->tag = v->arg;
	return r < 0 ? r : change_virtual_home(c->s, c->a, box_name(c->from), *to, to);
}

/* The client asked for the tag's mailbox: COPYUID speaks of that. */
static int tell_places(struct copying *c, struct change_copied *ret)
{
	struct str *ids;
	uint32_t   *uids;
	size_t      n = list_messages(c, &uids, &ids);

	return change_virtual_places(c->s, ids, uids, n, &c->tag_box, c->a, ret);
}

static int start(struct box *b, const uint32_t *uids, size_t n, struct str to, bool move, struct arena *a,
	struct change_copied *ret)
{
	struct copying     c = { .from = b, .s = b->s, .a = a, .move = move };
	struct flag_change leave;
	struct buf         dir = BUF(4096);
	struct vbox        v;
	int                r;

	to = folders_name(b->s, a, to);
	r = vbox_find(b->s, a, to, &v);
	if (r == -EINVAL)
		r = -ENOENT;
	if (r < 0)
		return r;
	if (move && v.kind == VBOX_TAG && b->v.kind == VBOX_FOLDER)
		r = to_tag(&c, &to, &v);
	else if (v.kind != VBOX_FOLDER)
		return change_virtual_copy(b, uids, n, to, &v, move, a, ret);
	if (r < 0)
		return r;
	if (move && b->v.kind != VBOX_FOLDER) {
		change_virtual_way(b, a, &leave);
		c.leave = &leave;
		c.move = change_virtual_takes_files(b->s, to);
	}
	r = sync_known(b->s, to, &c.to);
	if (r == 0)
		r = folders_dir(b->s, to, &dir);
	c.to_dir = arena_z(a, buf_view(&dir));
	buf_free(&dir);
	if (r < 0)
		return r;
	r = c.leave && c.move ? change_files_all(b, uids, n, a, &c.f, &c.n) : change_files(b, uids, n, a, &c.f, &c.n);
	c.undelete = r == 0 && move && b->v.kind == VBOX_FOLDER && any_deleted(&c) && !str_eq(box_name(b), to) &&
	             change_virtual_is(b->s, box_name(b), SPECIAL_TRASH);
	if (r == 0)
		r = run(&c, ret);
	if (r == 0 && c.tag.n > 0)
		r = tell_places(&c, ret);
	if (r < 0)
		return store_fail(b->s, r, "cannot %s the messages: %s", move ? "move" : "copy", strerror(-r));
	drain_kick(b->s);
	return 0;
}

int change_copy(struct box *b, const uint32_t *uids, size_t n, struct str to, struct arena *a, struct change_copied *ret)
{
	return start(b, uids, n, to, false, a, ret);
}

int change_move(struct box *b, const uint32_t *uids, size_t n, struct str to, struct arena *a, struct change_copied *ret)
{
	if (b->readonly)
		return store_fail(b->s, -EROFS, "the mailbox was opened read-only");
	return start(b, uids, n, to, true, a, ret);
}
