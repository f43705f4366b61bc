#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "die.h"
#include "index_priv.h"
#include "index_tagsets.h"
#include "maildir.h"
#include "strmap.h"
#include "vec.h"

/* The id comes from a value slot: about 1 us, where notmuch_message_get_message_id() takes 20. */
static int walk(notmuch_messages_t *m, index_id_fn fn, void *arg)
{
	for (; notmuch_messages_valid(m); notmuch_messages_move_to_next(m)) {
		notmuch_message_t *msg = notmuch_messages_get(m);
		const char        *id = msg ? notmuch_message_get_header(msg, "message-id") : NULL;
		bool               lost = !id;

		if (id)
			fn(arg, str_of(id));
		if (msg)
			notmuch_message_destroy(msg);
		if (lost)
			return -EAGAIN;
	}
	return 0;
}

int index_each(struct index *x, const char *query, index_id_fn fn, void *arg)
{
	notmuch_query_t    *q;
	notmuch_messages_t *m;
	int r = index_error(notmuch_query_create_with_syntax(x->db, query, NOTMUCH_QUERY_SYNTAX_XAPIAN, &q));

	if (r < 0)
		return r;
	notmuch_query_set_sort(q, NOTMUCH_SORT_UNSORTED);
	r = index_error(notmuch_query_search_messages(q, &m));
	if (r == 0)
		r = walk(m, fn, arg);
	notmuch_query_destroy(q);
	return r;
}

struct collection {
	struct arena     *arena;
	struct index_ids *ids;
};

static void collect(void *arg, struct str id)
{
	struct collection *c = arg;

	VEC_PUSH(c->ids, arena_str(c->arena, id));
}

int index_collect(struct index *x, const char *query, struct arena *a, struct index_ids *ret)
{
	struct collection c = { a, ret };

	ret->n = 0;
	return index_each(x, query, collect, &c);
}

struct search {
	const char      *query;
	struct arena     arena;
	struct index_ids ids;
};

static int search_once(struct index *x, void *arg)
{
	struct search *s = arg;

	arena_reset(&s->arena);
	return index_collect(x, s->query, &s->arena, &s->ids);
}

int index_search(struct index *x, const char *query, index_id_fn fn, void *arg)
{
	struct search s = { .query = query };
	int           r = index_retry(x, search_once, &s);

	for (size_t i = 0; r == 0 && i < s.ids.n; i++)
		fn(arg, s.ids.p[i]);
	VEC_FREE(&s.ids);
	arena_free(&s.arena);
	return r;
}

int index_message_tags(notmuch_message_t *msg, struct arena *a, struct index_ids *ret)
{
	notmuch_tags_t *t = notmuch_message_get_tags(msg);

	for (; t && notmuch_tags_valid(t); notmuch_tags_move_to_next(t))
		VEC_PUSH(ret, arena_str(a, str_of(notmuch_tags_get(t))));
	return t ? 0 : -EAGAIN;
}

static int find_file(struct index *x, const char *dir, struct str name, struct arena *a, notmuch_message_t **ret)
{
	const char *path = arena_printf(a, "%s/%s/%.*s", x->conf->mail_root, dir, STR_ARG(name));

	*ret = NULL;
	return index_error(notmuch_database_find_message_by_filename(x->db, path, ret));
}

struct told {
	const char       *dir;
	const struct str *names;
	size_t            n, at;        /* at: the next, also when the index is read anew */
	const struct index_tagsets *sets;
	index_file_fn     fn;
	void             *arg;
	struct arena      arena;        /* for one */
	struct index_ids  tags;
};

static int tags_of(struct told *f, notmuch_message_t *msg, struct str id, const struct str **ret, size_t *ret_n)
{
	int r;

	if (f->sets && index_tagsets_get(f->sets, id, &f->arena, ret, ret_n))
		return 0;
	r = index_message_tags(msg, &f->arena, &f->tags);
	*ret = f->tags.p;
	*ret_n = f->tags.n;
	return r;
}

static int tell_one(struct index *x, struct told *f)
{
	notmuch_message_t *msg;
	const char        *id;
	const struct str  *tags;
	size_t             n;
	int                r;

	arena_reset(&f->arena);
	f->tags.n = 0;
	r = find_file(x, f->dir, f->names[f->at], &f->arena, &msg);
	if (r < 0 || !msg)
		return r;
	id = notmuch_message_get_header(msg, "message-id");
	r = id ? tags_of(f, msg, str_of(id), &tags, &n) : -EAGAIN;
	if (r == 0)
		f->fn(f->arg, f->at, str_of(id), tags, n);
	notmuch_message_destroy(msg);
	return r;
}

