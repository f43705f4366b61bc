#include "mail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "box_priv.h"
#include "fd.h"
#include "folders.h"
#include "header.h"
#include "log.h"
#include "mail_file.h"
#include "maildir.h"
#include "octets.h"
#include "sync.h"

enum { TRIES = 5 };

int state_mail_path(struct store *s, struct state_txn *t, uint64_t serial, struct buf *b)
{
	struct state_mail m;
	struct state_file f;
	struct state_box  box;
	struct str        name, info, dir;
	struct buf        d = BUF(4096);
	int               r = state_mail_get(t, serial, &m);

	if (r == 0)
		r = state_file_get(t, m.box, m.base, &f, &info);
	if (r == 0)
		r = state_box_get(t, m.box, &box, &name);
	if (r == 0)
		r = folders_dir(s, name, &d);
	if (r == 0) {
		dir = buf_view(&d);
		maildir_path(b, dir, f.in_new != 0, m.base, info);
	}
	buf_free(&d);
	return r;
}

static int path_of(struct store *s, uint64_t serial, struct buf *b, struct buf *box_name)
{
	struct state_txn  t;
	struct state_mail m;
	struct state_box  box;
	struct str        name;
	int               r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_mail_path(s, &t, serial, b);
	if (r == 0)
		r = state_mail_get(&t, serial, &m);
	if (r == 0)
		r = state_box_get(&t, m.box, &box, &name);
	if (r == 0)
		buf_str(box_name, name);
	state_abort(&t);
	return r;
}

/* The name a drainer gives the file when it has caught up: letters of the flags, and those that are no flags as before. */
static int path_to_be(struct store *s, uint64_t serial, struct buf *b)
{
	struct state_txn  t;
	struct state_mail m;
	struct state_file f;
	struct state_box  box;
	struct row        row;
	struct str        name, info;
	struct buf        dir = BUF(4096), letters = BUF(64);
	int               r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_mail_get(&t, serial, &m);
	if (r == 0)
		r = state_file_get(&t, m.box, m.base, &f, &info);
	if (r == 0)
		r = state_row_get(&t, m.box, m.uid, &row);
	if (r == 0)
		r = state_box_get(&t, m.box, &box, &name);
	if (r == 0)
		r = folders_dir(s, name, &dir);
	if (r == 0) {
		maildir_info_of(&letters, row.flags, info);
		maildir_path(b, buf_view(&dir), false, m.base, buf_view(&letters));
	}
	state_abort(&t);
	buf_free(&dir);
	buf_free(&letters);
	return r;
}

/* Call fn with the mail's path; when the file is not there any more, try the name it should have by now, then follow its
 * folder, which costs more, and try its new name. That may be an old one at once: a drainer renames many files in a row. */
static int with_path(struct store *s, uint64_t serial, int (*fn)(struct store *s, const char *path, void *arg), void *arg)
{
	struct buf       path = BUF(4096), name = BUF(DB_KEY_MAX);
	struct state_box rec;
	int              r = path_of(s, serial, &path, &name);

	if (r == 0)
		r = fn(s, buf_z(&path), arg);
	if (r == -ENOENT && name.n > 0) {
		buf_reset(&path);
		r = path_to_be(s, serial, &path);
		if (r == 0)
			r = fn(s, buf_z(&path), arg);
	}
	for (int i = 0; r == -ENOENT && name.n > 0 && i < TRIES && sync_box(s, buf_view(&name), NULL, NULL, &rec) == 0; i++) {
		buf_reset(&path);
		buf_reset(&name);
		r = path_of(s, serial, &path, &name);
		if (r == 0)
			r = fn(s, buf_z(&path), arg);
	}
	if (r < 0)
		store_fail(s, r, "cannot read the message %s: %s", buf_z(&path), strerror(-r));
	buf_free(&path);
	buf_free(&name);
	return r;
}

void mail_unreadable(struct store *s, uint64_t serial, int r)
{
	struct buf path = BUF(4096), name = BUF(DB_KEY_MAX);

	if (path_of(s, serial, &path, &name) == 0)
		log_line(LOG_WARNING, "%s cannot be read: %s", buf_z(&path), strerror(-r));
	buf_free(&path);
	buf_free(&name);
}

