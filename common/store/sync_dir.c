#include "sync.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drain.h"
#include "folders.h"
#include "journal.h"
#include "mail.h"
#include "maildir.h"
#include "newcomers.h"
#include "sync_diff.h"
#include "vec.h"

enum {
	STEP = 4096,                    /* newcomers in one transaction: LMDB keeps the memory of the pages that the largest one changed */
	TRIES = 5,
};

/* Letters that came or went with a rename by mutt, mbsync or notmuch are tags that came or went. While the index has tags of
 * the message to learn, a rename may be our own drainer's, half way, and says nothing. */
static int take_letters(struct state_txn *t, const struct state_mail *m, uint32_t was, uint32_t is, struct arena *a, bool *ret_told)
{
	static const struct { uint32_t flag; struct str tag; } names[] = {
		{ MAIL_DRAFT, STR_LIT("draft") }, { MAIL_FLAGGED, STR_LIT("flagged") }, { MAIL_FORWARDED, STR_LIT("passed") },
		{ MAIL_ANSWERED, STR_LIT("replied") }, { MAIL_SEEN, STR_LIT("unread") },
	};
	struct str            add[5], remove[5];
	struct journal_record rec = { .kind = JOURNAL_TAGS, .id = arena_str(a, m->id), .add = add, .remove = remove };
	struct row            row;
	uint32_t              flags;
	int                   r = state_row_get(t, m->box, m->uid, &row);

	if (r < 0)
		return r;
	flags = (row.flags & MAIL_TAG_FLAGS & ~(was & ~is)) | (is & ~was);
	for (size_t i = 0; i < 5; i++) {
		uint32_t f = names[i].flag;

		if ((flags & f) == (row.flags & f))
			continue;
		if (((flags & f) != 0) != (f == MAIL_SEEN))
			add[rec.n_add++] = names[i].tag;
		else
			remove[rec.n_remove++] = names[i].tag;
	}
	*ret_told = rec.n_add + rec.n_remove > 0;
	if (!*ret_told)
		return 0;
	r = journal_put(t, &rec);
	return r < 0 ? r : state_tags_apply(t, rec.id, (struct state_tags){ flags, row.kwset });
}

/* asked: the index has no name of the file, or one that is none any more. Where the letters tell nothing new, that still has to be told. */
static int take_renamed(struct store *s, struct state_txn *t, uint32_t box, const struct renamed *n, bool asked, struct arena *a)
{
	struct state_file f;
	struct state_mail m;
	uint32_t          was = maildir_flags(n->info), is = maildir_flags(n->now.info);
	bool              told = false;
	int               r = state_file_get(t, box, n->now.base, &f, NULL);

	if (r < 0 || f.serial != n->serial)
		return r == -ENOENT ? 0 : r;
	f.in_new = n->now.in_new;
	r = state_file_put(t, box, n->now.base, &f, n->now.info);
	if (r == 0)
		r = state_mail_get(t, f.serial, &m);
	if (r < 0 || journal_pending(t, m.id, JOURNAL_TAGS))
		return r;
	if (was != is && s->index_conf->synchronize_flags)
		r = take_letters(t, &m, was, is, a, &told);
	return r == 0 && asked && !told ? newcomers_again(s, t, arena_str(a, m.id), a) : r;
}

/* Unless somebody has seen it come back, and has noted under which name. */
static int take_gone(struct store *s, struct state_txn *t, struct state_box *b, struct str dir, struct str base, uint64_t *ret_serial)
{
	struct maildir_entry known = { .base = base };
	struct state_file    f;
	struct state_mail    m;
	int                  r = state_file_get(t, b->id, base, &f, &known.info);

	known.in_new = r == 0 && f.in_new;
	if (r == 0 && maildir_exists(s->root, dir, &known))
		return 0;
	if (r == 0)
		r = state_mail_get(t, f.serial, &m);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	*ret_serial = f.serial;
	r = state_row_expunge(t, b, m.uid);
	return r < 0 ? r : state_mail_drop(t, f.serial);
}

