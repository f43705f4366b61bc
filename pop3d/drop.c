#include "drop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "change.h"
#include "fd.h"

/* A mailbox is the octet of its number in one file. The kernel takes the lock back when the process ends, however it ends. */
static int lock(struct drop *d, const char *state_dir)
{
	struct flock octet = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = box_id(d->box), .l_len = 1 };
	const char  *path = arena_printf(&d->arena, "%s/pop3.lock", state_dir);
	int          fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	d->lock = fd;
	return fcntl(fd, F_OFD_SETLK, &octet) < 0 ? -errno : 0;
}

/* The messages of the view whose files are still there and can be read, and what they weigh. */
static int list_mails(struct drop *d)
{
	struct arena tmp = ARENA_INIT;
	uint32_t     n = box_count(d->box);
	struct row  *rows = ARENA_NEW_N(&tmp, n, struct row);
	int          r = box_rows(d->box, box_uids(d->box), n, rows);

	if (r == 0)
		r = box_sizes(d->box, rows, n);
	d->mails = ARENA_NEW_N(&d->arena, n, struct drop_mail);
	for (uint32_t i = 0; r == 0 && i < n; i++) {
		if (rows[i].uid == 0 || rows[i].size == ROW_SIZE_UNKNOWN)
			continue;
		d->mails[d->n++] = (struct drop_mail){
			.serial = rows[i].serial,
			.size = rows[i].size + (rows[i].open_line ? 2 : 0),     /* RETR closes an open last line */
			.uid = rows[i].uid,
		};
	}
	arena_free(&tmp);
	return r;
}

int drop_open(struct drop *d, struct store *s, const char *state_dir, struct str mailbox)
{
	int r;

	*d = (struct drop){ .store = s, .lock = -1 };
	r = box_open(s, mailbox, false, NULL, NULL, &d->box);
	if (r == 0)
		r = lock(d, state_dir);
	if (r < 0)
		return r;
	d->uidvalidity = box_uidvalidity(d->box);
	r = list_mails(d);
	drop_reset(d);
	return r;
}

void drop_close(struct drop *d)
{
	box_close(d->box);
	d->box = NULL;
	fd_closep(&d->lock);
	arena_free(&d->arena);
}

struct drop_mail *drop_mail(const struct drop *d, uint32_t number)
{
	return number >= 1 && number <= d->n ? &d->mails[number - 1] : NULL;
}

void drop_mark(struct drop *d, struct drop_mail *m)
{
	if (m->deleted)
		return;
	m->deleted = true;
	d->left--;
	d->size -= m->size;
}

void drop_reset(struct drop *d)
{
	d->left = d->n;
	d->size = 0;
	for (uint32_t i = 0; i < d->n; i++) {
		d->mails[i].deleted = false;
		d->size += d->mails[i].size;
	}
}

/* Marked as \Deleted, then expunged. Should the second step fail, the marks are taken off again where we put them:
 * otherwise some other client's EXPUNGE would remove what this one was told is still there. */
static int remove_uids(struct drop *d, const uint32_t *uids, size_t n)
{
	struct flag_change  mark = { .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX };
	struct row         *before = ARENA_NEW_N(&d->arena, n, struct row);
	uint32_t           *ours = ARENA_NEW_N(&d->arena, n, uint32_t);
	struct change_flagged done;
	const uint32_t     *gone;
	size_t              n_gone, n_ours = 0;
	int                 r = box_rows(d->box, uids, n, before);

	if (r == 0)
		r = change_flags(d->box, uids, n, &mark, &d->arena, &done);
	if (r < 0)
		return r;
	r = change_expunge(d->box, uids, n, &d->arena, &gone, &n_gone);
	if (r == 0)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (before[i].uid != 0 && !(before[i].flags & MAIL_DELETED))
			ours[n_ours++] = uids[i];
	mark.how = CHANGE_REMOVE;
	change_flags(d->box, ours, n_ours, &mark, &d->arena, &done);
	return r;
}

int drop_commit(struct drop *d)
{
	uint32_t *uids = ARENA_NEW_N(&d->arena, d->n, uint32_t);
	size_t    n = 0;

	for (uint32_t i = 0; i < d->n; i++)
		if (d->mails[i].deleted)
			uids[n++] = d->mails[i].uid;
	if (n == 0)
		return 0;
	box_watch(d->box);
	return remove_uids(d, uids, n);
}

void drop_uidl(const struct drop *d, const struct drop_mail *m, char out[DROP_UIDL_MAX + 1])
{
	snprintf(out, DROP_UIDL_MAX + 1, "%u.%u", d->uidvalidity, m->uid);
}
