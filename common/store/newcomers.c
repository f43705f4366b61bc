#include "newcomers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "die.h"
#include "fd.h"
#include "journal.h"
#include "limits.h"
#include "log.h"
#include "mail_file.h"
#include "message_id.h"
#include "octets.h"

struct newcomer {
	const struct maildir_entry *file;
	struct str                  id;         /* empty: it could not be read */
	uint64_t                    size;
	bool                        open_line;
	int64_t                     date;
	bool                        known;      /* the index knows the message */
	bool                        known_file; /* and this file of it */
	const struct str           *tags;       /* of the message that the index knows */
	size_t                      n_tags;
};

struct newcomers {
	struct store    *s;
	struct arena     arena;
	struct newcomer *v;
	size_t           n, at;                 /* at: the next that is put */
	struct str       dir;
	uint64_t         revision;              /* of the index when the tags were read */
	struct newcomers_done done;
};

static void look_at(struct newcomers *all, struct newcomer *nc)
{
	CLEAN(mail_file_close) struct mail_file f = { 0 };
	struct buf path = BUF(4096);
	uint32_t   lines;
	int        r;

	maildir_path(&path, all->dir, nc->file->in_new, nc->file->base, nc->file->info);
	r = mail_file_open(all->s->root, buf_z(&path), &f);
	if (r < 0 && r != -ENOENT)
		log_line(LOG_WARNING, "%s cannot be read and is not served: %s", buf_z(&path), strerror(-r));
	buf_free(&path);
	all->done.missed |= r == -ENOENT;
	if (r < 0)
		return;
	nc->id = arena_str(&all->arena, message_id_notmuch(&all->arena, f.bytes));
	nc->date = f.mtime;
	nc->size = f.mapped ? ROW_SIZE_UNKNOWN : octets_count(f.bytes, &lines);
	nc->open_line = !f.mapped && f.bytes.n > 0 && f.bytes.p[f.bytes.n - 1] != '\n';
}

static void take_tags(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct newcomers *all = arg;
	struct str   *copy = ARENA_NEW_N(&all->arena, n, struct str);

	for (size_t k = 0; k < n; k++)
		copy[k] = arena_str(&all->arena, tags[k]);
	all->v[i].known = known;
	all->v[i].tags = copy;
	all->v[i].n_tags = n;
}

/* Which files of dir/cur and dir/new the index has. */
static int ask_files(struct newcomers *all, struct index *x, bool in_new)
{
	struct str *names = ARENA_NEW_N(&all->arena, all->n, struct str);
	size_t     *at = ARENA_NEW_N(&all->arena, all->n, size_t), n = 0;
	bool       *known = ARENA_NEW_N(&all->arena, all->n, bool);
	char       *dir = arena_printf(&all->arena, "%.*s%s%s", STR_ARG(all->dir), all->dir.n > 0 ? "/" : "", in_new ? "new" : "cur");
	int         r;

	for (size_t i = 0; i < all->n; i++) {
		const struct maildir_entry *e = all->v[i].file;

		if (e->in_new != in_new || !all->v[i].known)
			continue;
		names[n] = str_of(arena_printf(&all->arena, "%.*s%.*s", STR_ARG(e->base), STR_ARG(e->info)));
		at[n++] = i;
	}
	r = n > 0 ? index_knows_files(x, dir, names, n, known) : 0;
	for (size_t i = 0; r == 0 && i < n; i++)
		all->v[at[i]].known_file = known[i];
	return r;
}

static void ask_index(struct newcomers *all)
{
	struct index        *x = store_index(all->s);
	struct index_version version;
	struct str          *ids = ARENA_NEW_N(&all->arena, all->n, struct str);

	if (!x)
		return;
	index_version(x, &version);
	all->revision = version.revision;
	for (size_t i = 0; i < all->n; i++)
		ids[i] = all->v[i].id;
	if (index_tags(x, ids, all->n, take_tags, all) == 0 && ask_files(all, x, false) == 0)
		ask_files(all, x, true);
}

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