static int tell(struct index *x, void *arg)
{
	struct told *f = arg;
	int          r = 0;

	for (; r == 0 && f->at < f->n; f->at += r == 0)
		r = tell_one(x, f);
	return r;
}

int index_of_files(struct index *x, const char *dir, const struct str *names, size_t n, const struct index_tagsets *tags, index_file_fn fn, void *arg)
{
	struct told f = { .dir = dir, .names = names, .n = n, .sets = tags, .fn = fn, .arg = arg };
	int         r = index_retry(x, tell, &f);

	VEC_FREE(&f.tags);
	arena_free(&f.arena);
	return r;
}

struct files {
	const char       *dir;
	const struct str *names;
	size_t            n;
	bool             *known;
	struct arena      arena;
	struct strmap     bases;        /* of names */
};

/* One file is mostly asked for by the name it has in the index; the list of a directory takes 20 ms for 50,000 files. */
static int known_exactly(struct index *x, struct files *f, size_t *ret_left)
{
	int r = 0;

	*ret_left = 0;
	for (size_t i = 0; r == 0 && i < f->n; i++) {
		notmuch_message_t *msg;

		r = find_file(x, f->dir, f->names[i], &f->arena, &msg);
		f->known[i] = msg != NULL;
		*ret_left += !msg;
		if (msg)
			notmuch_message_destroy(msg);
	}
	return r;
}

/* Which of the names are in the list of the directory, under whatever info; ret_seen is by number in bases. */
static int list_directory(struct index *x, struct files *files, bool *ret_seen)
{
	notmuch_directory_t *d = NULL;
	notmuch_filenames_t *f;
	struct str           base, info;
	uint32_t             at;
	char                *path = arena_printf(&files->arena, "%s/%s", x->conf->mail_root, files->dir);
	int                  r = index_error(notmuch_database_get_directory(x->db, path, &d));

	if (r < 0 || !d)
		return r;
	f = notmuch_directory_get_child_files(d);
	if (!f) {
		notmuch_directory_destroy(d);
		return -EAGAIN;
	}
	for (; notmuch_filenames_valid(f); notmuch_filenames_move_to_next(f)) {
		maildir_split(str_of(notmuch_filenames_get(f)), &base, &info);
		at = strmap_get(&files->bases, base);
		if (at != STRMAP_NONE)
			ret_seen[at] = true;
	}
	notmuch_filenames_destroy(f);
	notmuch_directory_destroy(d);
	return 0;
}

static int look_through(struct index *x, struct files *f)
{
	bool      *seen = ARENA_NEW_N(&f->arena, f->n, bool);
	uint32_t  *at = ARENA_NEW_N(&f->arena, f->n, uint32_t);
	struct str base, info;
	int        r;

	for (size_t i = 0; i < f->n; i++) {
		maildir_split(f->names[i], &base, &info);
		at[i] = strmap_add(&f->bases, base);
	}
	r = list_directory(x, f, seen);
	for (size_t i = 0; r == 0 && i < f->n; i++)
		f->known[i] = seen[at[i]];
	return r;
}

static int files_once(struct index *x, void *arg)
{
	enum { FEW = 500 };
	struct files *f = arg;
	size_t        left = f->n;
	int           r;

	strmap_free(&f->bases);
	arena_reset(&f->arena);
	r = f->n <= FEW ? known_exactly(x, f, &left) : 0;
	return r == 0 && left > 0 ? look_through(x, f) : r;
}

int index_knows_files(struct index *x, const char *dir, const struct str *names, size_t n, bool *ret_known)
{
	struct files f = { .dir = dir, .names = names, .n = n, .known = ret_known };
	int          r = index_retry(x, files_once, &f);

	strmap_free(&f.bases);
	arena_free(&f.arena);
	return r;
}

struct directory {
	const char *dir;
	int64_t     mtime;              /* as the index has it; 0: never read */
};

static int mtime_once(struct index *x, void *arg)
{
	struct directory    *known = arg;
	struct arena         a = ARENA_INIT;
	notmuch_directory_t *d = NULL;
	int                  r = index_error(notmuch_database_get_directory(x->db, arena_printf(&a, "%s/%s", x->conf->mail_root, known->dir), &d));

	arena_free(&a);
	known->mtime = d ? notmuch_directory_get_mtime(d) : 0;
	if (d)
		notmuch_directory_destroy(d);
	return r;
}

bool index_is_current(struct index *x, const char *dir, int64_t mtime)
{
	struct directory d = { .dir = dir };

	return index_retry(x, mtime_once, &d) == 0 && d.mtime != 0 && d.mtime == mtime;
}
