/* First the index: all records of a batch in one atomic section, committed. Then the state: the records go, and what the index
 * answered is noted, in one transaction. Killed in between, the batch is applied once more, which changes nothing. */
#include "drain_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "dirwatch.h"
#include "drain_watch.h"
#include "index_conf_edit.h"
#include "journal.h"
#include "log.h"
#include "maildir.h"
#include "newcomers.h"
#include "strmap.h"
#include "sync.h"
#include "vec.h"

enum {
	BATCH = 10000,
	SECTION_MS = 15 * 1000,         /* for so long others wait at most for the index's lock */
};

/* What the index knows now and the state has to learn: the names of a message's files. In front of them those under which it was to
 * take the files. */
struct named {
	struct str id;
	size_t     asked, first, end;   /* in paths */
};

struct indexed {
	uint64_t   serial;
	struct str id;                  /* as notmuch has it */
};

struct batch {
	struct store          *s;
	struct index_writer   *w;
	struct arena           arena;
	struct journal_record *recs;
	size_t                 n;
	VEC(struct str) paths;
	VEC(struct named) named;
	VEC(struct indexed) indexed;
};

static void take_path(void *arg, struct str path)
{
	struct batch *b = arg;

	VEC_PUSH(&b->paths, arena_str(&b->arena, path));
}

/* asked: those of paths from there on were to be taken. */
static int rename_files(struct batch *b, struct str id, size_t asked)
{
	struct named names = { .id = id, .asked = asked, .first = b->paths.n };
	int          r = index_writer_rename(b->w, id, take_path, b);

	names.end = b->paths.n;
	VEC_PUSH(&b->named, names);
	return r;
}

/* *ret empty: the mail is gone. */
static int path_of(struct batch *b, uint64_t serial, struct buf *ret)
{
	struct state_txn t;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_mail_path(b->s, &t, serial, ret);
	state_abort(&t);
	if (r == -ENOENT)
		buf_reset(ret);
	return r == -ENOENT ? 0 : r;
}

/* A file of the message `id`, and the tags it has. */
struct file {
	uint64_t    serial;
	struct str  id;
	const char *path;
	struct str *tags;
	size_t      n_tags;
};

/* f->id becomes what notmuch calls the message; empty: the file is not indexed. */
static int add_file(struct batch *b, struct file *f)
{
	struct indexed done = { .serial = f->serial };
	int            r = index_writer_add(b->w, f->id, f->path, f->tags, f->n_tags, &b->arena, &done.id);

	take_path(b, str_of(f->path));
	f->id = done.id;
	if (r == 0) {
		VEC_PUSH(&b->indexed, done);
	} else if (r != -EIO) {
		log_line(r == -ENOENT ? LOG_DEBUG : LOG_WARNING, "%s is not indexed: %s", f->path,
			r == -EBADMSG ? "notmuch does not take it for mail" : strerror(-r));
		r = 0;
	}
	return r;
}

static int index_file(struct batch *b, const struct journal_record *rec)
{
	struct buf  path = BUF(8192);
	struct file f = { .serial = rec->serial, .id = rec->id, .tags = (struct str *)rec->add, .n_tags = rec->n_add };
	size_t      asked = b->paths.n;
	int         r = path_of(b, rec->serial, &path);

	if (r == 0 && path.n > 0) {
		f.path = buf_z(&path);
		r = add_file(b, &f);
		if (r == 0)
			r = rename_files(b, f.id.n > 0 ? f.id : rec->id, asked);
	}
	buf_free(&path);
	return r;
}

static int read_file(struct batch *b, struct state_txn *t, uint64_t serial, struct file *ret)
{
	struct buf        path = BUF(8192);
	struct state_mail m;
	struct row        row;
	int               r = state_mail_path(b->s, t, serial, &path);

	if (r == 0)
		r = state_mail_get(t, serial, &m);
	if (r == 0)
		r = state_row_get(t, m.box, m.uid, &row);
	if (r == 0)
		r = state_tags_list(t, (struct state_tags){ row.flags & MAIL_TAG_FLAGS, row.kwset }, &b->arena, &ret->tags, &ret->n_tags);
	if (r == 0) {
		ret->serial = serial;
		ret->id = arena_str(&b->arena, m.id);
		ret->path = arena_z(&b->arena, buf_view(&path));
	}
	buf_free(&path);
	return r;
}

/* Those that the state has of the message. */
static int read_files(struct batch *b, struct str id, struct file **ret, size_t *ret_n)
{
	struct state_txn t;
	uint64_t        *serials;
	size_t           n = 0;
	int              r = state_read(&b->s->state, &t);

	if (r < 0)
		return r;
	r = state_mails_of_id(&t, id, &b->arena, &serials, &n);
	*ret = ARENA_NEW_N(&b->arena, n, struct file);
	*ret_n = n;
	for (size_t i = 0; r == 0 && i < n; i++)
		r = read_file(b, &t, serials[i], &(*ret)[i]);
	state_abort(&t);
	return r;
}

