#include "change_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "fd.h"
#include "folders.h"
#include "maildir.h"
#include "sync_virtual.h"

enum { TRIES = 4 };

struct looking {
	struct box      *b;
	struct state_txn t;
	struct arena    *a;
	uint32_t         home;          /* the folder that was looked at last, */
	char            *home_dir;      /* and its directory; NULL: none yet */
};

static int begin(struct looking *l, struct box *b, struct arena *a)
{
	*l = (struct looking){ .b = b, .a = a };
	return state_read(&b->s->state, &l->t);
}

static int find_home(struct looking *l, uint32_t box)
{
	struct buf       dir = BUF(4096);
	struct state_box rec;
	struct str       name;
	int              r;

	if (l->home_dir && l->home == box)
		return 0;
	r = state_box_get(&l->t, box, &rec, &name);
	if (r == 0)
		r = folders_dir(l->b->s, name, &dir);
	if (r == 0) {
		l->home = box;
		l->home_dir = arena_z(l->a, buf_view(&dir));
	}
	buf_free(&dir);
	return r;
}

static int look_up_file(struct looking *l, struct change_file *f)
{
	struct buf        path = BUF(4096);
	struct state_mail m;
	struct state_file file;
	struct str        info;
	int               r = state_mail_get(&l->t, f->serial, &m);

	if (r == 0)
		r = state_file_get(&l->t, m.box, m.base, &file, &info);
	if (r == 0)
		r = find_home(l, m.box);
	if (r < 0)
		return r;
	maildir_path(&path, str_of(l->home_dir), file.in_new != 0, m.base, info);
	f->path = arena_z(l->a, buf_view(&path));
	buf_free(&path);
	f->email = state_email(&l->t, f->serial);
	f->home = m.box;
	f->home_uid = m.uid;
	f->home_dir = l->home_dir;
	f->id = arena_str(l->a, m.id);
	f->base = arena_str(l->a, m.base);
	f->unindexed = state_mail_unindexed(&l->t, f->serial);
	return 0;
}

static int look_up(struct looking *l, struct change_file *f)
{
	int r = state_row_get(&l->t, l->b->id, f->uid, &f->row);

	if (r < 0)
		return r;
	if (!f->further)
		f->serial = f->row.serial;
	return look_up_file(l, f);
}

int change_files(struct box *b, const uint32_t *uids, size_t n, struct arena *a, struct change_file **ret, size_t *ret_n)
{
	struct change_file *f = ARENA_NEW_N(a, n, struct change_file);
	struct looking      l;
	size_t              k = 0;
	int                 r = begin(&l, b, a);

	for (size_t i = 0; r == 0 && i < n; i++) {
		f[k].uid = uids[i];
		r = look_up(&l, &f[k]);
		k += r == 0;
		r = r == -ENOENT ? 0 : r;
	}
	state_abort(&l.t);
	if (r < 0)
		return r;
	*ret = f;
	*ret_n = k;
	return 0;
}

int change_files_all(struct box *b, const uint32_t *uids, size_t n, struct arena *a, struct change_file **ret, size_t *ret_n)
{
	struct change_file *first;
	struct looking      l;
	VEC(struct change_file) all = { 0 };
	size_t              n_first;
	int                 r = change_files(b, uids, n, a, &first, &n_first);

	if (r == 0)
		r = begin(&l, b, a);
	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < n_first; i++) {
		uint64_t *serials;
		size_t    n_serials;

		VEC_PUSH(&all, first[i]);
		r = state_mails_of_id(&l.t, first[i].id, a, &serials, &n_serials);
		for (size_t k = 0; r == 0 && k < n_serials; k++) {
			struct change_file f = { .uid = first[i].uid, .serial = serials[k], .further = true };

			if (serials[k] != first[i].serial && look_up(&l, &f) == 0)
				VEC_PUSH(&all, f);
		}
	}
	state_abort(&l.t);
	*ret = ARENA_NEW_N(a, all.n, struct change_file);
	if (all.n > 0)
		memcpy(*ret, all.p, all.n * sizeof(**ret));
	*ret_n = all.n;
	VEC_FREE(&all);
	return r;
}

/* Follow the folder, and take the missing ones' new names. */
static int find_again(struct box *b, struct change_file *f, size_t n, struct arena *a)
{
	struct state_box rec;
	struct looking   l;
	int              r = sync_mailbox(b->s, str_of(b->name), NULL, NULL, &rec);

	if (r == 0)
		r = begin(&l, b, a);
	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < n; i++)
		if (f[i].missing) {
			r = look_up(&l, &f[i]);
			f[i].missing = r == -ENOENT;
			r = r == -ENOENT ? 0 : r;
		}
	state_abort(&l.t);
	return r;
}

static int each(struct change_file *f, size_t n, change_file_fn fn, void *arg, size_t *ret_missing)
{
	*ret_missing = 0;
	for (size_t i = 0; i < n; i++) {
		int r = f[i].done || f[i].missing ? 0 : fn(arg, &f[i]);

		if (r < 0 && r != -ENOENT)
			return r;
		f[i].missing |= r == -ENOENT;
		f[i].done = !f[i].missing;
		*ret_missing += f[i].missing;
	}
	return 0;
}

int change_files_each(struct box *b, struct change_file *f, size_t n, struct arena *a, change_file_fn fn, void *arg)
{
	size_t missing;
	int    r = each(f, n, fn, arg, &missing);

	for (int i = 0; r == 0 && missing > 0 && i < TRIES; i++) {
		r = find_again(b, f, n, a);
		if (r == 0)
			r = each(f, n, fn, arg, &missing);
	}
	return r;
}

static int sync_dir(struct store *s, struct arena *a, const char *dir, const char *sub)
{
	CLEAN(fd_closep) int fd = openat(s->root, arena_printf(a, "%s%s%s", dir, *dir ? "/" : "", sub), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

int change_files_sync(struct store *s, const char *dir, bool new_too)
{
	struct arena a = ARENA_INIT;
	int          r = sync_dir(s, &a, dir, "cur");

	if (r == 0 && new_too)
		r = sync_dir(s, &a, dir, "new");
	arena_free(&a);
	return r;
}