/* When the directory was as it has been compared. Nothing, if somebody has asked for a reading meanwhile. */
static void note_times(struct state_box *b, const struct sync_diff *d)
{
	if (b->cur_mtime != STATE_READ_AGAIN || d->asked)
		b->cur_mtime = d->list.cur_mtime;
	b->new_mtime = d->list.new_mtime;
}

/* A name that was heard has just been looked for, in the same transaction. */
static int change(struct store *s, struct state_txn *t, struct state_box *b, struct str dir, struct sync_diff *d, uint64_t *serials)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < d->renamed.n; i++)
		if (d->heard || maildir_exists(s->root, dir, &d->renamed.p[i].now))
			r = take_renamed(s, t, b->id, &d->renamed.p[i], d->asked, &d->arena);
	if (r == 0)
		r = state_box_get(t, b->id, b, NULL);
	for (size_t i = 0; r == 0 && i < d->gone.n; i++)
		r = take_gone(s, t, b, dir, d->gone.p[i], &serials[i]);
	note_times(b, d);
	return r < 0 ? r : state_box_put(t, b, STR_NONE);
}

static bool is_nothing(const struct state_box *b, const struct sync_diff *d)
{
	struct state_box noted = *b;

	note_times(&noted, d);
	return d->renamed.n + d->gone.n == 0 && noted.cur_mtime == b->cur_mtime && noted.new_mtime == b->new_mtime;
}

static int by_delivery(const void *a, const void *b, void *list)
{
	struct str x = maildir_list_at(list, *(const uint32_t *)a).base, y = maildir_list_at(list, *(const uint32_t *)b).base;
	int64_t    dx = maildir_delivered(x), dy = maildir_delivered(y);

	return dx != dy ? (dx < dy ? -1 : 1) : str_cmp(x, y);
}

/* Where all names begin with a date, their order is that of delivery already. */
static void sort_added(struct sync_diff *d)
{
	size_t i = 1;

	while (i < d->added.n && by_delivery(&d->added.p[i - 1], &d->added.p[i], &d->list) <= 0)
		i++;
	if (i < d->added.n)
		qsort_r(d->added.p, d->added.n, sizeof(*d->added.p), by_delivery, &d->list);
}

/* What differs, on its way into the state. */
struct step {
	struct store     *s;
	struct state_box *b;
	const char       *dir;
	struct sync_diff *d;
	size_t            at, n;        /* of d->added */
	struct index_tagsets *tags;
	bool              all;          /* then renames, losses and times, too */
	struct newcomers_done done;
	uint64_t         *serials;      /* of those that are gone */
};

static void ask_tags(struct step *st)
{
	index_tagsets_free(st->tags);
	st->tags = newcomers_tags(st->s, st->d->added.n - st->at);
}

static struct newcomers *look_at_files(struct step *st, struct arena *a)
{
	struct maildir_entry *files = ARENA_NEW_N(a, st->n, struct maildir_entry);

	for (size_t i = 0; i < st->n; i++)
		files[i] = maildir_list_at(&st->d->list, st->d->added.p[st->at + i]);
	return newcomers_look(st->s, str_of(st->dir), files, st->n, st->tags);
}

static int put(struct step *st, struct state_txn *t, struct newcomers *nc)
{
	int r = 0;

	if (st->all && st->d->heard)
		r = sync_diff_again(st->s, t, st->b->id, st->dir, st->d);
	if (r == 0)
		r = state_box_get(t, st->b->id, st->b, NULL);
	if (r == 0 && st->all && st->n == 0 && is_nothing(st->b, st->d))
		return 0;
	if (r == 0 && st->n > 0)
		r = newcomers_put(nc, t, st->b, &st->done);
	st->serials = ARENA_NEW_N(&st->d->arena, st->d->gone.n, uint64_t);
	if (r == 0 && st->all)
		r = change(st->s, t, st->b, str_of(st->dir), st->d, st->serials);
	return r < 0 ? r : state_commit(t);
}

/* One durable transaction. -ENODATA: read the directory. */
static int take_step(struct step *st)
{
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	int              r = -EAGAIN;

	for (int i = 0; r == -EAGAIN && i < TRIES; i++) {
		struct newcomers *nc = look_at_files(st, &a);

		r = state_write(&st->s->state, &t);
		if (r == 0)
			r = put(st, &t, nc);
		state_abort(&t);
		newcomers_free(nc);
		arena_reset(&a);
		if (r == -EAGAIN)
			ask_tags(st);
	}
	arena_free(&a);
	if (r == 0 && st->all)
		mail_cache_drop(st->s, st->serials, st->d->gone.n);
	return r;
}