/* From a copy we have, else from the index and what it has still to learn, else those of new mail. */
static int tags_for(struct newcomers *all, struct state_txn *t, const struct newcomer *nc, struct state_tags *ret)
{
	struct state_mail m;
	struct row        row;
	const struct str *tags = nc->tags;
	size_t            n, n_tags = nc->n_tags;
	bool              known = nc->known;
	uint64_t         *serials;
	int               r = state_mails_of_id(t, nc->id, &all->arena, &serials, &n);

	if (r == 0 && n > 0) {
		r = state_mail_get(t, serials[0], &m);
		if (r == 0)
			r = state_row_get(t, m.box, m.uid, &row);
		if (r == 0)
			*ret = (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset };
		return r;
	}
	if (r == 0)
		r = journal_tags(t, nc->id, &all->arena, &known, &tags, &n_tags);
	if (r < 0)
		return r;
	return known ? state_tags_of(t, tags, n_tags, ret) : tags_of_new(all->s, t, nc->file->info, ret);
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
	struct db_key         k = { .n = 0 };
	struct str           *add;
	int                   r = state_tags_list(t, tags, a, &add, &rec.n_add);

	rec.add = add;
	if (r == 0)
		r = journal_put(t, &rec);
	if (r == 0 && !known)
		r = journal_difference(s, t, m, tags, a);
	if (r < 0 || known)
		return r;
	db_key_u64(&k, m->serial);
	return db_put(t->db, STATE_UNINDEXED, db_key_view(&k), STR(""));
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
	return str_eq(m.base, nc->file->base) || is_gone(all, t, serial);
}

/* The content that it has from another mail, so that a message keeps its EMAILID wherever its file goes; 0: one of its own. Two
 * deliveries of one message are two contents. A sender can give all mail the same id: not all of it is compared with all. */
static int content_of(struct newcomers *all, struct state_txn *t, const struct newcomer *nc, uint64_t *ret)
{
	uint64_t *serials;
	size_t    n;
	int       r = state_mails_of_id(t, nc->id, &all->arena, &serials, &n);

	*ret = 0;
	for (size_t i = 0; r == 0 && i < n && i < SAME_ID_MAX && *ret == 0; i++)
		if (is_same_file(all, t, nc, serials[i]))
			*ret = state_email(t, serials[i]);
	return r;
}

static int add_one(struct newcomers *all, struct state_txn *t, struct state_box *b, struct newcomer *nc)
{
	struct state_mail m = { .box = b->id, .base = nc->file->base, .id = nc->id };
	struct row        row = { .size = nc->size, .open_line = nc->open_line, .date = nc->date, .saved = clock_now() };
	struct state_tags tags;
	struct state_file f;
	uint64_t          email;
	int               r;

	if (nc->id.n == 0 || state_file_get(t, b->id, nc->file->base, &f, NULL) == 0)
		return 0;
	if (!maildir_exists(all->s->root, all->dir, nc->file)) {
		all->done.missed = true;
		return 0;
	}
	r = tags_for(all, t, nc, &tags);
	if (r < 0)
		return r;
	m.uid = b->uidnext;
	r = content_of(all, t, nc, &email);
	if (r == 0)
		r = state_mail_add(t, &m, nc->file->in_new, nc->file->info);
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

int newcomers_put(struct newcomers *all, size_t n, struct state_txn *t, struct state_box *b, struct newcomers_done *ret)
{
	size_t end = all->at + n;
	int    r = all->revision != 0 && state_counter(t, "index-revision") > all->revision ? -EAGAIN : 0;

	for (; r == 0 && all->at < end; all->at++)
		r = add_one(all, t, b, &all->v[all->at]);
	*ret = all->done;
	return r < 0 ? r : state_box_put(t, b, STR_NONE);
}

struct newcomers *newcomers_look(struct store *s, struct str dir, const struct maildir_entry *const *files, size_t n)
{
	struct newcomers *all = calloc(1, sizeof(*all));

	if (!all)
		die_memory();
	*all = (struct newcomers){ .s = s, .arena = ARENA_INIT, .n = n, .dir = dir };
	all->v = ARENA_NEW_N(&all->arena, n, struct newcomer);
	for (size_t i = 0; i < n; i++) {
		all->v[i].file = files[i];
		look_at(all, &all->v[i]);
	}
	if (n > 0)
		ask_index(all);
	return all;
}

void newcomers_free(struct newcomers *all)
{
	if (!all)
		return;
	arena_free(&all->arena);
	free(all);
}