/* The names that the index has too many go as soon as there are others: index_writer_rename. */
static int index_files(struct batch *b, struct str id)
{
	struct file *f;
	size_t       n, asked = b->paths.n;
	int          r = read_files(b, id, &f, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		r = add_file(b, &f[i]);
	return r < 0 ? r : rename_files(b, id, asked);
}

static bool is_there(struct store *s, struct str path)
{
	struct buf z = BUF(8192);
	bool       there;

	buf_str(&z, path);
	there = faccessat(s->root, buf_z(&z), F_OK, 0) == 0;
	buf_free(&z);
	return there;
}

/* A file that was moved twice may be nowhere near the name that is to be indexed, and then the old name is all that the index has of the
 * message. Where none of its files is there any more, a name that was kept would never go. */
static bool is_alive(struct batch *b, struct str id)
{
	struct file *f;
	size_t       n;
	bool         there = read_files(b, id, &f, &n) < 0;

	for (size_t i = 0; !there && i < n; i++)
		there = is_there(b->s, str_of(f[i].path));
	return there;
}

static bool same_message_next(const struct batch *b, size_t i)
{
	return i + 1 < b->n && b->recs[i + 1].kind == JOURNAL_TAGS && str_eq(b->recs[i + 1].id, b->recs[i].id);
}

/* A file that cannot be written must not hold up the rest. */
static int define_query(struct batch *b, const struct journal_record *rec)
{
	int r = index_conf_edit(b->s->index_conf, rec->query, rec->text);

	if (r < 0)
		log_line(LOG_ERR, "the query %.*s cannot be changed in %s: %s", STR_ARG(rec->query), b->s->index_conf->config, strerror(-r));
	return index_writer_query(b->w, rec->query, rec->text);
}

static int apply_one(struct batch *b, size_t i)
{
	const struct journal_record *rec = &b->recs[i];
	int                          r;

	switch (rec->kind) {
	case JOURNAL_TAGS:
		r = index_writer_tags(b->w, rec->id, rec->add, rec->n_add, rec->remove, rec->n_remove);
		return r < 0 || same_message_next(b, i) ? r : rename_files(b, rec->id, b->paths.n);
	case JOURNAL_INDEX:
		return index_file(b, rec);
	case JOURNAL_UNINDEX:
		return index_writer_remove(b->w, rec->id, rec->dir, rec->base, is_alive(b, rec->id));
	case JOURNAL_FILES:
		return index_files(b, rec->id);
	case JOURNAL_QUERY:
		return define_query(b, rec);
	}
	log_line(LOG_WARNING, "a record of unknown kind %d in the journal was dropped", (int)rec->kind);
	return 0;
}

static int apply(struct batch *b)
{
	int64_t until = clock_ms() + SECTION_MS;
	size_t  done = 0;
	int     r = index_writer_begin(b->w);

	drain_watch(b->s, b->recs, b->n);
	while (r == 0 && done < b->n && (done == 0 || clock_ms() < until || same_message_next(b, done - 1))) {
		r = apply_one(b, done++);
		if (done % DRAIN_LISTEN == 0)
			dirwatch_listen(b->s);
	}
	b->n = done;
	return r < 0 ? r : index_writer_commit(b->w);
}

/* "Sent/cur/1.host:2,S": directory "Sent", base name "1.host", info ":2,S". */
static bool split(struct str path, struct str *ret_dir, bool *ret_new, struct str *ret_base, struct str *ret_info)
{
	size_t at = path.n;

	while (at > 0 && path.p[at - 1] != '/')
		at--;
	if (at < 4)
		return false;
	maildir_split(str_from(path, at), ret_base, ret_info);
	*ret_new = str_ends(str_mid(path, 0, at - 1), STR("new"));
	*ret_dir = str_mid(path, 0, at - 4);
	return true;
}

/* Somebody gave a file another name after we did, and a session may have read the directory since: it is to be read again, so that the
 * new name is compared with ours. */
static int read_again(struct state_txn *t, uint32_t box)
{
	struct state_box b;
	int              r = state_box_get(t, box, &b, NULL);

	b.cur_mtime = STATE_READ_AGAIN;
	return r < 0 ? r : state_box_put(t, &b, STR_NONE);
}

/* The file of one mail has this name now, if it is that mail's file: *ret_is. */
static int note_name(struct batch *b, struct state_txn *t, uint64_t serial, struct str path, struct str old, bool *ret_is)
{
	struct state_mail m;
	struct state_file f;
	struct str        dir, base, info, old_dir, old_base, old_info;
	bool              in_new, was_new;
	int               r;

	if (!split(path, &dir, &in_new, &base, &info) || !split(old, &old_dir, &was_new, &old_base, &old_info) || !str_eq(dir, old_dir) ||
	    !str_eq(base, old_base))
		return 0;
	*ret_is = true;
	if (in_new == was_new && str_eq(info, old_info))
		return 0;
	r = state_mail_get(t, serial, &m);
	if (r == 0)
		r = state_file_get(t, m.box, base, &f, NULL);
	if (r < 0)
		return r;
	f.in_new = in_new;
	r = state_file_put(t, m.box, base, &f, info);
	return r == 0 && !is_there(b->s, path) ? read_again(t, m.box) : r;
}

static bool was_asked(const struct batch *b, const struct named *names, struct str path)
{
	for (size_t i = names->asked; i < names->first; i++)
		if (str_eq(b->paths.p[i], path))
			return true;
	return false;
}

/* The index has no name of the file. *ret_lost: it has one in the state, under which the index was not to take it. */
static int note_unnamed(struct batch *b, struct state_txn *t, uint64_t serial, const struct named *names, struct str path, bool *ret_lost)
{
	struct state_mail m;
	int               r = state_mail_get(t, serial, &m);

	if (r < 0)
		return r;
	if (!is_there(b->s, path))
		return read_again(t, m.box);
	*ret_lost |= !was_asked(b, names, path);
	return 0;
}

static int note_mail(struct batch *b, struct state_txn *t, uint64_t serial, const struct named *names, bool *ret_lost)
{
	struct buf old = BUF(8192);
	bool       known = false;
	int        r = state_mail_path(b->s, t, serial, &old);

	for (size_t i = names->first; r == 0 && !known && i < names->end; i++)
		r = note_name(b, t, serial, b->paths.p[i], buf_view(&old), &known);
	if (r == 0 && !known)
		r = note_unnamed(b, t, serial, names, buf_view(&old), ret_lost);
	buf_free(&old);
	return r == -ENOENT ? 0 : r;
}

/* A file that somebody renames again and again is never where it was just seen: the index does not find it, or forgets it (index_write.c,
 * follow). Once it rests it is to be looked for: now, if the state has its name, or when that will have been read. */
static int note_message(struct batch *b, struct state_txn *t, const struct named *names)
{
	uint64_t *serials;
	size_t    n;
	bool      lost = false;
	int       r = state_mails_of_id(t, names->id, &b->arena, &serials, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		r = note_mail(b, t, serials[i], names, &lost);
	if (r == 0 && lost)
		r = newcomers_again(b->s, t, names->id, &b->arena);
	return r;
}

/* What the index said last of each message. */
static int note_names(struct batch *b, struct state_txn *t)
{
	struct strmap noted = { 0 };
	int           r = 0;

	for (size_t i = b->named.n; r == 0 && i-- > 0;) {
		uint32_t n = noted.n;

		if (strmap_add(&noted, b->named.p[i].id) == n)
			r = note_message(b, t, &b->named.p[i]);
	}
	strmap_free(&noted);
	return r;
}

static int note_indexed(struct batch *b, struct state_txn *t, const struct indexed *x)
{
	struct state_mail m;
	int               r = state_mail_get(t, x->serial, &m);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (!str_eq(m.id, x->id)) {
		log_line(LOG_DEBUG, "notmuch calls a message %.*s, not %.*s", STR_ARG(x->id), STR_ARG(m.id));
		/* The record is rewritten, so nothing may point into it. */
		m.base = arena_str(&b->arena, m.base);
		m.id = x->id;
		r = state_mail_set(t, &m);
	}
	return r < 0 ? r : state_mail_unindexed_set(t, x->serial, false);
}

/* The messages whose files were read. */
static int look_back(struct batch *b, struct sync_drained **ret)
{
	struct str          *ids = ARENA_NEW_N(&b->arena, b->indexed.n, struct str);
	struct index_section done;

	for (size_t i = 0; i < b->indexed.n; i++)
		ids[i] = b->indexed.p[i].id;
	index_writer_section(b->w, &done);
	return sync_drained_look(b->s, &done, ids, b->indexed.n, ret);
}

static int note(struct batch *b)
{
	struct sync_drained *drained;
	struct state_txn     t = { 0 };
	int                  r = look_back(b, &drained);

	if (r == 0)
		r = state_write(&b->s->state, &t);
	for (size_t i = 0; r == 0 && i < b->indexed.n; i++)
		r = note_indexed(b, &t, &b->indexed.p[i]);
	if (r == 0)
		r = note_names(b, &t);
	if (r == 0)
		r = journal_remove(&t, b->recs, b->n);
	if (r == 0)
		r = sync_drained_put(drained, &t);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	sync_drained_free(drained);
	return r;
}

int drain_batch(struct store *s, struct index_writer **w, size_t *ret_n, const char **ret_why)
{
	struct batch b = { .s = s, .arena = ARENA_INIT };
	int          r = journal_read(&s->state, BATCH, &b.arena, &b.recs, &b.n);

	if (r == 0 && b.n > 0 && !*w)
		r = index_writer_open(s->index_conf, w, ret_why);
	b.w = *w;
	if (r == 0 && b.n > 0) {
		*ret_why = "the notmuch index cannot be written";
		r = apply(&b);
		if (r == 0)
			r = note(&b);
	}
	if (r < 0) {
		index_writer_close(*w);
		*w = NULL;
	} else {
		*ret_n = b.n;
	}
	VEC_FREE(&b.paths);
	VEC_FREE(&b.named);
	VEC_FREE(&b.indexed);
	arena_free(&b.arena);
	return r;
}
