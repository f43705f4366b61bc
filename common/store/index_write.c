#include "index_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "index_lost.h"
#include "index_priv.h"
#include "maildir.h"
#include "vec.h"

/* Open for reading between commits: then another program may write. */
struct index_writer {
	const struct index_conf *conf;
	notmuch_database_t      *db;
	notmuch_indexopts_t     *options;       /* indexing.decrypt, as notmuch has it */
	bool                     writing, broken;
	notmuch_message_t       *held;          /* frozen: its tags and file names are written together, once */
	char                    *held_id;
	struct index_lost        lost;
	struct index_section     section;
};

static int fail(struct index_writer *w, notmuch_status_t st)
{
	if (st == NOTMUCH_STATUS_SUCCESS)
		return 0;
	if (st == NOTMUCH_STATUS_OUT_OF_MEMORY)
		die_memory();
	w->broken = true;
	return -EIO;
}

/* Write the held message. */
static int release(struct index_writer *w)
{
	int r = 0;

	if (w->held) {
		r = w->broken ? -EIO : fail(w, notmuch_message_thaw(w->held));
		notmuch_message_destroy(w->held);
	}
	free(w->held_id);
	w->held = NULL;
	w->held_id = NULL;
	return r;
}

/* Hold the message `id`. *ret NULL: there is none. */
static int hold(struct index_writer *w, struct str id, notmuch_message_t **ret)
{
	int r;

	*ret = NULL;
	if (w->broken)
		return -EIO;
	if (id.n == 0 || memchr(id.p, '\0', id.n))
		return 0;
	if (!w->held || !str_eq(str_of(w->held_id), id)) {
		r = release(w);
		if (r < 0)
			return r;
		w->held_id = strndup(id.p, id.n);
		if (!w->held_id)
			die_memory();
		r = fail(w, notmuch_database_find_message(w->db, w->held_id, &w->held));
		if (r == 0 && w->held)
			r = fail(w, notmuch_message_freeze(w->held));
		if (r < 0)
			return r;
	}
	*ret = w->held;
	return 0;
}

static notmuch_status_t open_or_create(const struct index_conf *c, notmuch_database_t **ret, char **message)
{
	struct index_stamp stamp;
	notmuch_status_t   st = NOTMUCH_STATUS_DATABASE_EXISTS;

	if (index_stamp(c, &stamp) == -ENOENT)
		st = notmuch_database_create_with_config(c->database, c->open_config, NULL, ret, message);
	if (st != NOTMUCH_STATUS_DATABASE_EXISTS)
		return st;
	free(*message);
	*message = NULL;
	return notmuch_database_open_with_config(c->database, NOTMUCH_DATABASE_MODE_READ_WRITE, c->open_config, NULL, ret, message);
}

int index_writer_open(const struct index_conf *c, struct index_writer **ret, const char **ret_why)
{
	static char          why[512];
	struct index_writer *w = calloc(1, sizeof(*w));
	char                *message = NULL;
	notmuch_status_t     st;

	if (!w)
		die_memory();
	w->conf = c;
	st = open_or_create(c, &w->db, &message);
	if (st == NOTMUCH_STATUS_SUCCESS && notmuch_database_needs_upgrade(w->db))
		st = notmuch_database_upgrade(w->db, NULL, NULL);
	if (st != NOTMUCH_STATUS_SUCCESS) {
		snprintf(why, sizeof(why), "%s", message ? message : notmuch_status_to_string(st));
		why[strcspn(why, "\n")] = '\0';
		*ret_why = why;
		free(message);
		index_writer_close(w);
		return -EIO;
	}
	free(message);
	w->options = notmuch_database_get_default_indexopts(w->db);
	w->writing = true;
	*ret = w;
	return 0;
}

void index_writer_close(struct index_writer *w)
{
	if (!w)
		return;
	index_lost_reset(&w->lost);
	if (w->held)
		notmuch_message_destroy(w->held);
	free(w->held_id);
	if (w->options)
		notmuch_indexopts_destroy(w->options);
	/* What is inside of an atomic section is dropped. */
	if (w->db)
		notmuch_database_destroy(w->db);
	free(w);
}

/* A handle whose database could not be opened again, since somebody deleted it, is left alone: libnotmuch 0.37 would close what it
 * does not have. */
static int reopen(struct index_writer *w, notmuch_database_mode_t mode)
{
	int r = fail(w, notmuch_database_reopen(w->db, mode));

	if (r < 0) {
		w->db = NULL;
		w->options = NULL;
	}
	return r;
}

int index_writer_begin(struct index_writer *w)
{
	if (w->broken)
		return -EIO;
	if (!w->writing && reopen(w, NOTMUCH_DATABASE_MODE_READ_WRITE) < 0)
		return -EIO;
	w->writing = true;
	index_version_of(w->db, &w->section.before);
	return fail(w, notmuch_database_begin_atomic(w->db));
}

/* The end of an atomic section leaves it to Xapian when to write (database.autocommit); closing what is open for writing
 * writes it at once, and gives the lock back. */