/* Newcomers, in steps, and if all is wanted the renames, the losses and the times of the directory that was compared. *ret_missed: some
 * have another name by now. */
static int apply(struct store *s, struct state_box *b, const char *dir, struct sync_diff *d, bool all, box_progress progress, void *arg,
	bool *ret_missed)
{
	struct step st = { .s = s, .b = b, .dir = dir, .d = d };
	bool        journal = false;
	int         r = 0;

	*ret_missed = false;
	sort_added(d);
	ask_tags(&st);
	while (r == 0 && (st.at < d->added.n || (all && !st.all))) {
		st.n = d->added.n - st.at < STEP ? d->added.n - st.at : STEP;
		st.all = all && st.at + st.n == d->added.n;
		st.done = (struct newcomers_done){ false, false };
		r = take_step(&st);
		journal |= st.done.journal;
		*ret_missed |= st.done.missed;
		st.at += st.n;
		if (progress && st.n > 0)
			progress(arg, st.at, d->added.n);
	}
	index_tagsets_free(st.tags);
	if (journal || (r == 0 && all && d->renamed.n > 0))
		drain_kick(s);
	return r;
}

/* Those of its directory that the state does not know. */
static int take_newcomers(struct store *s, struct state_box *b, const char *dir)
{
	struct sync_diff d = { .arena = ARENA_INIT };
	bool             missed;
	int              r = sync_diff_read(s, b->id, dir, &d);

	if (r == 0)
		r = apply(s, b, dir, &d, false, NULL, NULL, &missed);
	sync_diff_free(&d);
	return r;
}

static int look_in(struct store *s, struct str name, uint32_t but)
{
	struct buf       dir = BUF(4096);
	struct state_box b;
	struct state_txn t;
	int64_t          cur, new;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_box_find(&t, name, &b);
	state_abort(&t);
	if (r < 0 || b.id == but)
		return r == -ENOENT ? 0 : r;
	r = folders_dir(s, name, &dir);
	if (r == 0)
		r = maildir_times(s->root, buf_z(&dir), &cur, &new);
	if (r == 0 && (b.cur_mtime != cur || b.new_mtime != new))
		r = take_newcomers(s, &b, buf_z(&dir));
	buf_free(&dir);
	return r == -ENOENT || r == -ENOTDIR ? 0 : r;
}

/* What is gone from one folder may have gone to another: it comes there first, so that the message keeps its tags, and its UIDs in
 * mailboxes that are no folders. */