static int open_file(struct store *s, const char *path, void *arg)
{
	const size_t *ahead = arg;

	return mail_file_ask(s->root, path, *ahead);
}

int mail_ask(struct store *s, uint64_t serial, size_t ahead)
{
	return with_path(s, serial, open_file, &ahead);
}

int mail_asked_open(int fd, struct mail *ret)
{
	CLEAN(fd_closep) int own = fd;
	struct mail_file f = { 0 };
	int              r = mail_file_read(own, &f);

	if (r == 0)
		*ret = (struct mail){ .bytes = f.bytes, .mapped = f.mapped };
	return r;
}

void mail_asked_drop(int fd)
{
	fd_closep(&fd);
}

int mail_open(struct store *s, uint64_t serial, struct mail *ret)
{
	return mail_asked_open(mail_ask(s, serial, 0), ret);
}

void mail_close(struct mail *m)
{
	struct mail_file f = { .bytes = m->bytes, .mapped = m->mapped };

	mail_file_close(&f);
	*m = (struct mail){ 0 };
}

/* Read on, twice as much each time, until the header's end is there. */
int mail_asked_header(int fd, size_t max, struct buf *b)
{
	CLEAN(fd_closep) int own = fd;
	size_t               start = b->n, piece = 8 * 1024;

	if (own < 0)
		return own;
	for (;;) {
		size_t     got = b->n - start;
		struct str all;
		char      *room;
		ssize_t    n;

		if (piece > max - got)
			piece = max - got;
		room = buf_room(b, piece);
		if (!room)
			return -EFBIG;
		n = piece > 0 ? read(own, room, piece) : 0;
		if (n < 0)
			return -errno;
		b->n += (size_t)n;
		all = str_from(buf_view(b), start);
		if (n == 0 || header_end(all) < all.n)
			return 0;
		piece *= 2;
	}
}

int mail_header(struct store *s, uint64_t serial, size_t max, struct buf *b)
{
	return mail_asked_header(mail_ask(s, serial, 0), max, b);
}

/* Count the octets of the row's file; ends fd. */
static void measure(struct store *s, int fd, struct row *row)
{
	CLEAN(mail_close) struct mail m = { 0 };
	uint32_t lines;
	int      r = mail_asked_open(fd, &m);

	if (r == 0) {
		row->size = octets_count(m.bytes, &lines);
		row->open_line = m.bytes.n > 0 && m.bytes.p[m.bytes.n - 1] != '\n';
	} else if (r == -ENOENT) {
		*row = (struct row){ 0 };
	} else {
		mail_unreadable(s, row->serial, r);
	}
}

static void measure_some(struct store *s, struct row *rows, const size_t *which, size_t n)
{
	int fd[MAIL_AHEAD];

	for (size_t i = 0; i < n; i++)
		fd[i] = mail_ask(s, rows[which[i]].serial, MAIL_AHEAD_OCTETS);
	for (size_t i = 0; i < n; i++)
		measure(s, fd[i], &rows[which[i]]);
}

static int keep_sizes(struct box *b, const struct row *rows, const size_t *which, size_t n)
{
	struct state_txn t;
	int              r = state_write(&b->s->state, &t);

	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct row *row = &rows[which[i]];

		r = row->uid != 0 && row->size != ROW_SIZE_UNKNOWN ? state_row_size(&t, b->id, row) : 0;
		r = r == -ENOENT ? 0 : r;
	}
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r == -ENOSPC || r == -EDQUOT ? 0 : r;            /* they are counted again next time */
}

int box_sizes(struct box *b, struct row *rows, size_t n)
{
	struct arena a = ARENA_INIT;
	size_t      *unknown = ARENA_NEW_N(&a, n, size_t), n_unknown = 0;
	int          r = 0;

	for (size_t i = 0; i < n; i++)
		if (rows[i].uid != 0 && rows[i].size == ROW_SIZE_UNKNOWN)
			unknown[n_unknown++] = i;
	for (size_t i = 0; i < n_unknown; i += MAIL_AHEAD)
		measure_some(b->s, rows, unknown + i, n_unknown - i < MAIL_AHEAD ? n_unknown - i : MAIL_AHEAD);
	if (n_unknown > 0)
		r = keep_sizes(b, rows, unknown, n_unknown);
	arena_free(&a);
	return r;
}