int index_writer_commit(struct index_writer *w)
{
	index_lost_reset(&w->lost);
	if (release(w) < 0 || w->broken || fail(w, notmuch_database_end_atomic(w->db)) < 0)
		return -EIO;
	w->section.after = notmuch_database_get_revision(w->db, NULL);
	w->writing = false;
	return reopen(w, NOTMUCH_DATABASE_MODE_READ_ONLY);
}

void index_writer_section(const struct index_writer *w, struct index_section *ret)
{
	*ret = w->section;
}

static bool has_tag(notmuch_message_t *m, struct str tag)
{
	notmuch_tags_t *t = notmuch_message_get_tags(m);
	bool            found = false;

	for (; t && !found && notmuch_tags_valid(t); notmuch_tags_move_to_next(t))
		found = str_eq(str_of(notmuch_tags_get(t)), tag);
	if (t)
		notmuch_tags_destroy(t);
	return found;
}

/* A tag that is too long for notmuch is left out. What is as it shall be is not touched: writing a message takes milliseconds and
 * moves its lastmod. */
static int set_tags(struct index_writer *w, notmuch_message_t *m, const struct str *tags, size_t n, bool on)
{
	struct arena     a = ARENA_INIT;
	notmuch_status_t st = NOTMUCH_STATUS_SUCCESS;

	for (size_t i = 0; st == NOTMUCH_STATUS_SUCCESS && i < n; i++) {
		const char *z = arena_z(&a, tags[i]);

		if (tags[i].n == 0 || tags[i].n > NOTMUCH_TAG_MAX || has_tag(m, tags[i]) == on)
			continue;
		st = on ? notmuch_message_add_tag(m, z) : notmuch_message_remove_tag(m, z);
	}
	arena_free(&a);
	return fail(w, st);
}

int index_writer_tags(struct index_writer *w, struct str id, const struct str *add, size_t n_add, const struct str *remove,
	size_t n_remove)
{
	notmuch_message_t *m;
	int                r = hold(w, id, &m);

	if (r == 0 && m)
		r = set_tags(w, m, remove, n_remove, false);
	if (r == 0 && m)
		r = set_tags(w, m, add, n_add, true);
	return r;
}

static char *full_path(struct index_writer *w, struct arena *a, const char *path)
{
	return arena_printf(a, "%s/%s", w->conf->mail_root, path);
}

static bool has_file(struct index_writer *w, struct str id, const char *full)
{
	notmuch_message_t *m = NULL;
	bool               has;

	if (notmuch_database_find_message_by_filename(w->db, full, &m) != NOTMUCH_STATUS_SUCCESS || !m)
		return false;
	has = str_eq(str_of(notmuch_message_get_message_id(m)), id);
	notmuch_message_destroy(m);
	return has;
}

int index_writer_add(struct index_writer *w, struct str id, const char *path, const struct str *tags, size_t n_tags, struct arena *a,
	struct str *ret_id)
{
	notmuch_message_t *m = NULL;
	char              *full = full_path(w, a, path);
	notmuch_status_t   st;
	int                r = 0;

	if (release(w) < 0 || w->broken)
		return -EIO;
	if (access(full, R_OK) < 0 && errno == ENOENT)
		full = index_lost_find(&w->lost, full, a);
	if (!full)
		return -ENOENT;
	if (access(full, R_OK) < 0)
		return -errno;
	if (has_file(w, id, full)) {
		*ret_id = id;
		return 0;
	}
	st = notmuch_database_index_file(w->db, full, w->options, &m);
	if (st == NOTMUCH_STATUS_FILE_NOT_EMAIL)
		return -EBADMSG;
	if (st == NOTMUCH_STATUS_FILE_ERROR)
		return access(full, R_OK) < 0 ? -errno : -EBADMSG;
	if (st != NOTMUCH_STATUS_SUCCESS && st != NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID)
		return fail(w, st);
	if (st == NOTMUCH_STATUS_SUCCESS) {
		r = fail(w, notmuch_message_freeze(m));
		if (r == 0)
			r = set_tags(w, m, tags, n_tags, true);
		if (r == 0)
			r = fail(w, notmuch_message_thaw(m));
	}
	*ret_id = arena_str(a, str_of(notmuch_message_get_message_id(m)));
	notmuch_message_destroy(m);
	return r;
}

int index_writer_query(struct index_writer *w, struct str name, struct str text)
{
	struct arena     a = ARENA_INIT;
	const char      *key = arena_printf(&a, "query.%.*s", STR_ARG(name));
	notmuch_status_t st;

	if (release(w) < 0 || w->broken)
		return -EIO;
	st = notmuch_database_set_config(w->db, key, arena_z(&a, text));
	arena_free(&a);
	return fail(w, st);
}

struct paths {
	char **p;
	size_t n, cap;
};