static int look_elsewhere(struct store *s, uint32_t but)
{
	struct arena   a = ARENA_INIT;
	struct folder *f;
	size_t         n;
	int            r = folders_walk(s, &a, &f, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		if (f[i].is_maildir)
			r = look_in(s, f[i].name, but);
	arena_free(&a);
	return r;
}

/* What differs, by name if what was done is known by name. */
static int look(struct store *s, uint32_t box, const char *dir, struct sync_diff *d)
{
	int r = sync_diff_heard(s, box, dir, d);

	if (r != -ENODATA)
		return r;
	sync_diff_free(d);
	dirwatch_begin(s, box, dir);
	r = sync_diff_read(s, box, dir, d);
	return r < 0 ? r : sync_diff_confirm(s, dir, d);
}

static int take(struct store *s, struct state_box *b, const char *dir, struct sync_diff *d, box_progress progress, void *arg, bool *ret_missed)
{
	int r = d->gone.n > 0 ? look_elsewhere(s, b->id) : 0;

	if (r == 0)
		r = apply(s, b, dir, d, true, progress, arg, ret_missed);
	if (r == 0)
		dirwatch_trust(s, b->id);
	return r;
}

static int follow(struct store *s, struct state_box *b, const char *dir, box_progress progress, void *arg, bool *ret_missed)
{
	struct sync_diff d = { .arena = ARENA_INIT };
	int              r = look(s, b->id, dir, &d);

	if (r == 0)
		r = take(s, b, dir, &d, progress, arg, ret_missed);
	sync_diff_free(&d);
	*ret_missed |= r == -ENODATA;
	return r == -ENODATA ? 0 : r;
}

static int find_or_make(struct store *s, struct str name, struct state_box *ret)
{
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_box_find(&t, name, ret);
	state_abort(&t);
	if (r != -ENOENT)
		return r;
	r = state_write(&s->state, &t);
	if (r == 0) {
		r = state_box_find(&t, name, ret);
		if (r == -ENOENT)
			r = state_box_make(&t, name, ret);
	}
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

int sync_known(struct store *s, struct str name, struct state_box *ret_box)
{
	struct buf       dir = BUF(4096);
	struct state_txn t;
	int              r = folders_dir(s, name, &dir);

	if (r < 0 || !maildir_is(s->root, buf_z(&dir))) {
		buf_free(&dir);
		return store_fail(s, -ENOENT, "there is no such mailbox");
	}
	r = state_read(&s->state, &t);
	if (r == 0) {
		r = state_box_find(&t, name, ret_box);
		state_abort(&t);
	}
	if (r == -ENOENT || (r == 0 && ret_box->uidnext == 1))
		r = sync_box(s, name, NULL, NULL, ret_box);
	if (r == 0)
		sync_watch(s, ret_box->id, buf_z(&dir));
	buf_free(&dir);
	return r;
}

static bool differs(const struct state_box *b, int64_t cur, int64_t new)
{
	return b->cur_mtime != cur || b->new_mtime != new || cur == 0 || new == 0;
}

void sync_watch(struct store *s, uint32_t box, const char *dir)
{
	struct state_box b;
	struct state_txn t;
	int64_t          cur, new;

	if (!dirwatch_aim(s, box, dir) || maildir_times(s->root, dir, &cur, &new) < 0 || state_read(&s->state, &t) < 0)
		return;
	if (state_box_get(&t, box, &b, NULL) == 0 && !differs(&b, cur, new))
		dirwatch_trust(s, box);
	state_abort(&t);
}

static int find(struct store *s, uint32_t box, struct state_box *ret, struct buf *ret_dir)
{
	struct state_txn t;
	struct str       name;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_box_get(&t, box, ret, &name);
	if (r == 0)
		r = folders_dir(s, name, ret_dir);
	state_abort(&t);
	return r;
}

int sync_heard(struct store *s, uint32_t box)
{
	struct sync_diff d = { .arena = ARENA_INIT };
	struct buf       dir = BUF(4096);
	struct state_box b;
	bool             missed;
	int              r = find(s, box, &b, &dir);

	dirwatch_listen(s);
	if (r == 0)
		r = sync_diff_heard(s, b.id, buf_z(&dir), &d);
	if (r == 0)
		r = take(s, &b, buf_z(&dir), &d, NULL, NULL, &missed);
	sync_diff_free(&d);
	buf_free(&dir);
	return r == -ENOENT || r == -ENODATA ? 0 : r;
}

int sync_box(struct store *s, struct str name, box_progress progress, void *arg, struct state_box *ret_box)
{
	struct buf       dir = BUF(4096);
	struct state_box b;
	int64_t          cur, new;
	bool             missed = true;
	int              r = folders_dir(s, name, &dir);

	if (r == -EINVAL)
		r = -ENOENT;
	dirwatch_listen(s);
	if (r == 0)
		r = maildir_times(s->root, buf_z(&dir), &cur, &new);
	if (r == -ENOENT || r == -ENOTDIR)
		r = store_fail(s, -ENOENT, "there is no such mailbox");
	else if (r == 0)
		r = find_or_make(s, name, &b);
	if (r == 0 && !differs(&b, cur, new))
		dirwatch_trust(s, b.id);
	else
		for (int i = 0; r == 0 && missed && i < TRIES; i++)
			r = follow(s, &b, buf_z(&dir), progress, arg, &missed);
	if (r < 0 && r != -ENOENT)
		store_fail(s, r, "cannot follow the folder %s: %s", buf_z(&dir), strerror(-r));
	buf_free(&dir);
	if (r == 0)
		*ret_box = b;
	return r;
}
