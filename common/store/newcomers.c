#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "clock.h"
#include "journal.h"
#include "limits.h"
#include "newcomers_priv.h"

/* What notmuch new would give it: new.tags, and then what the name says (notmuch-config(1), maildir.synchronize_flags). */
static int tags_of_new(struct store *s, struct state_txn *t, struct str info, struct state_tags *ret)
{
	const struct index_conf *c = s->index_conf;
	bool                     named = c->synchronize_flags && info.n > 0;
	uint32_t                 flags = maildir_flags(info);   /* now: info may lie in the state, which is written */
	int                      r = state_tags_of(t, c->new_tags, c->n_new_tags, ret);

	if (r == 0 && named)
		ret->flags = flags;
	return r;
}

/* The mails that have its id. */
struct others {
	uint64_t *serials;
	size_t    n;
};

/* From a copy we have, else from the index and what it has still to learn, else those of new mail. */
static int tags_for(struct newcomers *all, struct state_txn *t, const struct newcomer *nc, const struct others *o, struct state_tags *ret)
{
	const struct str *tags = nc->tags;
	size_t            n_tags = nc->n_tags;
	bool              known = nc->known;
	int               r;

	if (o->n > 0)
		return state_tags_get(t, o->serials[0], ret);
	r = journal_tags(t, nc->id, &all->arena, &known, &tags, &n_tags);
	if (r < 0)
		return r;
	return known ? state_tags_of(t, tags, n_tags, ret) : tags_of_new(all->s, t, nc->file.info, ret);
}

/* notmuch new may be faster, and give the message tags of its own: what these lack and have too much. */
static int journal_difference(struct store *s, struct state_txn *t, struct state_mail *m, struct state_tags tags, struct arena *a)
{
	struct journal_record rec = { .kind = JOURNAL_TAGS, .id = m->id };
	struct state_mail     now;
	struct state_file     f;
	struct state_tags     new;
	struct state_tags_diff diff;
	struct str            info;
	int                   r = state_mail_get(t, m->serial, &now);

	if (r == 0)
		r = state_file_get(t, now.box, now.base, &f, &info);
	if (r == 0)
		r = tags_of_new(s, t, info, &new);
	if (r < 0 || (new.flags == tags.flags && new.kwset == tags.kwset))
		return r;
	r = state_tags_differ(t, new, tags, a, &diff);
	if (r < 0)
		return r;
	rec.add = diff.add;
	rec.n_add = diff.n_add;
	rec.remove = diff.remove;
	rec.n_remove = diff.n_remove;
	return journal_put(t, &rec);
}

int newcomers_journal(struct store *s, struct state_txn *t, struct state_mail *m, struct state_tags tags, bool known, struct arena *a)
{
	struct journal_record rec = { .kind = JOURNAL_INDEX, .serial = m->serial, .id = m->id };
	struct str           *add;
	int                   r = state_tags_list(t, tags, a, &add, &rec.n_add);

	rec.add = add;
	if (r == 0)
		r = journal_put(t, &rec);
	if (r == 0 && !known)
		r = journal_difference(s, t, m, tags, a);
	return r < 0 || known ? r : state_mail_unindexed_set(t, m->serial, true);
}

/* The tags first, for a message that others have indexed by now; else it gets them with its file. */
int newcomers_again(struct store *s, struct state_txn *t, struct str id, struct arena *a)
{
	struct state_tags tags;
	uint64_t         *serials;
	size_t            n;
	int               r = state_mails_of_id(t, id, a, &serials, &n);

	if (r == 0 && state_mails_unindexed(t, serials, n)) {
		r = state_tags_get(t, serials[0], &tags);
		if (r == 0)
			r = journal_difference(s, t, &(struct state_mail){ .serial = serials[0], .id = id }, tags, a);
	}
	return r < 0 ? r : journal_put(t, &(struct journal_record){ .kind = JOURNAL_FILES, .id = id });
}

static bool is_gone(struct newcomers *all, struct state_txn *t, uint64_t serial)
{
	struct buf path = BUF(4096);
	bool       gone = state_mail_path(all->s, t, serial, &path) == 0 && faccessat(all->s->root, buf_z(&path), F_OK, 0) < 0;

	buf_free(&path);
	return gone;
}

/* Is it the file of that mail, moved or linked by another program? */
static bool is_same_file(struct newcomers *all, struct state_txn *t, const struct newcomer *nc, uint64_t serial)
{
	struct state_mail m;
	struct row        row;

	if (state_mail_get(t, serial, &m) < 0 || state_row_get(t, m.box, m.uid, &row) < 0 || row.date != nc->date)
		return false;
	if (row.size != nc->size && row.size != ROW_SIZE_UNKNOWN && nc->size != ROW_SIZE_UNKNOWN)
		return false;
	return str_eq(m.base, nc->file.base) || is_gone(all, t, serial);
}

/* The content that it has from another mail, so that a message keeps its EMAILID wherever its file goes; 0: one of its own. Two
 * deliveries of one message are two contents. A sender can give all mail the same id: not all of it is compared with all. */
static uint64_t content_of(struct newcomers *all, struct state_txn *t, const struct newcomer *nc, const struct others *o)
{
	for (size_t i = 0; i < o->n && i < SAME_ID_MAX; i++)
		if (is_same_file(all, t, nc, o->serials[i]))
			return state_email(t, o->serials[i]);
	return 0;
}

static int add_one(struct newcomers *all, struct state_txn *t, struct state_box *b, struct newcomer *nc)
{
	struct state_mail m = { .box = b->id, .base = nc->file.base, .id = nc->id };
	struct row        row = { .size = nc->size, .open_line = nc->open_line, .date = nc->date, .saved = clock_now() };
	struct state_tags tags;
	struct state_file f;
	struct others     o;
	uint64_t          email;
	int               r;

	if (nc->id.n == 0 || state_file_get(t, b->id, nc->file.base, &f, NULL) == 0)
		return 0;
	if (!maildir_exists(all->s->root, all->dir, &nc->file)) {
		all->done.missed = true;
		return 0;
	}
	r = state_mails_of_id(t, nc->id, &all->arena, &o.serials, &o.n);
	if (r == 0)
		r = tags_for(all, t, nc, &o, &tags);
	if (r < 0)
		return r;
	if (state_mails_unindexed(t, o.serials, o.n))   /* what the index has by now, it has of others, who do not know these tags */
		nc->known = nc->known_file = false;
	m.uid = b->uidnext;
	email = content_of(all, t, nc, &o);
	r = state_mail_add(t, &m, nc->file.in_new, nc->file.info);
	if (r == 0 && email != 0)
		r = state_email_set(t, m.serial, email);
	if (r < 0)
		return r;
	row.serial = m.serial;
	row.flags = tags.flags;
	row.kwset = tags.kwset;
	r = state_row_add(t, b, &row);
	if (r < 0 || nc->known_file)
		return r;
	all->done.journal = true;
	return newcomers_journal(all->s, t, &m, tags, nc->known, &all->arena);
}

int newcomers_put(struct newcomers *all, struct state_txn *t, struct state_box *b, struct newcomers_done *ret)
{
	int r = all->revision != 0 && state_counter(t, "index-revision") > all->revision ? -EAGAIN : 0;

	for (size_t i = 0; r == 0 && i < all->n; i++)
		r = add_one(all, t, b, &all->v[i]);
	*ret = all->done;
	return r < 0 ? r : state_box_put(t, b, STR_NONE);
}