static int filenames(struct index_writer *w, notmuch_message_t *m, struct arena *a, struct paths *ret)
{
	notmuch_filenames_t *f = notmuch_message_get_filenames(m);

	if (!f)
		return fail(w, NOTMUCH_STATUS_XAPIAN_EXCEPTION);
	for (; notmuch_filenames_valid(f); notmuch_filenames_move_to_next(f))
		VEC_PUSH(ret, arena_z(a, str_of(notmuch_filenames_get(f))));
	notmuch_filenames_destroy(f);
	return 0;
}

static struct str below_root(struct index_writer *w, const char *full)
{
	struct str s = str_of(full), root = str_of(w->conf->mail_root);

	return str_starts(s, root) && s.n > root.n && s.p[root.n] == '/' ? str_from(s, root.n + 1) : s;
}

static bool is_file(struct str path, struct str dir, struct str want)
{
	struct str base, info, name, in = path;

	while (in.n > 0 && in.p[in.n - 1] != '/')
		in.n--;
	name = str_from(path, in.n);
	in.n -= in.n > 0;
	maildir_split(name, &base, &info);
	if (!str_eq(base, want))
		return false;
	if (str_eq(in, dir))
		return true;
	if (!str_ends(in, STR("cur")) && !str_ends(in, STR("new")))
		return false;
	in.n -= 3;
	if (in.n == 0)
		return dir.n == 0;
	return in.p[in.n - 1] == '/' && str_eq(str_mid(in, 0, in.n - 1), dir);
}

static int remove_file(struct index_writer *w, const char *full)
{
	notmuch_status_t st = notmuch_database_remove_message(w->db, full);

	return st == NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID ? 0 : fail(w, st);
}

static bool is_nowhere(struct index_writer *w, const char *full, struct arena *a)
{
	return access(full, F_OK) < 0 && errno == ENOENT && !index_lost_find(&w->lost, full, a);
}

int index_writer_remove(struct index_writer *w, struct str id, struct str dir, struct str base, bool keep)
{
	struct arena       a = ARENA_INIT;
	struct paths       paths = { 0 };
	notmuch_message_t *m;
	int                r = hold(w, id, &m);

	if (r == 0 && m)
		r = filenames(w, m, &a, &paths);
	if (r == 0)
		r = release(w);
	for (size_t i = 0; r == 0 && i < paths.n && !(keep && paths.n == 1); i++)
		if (is_file(below_root(w, paths.p[i]), dir, base) || (!keep && is_nowhere(w, paths.p[i], &a)))
			r = remove_file(w, paths.p[i]);
	VEC_FREE(&paths);
	arena_free(&a);
	return r;
}

static bool any_there(const struct paths *paths)
{
	for (size_t i = 0; i < paths->n; i++)
		if (access(paths->p[i], F_OK) == 0)
			return true;
	return false;
}

/* Files that someone renamed (or we did, and were killed before the commit): tell notmuch their new names. One that is nowhere near
 * is forgotten if the message has others: with its last file a message would lose its tags, and that file may just be on its way. */
static int follow(struct index_writer *w, struct arena *a, struct paths *paths)
{
	bool others = any_there(paths);
	int  r = 0;

	for (size_t i = 0; r == 0 && i < paths->n; i++) {
		notmuch_message_t *m = NULL;
		char              *now = NULL;
		notmuch_status_t   st;

		if (access(paths->p[i], F_OK) == 0 || errno != ENOENT)
			continue;
		now = index_lost_find(&w->lost, paths->p[i], a);
		if (!now && !others)
			continue;
		r = release(w);
		if (r < 0)
			return r;
		st = now ? notmuch_database_index_file(w->db, now, w->options, &m) : NOTMUCH_STATUS_SUCCESS;
		if (m)
			notmuch_message_destroy(m);
		if (st == NOTMUCH_STATUS_SUCCESS || st == NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID)
			r = remove_file(w, paths->p[i]);
		else if (st != NOTMUCH_STATUS_FILE_ERROR && st != NOTMUCH_STATUS_FILE_NOT_EMAIL)
			r = fail(w, st);
	}
	return r;
}

static int rename_files(struct index_writer *w, struct str id, struct arena *a, struct paths *paths)
{
	notmuch_message_t *m;
	int                r = hold(w, id, &m);

	if (r < 0 || !m)
		return r;
	r = filenames(w, m, a, paths);
	if (r == 0)
		r = follow(w, a, paths);
	paths->n = 0;
	if (r == 0)
		r = hold(w, id, &m);
	if (r < 0 || !m)
		return r;
	if (w->conf->synchronize_flags)
		r = fail(w, notmuch_message_tags_to_maildir_flags(m));
	return r < 0 ? r : filenames(w, m, a, paths);
}

int index_writer_rename(struct index_writer *w, struct str id, index_path_fn fn, void *arg)
{
	struct arena a = ARENA_INIT;
	struct paths paths = { 0 };
	int          r = rename_files(w, id, &a, &paths);

	for (size_t i = 0; r == 0 && i < paths.n; i++)
		fn(arg, below_root(w, paths.p[i]));
	VEC_FREE(&paths);
	arena_free(&a);
	return r;
}
