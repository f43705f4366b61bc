#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "fd.h"
#include "header.h"
#include "index_tagsets.h"
#include "log.h"
#include "mail.h"
#include "mail_file.h"
#include "message_id.h"
#include "newcomers_priv.h"
#include "octets.h"

enum {
	MANY = 500,                     /* at once: they are mostly such as the index knows */
	HITS_AT_ONCE = 128 * 1024,      /* messages that the index names in one answer: their memory */
	HEAD = 4096,                    /* mostly holds the header */
	NEIGHBOURS = 16,
	NS = 1000 * 1000 * 1000,
};

/* Some of the newcomers, as the index is asked for them. */
struct question {
	struct newcomers *all;
	struct str       *words;        /* names or ids */
	size_t           *at, n;        /* whose they are */
};

static struct question ask_nobody(struct newcomers *all)
{
	return (struct question){ all, ARENA_NEW_N(&all->arena, all->n, struct str), ARENA_NEW_N(&all->arena, all->n, size_t), 0 };
}

static void ask_for(struct question *q, size_t i, struct str word)
{
	q->words[q->n] = word;
	q->at[q->n++] = i;
}

static struct str name_of(struct newcomers *all, const struct newcomer *nc)
{
	return str_of(arena_printf(&all->arena, "%.*s%.*s", STR_ARG(nc->file.base), STR_ARG(nc->file.info)));
}

static const char *dir_of(struct newcomers *all, bool in_new)
{
	return arena_printf(&all->arena, "%.*s%s%s", STR_ARG(all->dir), all->dir.n > 0 ? "/" : "", in_new ? "new" : "cur");
}

static const char *path_of(struct newcomers *all, const struct newcomer *nc)
{
	struct buf  path = BUF(4096);
	const char *ret;

	maildir_path(&path, all->dir, nc->file.in_new, nc->file.base, nc->file.info);
	ret = arena_z(&all->arena, buf_view(&path));
	buf_free(&path);
	return ret;
}

static void take_tags(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct question  *q = arg;
	struct arena     *a = &q->all->arena;
	struct newcomer  *nc = &q->all->v[q->at[i]];
	struct str       *copy = ARENA_NEW_N(a, n, struct str);

	for (size_t k = 0; k < n; k++)
		copy[k] = arena_str(a, tags[k]);
	nc->known = known;
	nc->tags = copy;
	nc->n_tags = n;
}

static void take_file(void *arg, size_t i, struct str id, const struct str *tags, size_t n)
{
	struct question *q = arg;
	struct newcomer *nc = &q->all->v[q->at[i]];

	take_tags(q, i, true, tags, n);
	nc->id = arena_str(&q->all->arena, id);
	nc->known_file = true;
}

/* False: that does not hold the id. */
static bool look_at_head(struct newcomers *all, struct newcomer *nc)
{
	char       octets[HEAD];
	struct str head = { octets, mail_file_head(all->s->root, path_of(all, nc), octets, HEAD, &nc->date) }, id;
	size_t     end = header_end(head);

	if (end == HEAD || message_id_of_header(&all->arena, str_mid(head, 0, end), &id) < 0)
		return false;
	nc->id = arena_str(&all->arena, id);
	nc->size = ROW_SIZE_UNKNOWN;
	return true;
}

/* From memory the head of a file tells the id in a third of the time that the index takes for its name. Whether the index has the file needs no
 * question where it has all of the directory. One in some files tells what is in memory: they were read one after the other, mostly. */
static void look_at_heads(struct newcomers *all, struct index *x)
{
	int64_t ns[2];
	bool    current[2], in_memory = false;
	size_t  since = 0;

	if (maildir_times(all->s->root, arena_z(&all->arena, all->dir), &ns[false], &ns[true]) < 0)
		return;
	for (int in_new = 0; in_new < 2; in_new++)
		current[in_new] = index_is_current(x, dir_of(all, in_new), ns[in_new] / NS);
	for (size_t i = 0; i < all->n; i++) {
		struct newcomer *nc = &all->v[i];

		if (!current[nc->file.in_new])
			continue;
		if (since++ % NEIGHBOURS == 0)
			in_memory = mail_file_in_memory(all->s->root, path_of(all, nc));
		nc->headed = in_memory && look_at_head(all, nc);
	}
}

/* Whose very names it has. */
static int ask_names(struct newcomers *all, struct index *x, bool in_new)
{
	struct question q = ask_nobody(all);

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].file.in_new == in_new && !all->v[i].headed)
			ask_for(&q, i, name_of(all, &all->v[i]));
	return q.n > 0 ? index_of_files(x, dir_of(all, in_new), q.words, q.n, all->tags, take_file, &q) : 0;
}

/* Of the others, which messages it has, */
static int ask_ids(struct newcomers *all, struct index *x)
{
	struct question q = ask_nobody(all);

	for (size_t i = 0; i < all->n; i++) {
		struct newcomer *nc = &all->v[i];

		if (nc->headed && index_tagsets_get(all->tags, nc->id, &all->arena, &nc->tags, &nc->n_tags))
			nc->known = nc->known_file = true;
		else if (!nc->known_file && nc->id.n > 0)
			ask_for(&q, i, nc->id);
	}
	return q.n > 0 ? index_tags(x, q.words, q.n, take_tags, &q) : 0;
}

/* and of those messages, whether it has the file under another name. */
static int ask_files(struct newcomers *all, struct index *x, bool in_new)
{
	struct question q = ask_nobody(all);
	bool           *known = ARENA_NEW_N(&all->arena, all->n, bool);
	int             r;

	for (size_t i = 0; i < all->n; i++)
		if (!all->v[i].known_file && all->v[i].known && all->v[i].file.in_new == in_new)
			ask_for(&q, i, name_of(all, &all->v[i]));
	r = q.n > 0 ? index_knows_files(x, dir_of(all, in_new), q.words, q.n, known) : 0;
	for (size_t i = 0; r == 0 && i < q.n; i++)
		all->v[q.at[i]].known_file = known[i];
	return r;
}

/* Its size is counted when somebody wants to know. */
static int look_at_known(struct newcomers *all, const char *path, struct newcomer *nc)
{
	struct stat st;

	if (fstatat(all->s->root, path, &st, 0) < 0 || faccessat(all->s->root, path, R_OK, 0) < 0)
		return -errno;
	nc->date = st.st_mtim.tv_sec;
	nc->size = ROW_SIZE_UNKNOWN;
	return S_ISREG(st.st_mode) ? 0 : -EINVAL;
}

static int look_into(struct newcomers *all, int fd, struct newcomer *nc)
{
	CLEAN(mail_file_close) struct mail_file f = { 0 };
	CLEAN(fd_closep) int own = fd;
	uint32_t lines;
	int      r = mail_file_read(own, &f);

	if (r < 0)
		return r;
	nc->id = arena_str(&all->arena, message_id_notmuch(&all->arena, f.bytes));
	nc->date = f.mtime;
	nc->size = f.mapped ? ROW_SIZE_UNKNOWN : octets_count(f.bytes, &lines);
	nc->open_line = !f.mapped && f.bytes.n > 0 && f.bytes.p[f.bytes.n - 1] != '\n';
	return 0;
}

static void look_at_some(struct newcomers *all, struct newcomer **v, size_t n)
{
	const char *path[MAIL_AHEAD];
	int         fd[MAIL_AHEAD];

	for (size_t i = 0; i < n; i++) {
		path[i] = path_of(all, v[i]);
		fd[i] = v[i]->known_file ? -1 : mail_file_ask(all->s->root, path[i], MAIL_AHEAD_OCTETS);
	}
	for (size_t i = 0; i < n; i++) {
		int r = v[i]->known_file ? look_at_known(all, path[i], v[i]) : look_into(all, fd[i], v[i]);

		if (r < 0 && r != -ENOENT)
			log_line(LOG_WARNING, "%s cannot be read and is not served: %s", path[i], strerror(-r));
		all->done.missed |= r == -ENOENT;
		if (r < 0)
			v[i]->id = STR_NONE;
	}
}

/* But for those whose head has told all. */
static void look_at_files(struct newcomers *all)
{
	struct newcomer *some[MAIL_AHEAD];
	size_t           n = 0;

	for (size_t i = 0; i < all->n; i++) {
		if (!all->v[i].headed)
			some[n++] = &all->v[i];
		if (n == MAIL_AHEAD || i + 1 == all->n) {
			look_at_some(all, some, n);
			n = 0;
		}
	}
}

static void look_at_all(struct newcomers *all)
{
	struct index_version version;
	struct index        *x = all->n > 0 ? store_index(all->s) : NULL;

	if (x) {
		index_version(x, &version);
		all->revision = all->tags ? index_tagsets_revision(all->tags) : version.revision;
	}
	if (x && all->tags)
		look_at_heads(all, x);
	if (x && all->n >= MANY && ask_names(all, x, false) == 0)
		ask_names(all, x, true);
	look_at_files(all);
	if (x && ask_ids(all, x) == 0 && ask_files(all, x, false) == 0)
		ask_files(all, x, true);
}

struct index_tagsets *newcomers_tags(struct store *s, size_t n)
{
	struct index         *x = n >= MANY ? store_index(s) : NULL;
	struct index_tagsets *tags = NULL;

	return x && index_tagsets_load(x, n, HITS_AT_ONCE, &tags) == 0 ? tags : NULL;
}

struct newcomers *newcomers_look(struct store *s, struct str dir, const struct maildir_entry *files, size_t n, const struct index_tagsets *tags)
{
	struct newcomers *all = calloc(1, sizeof(*all));

	if (!all)
		die_memory();
	*all = (struct newcomers){ .s = s, .arena = ARENA_INIT, .n = n, .dir = dir, .tags = tags };
	all->v = ARENA_NEW_N(&all->arena, n, struct newcomer);
	for (size_t i = 0; i < n; i++)
		all->v[i].file = files[i];
	look_at_all(all);
	return all;
}

void newcomers_free(struct newcomers *all)
{
	if (!all)
		return;
	arena_free(&all->arena);
	free(all);
}
