#include "sync_diff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void sync_diff_free(struct sync_diff *d)
{
	VEC_FREE(&d->added);
	VEC_FREE(&d->renamed);
	VEC_FREE(&d->gone);
	maildir_list_free(&d->list);
	arena_free(&d->arena);
	*d = (struct sync_diff){ .arena = ARENA_INIT };
}

/* Of a file that is there, and that the state knows. */
static void compare_file(struct sync_diff *d, const struct maildir_entry *now, const struct state_file *f, struct str info)
{
	if (!str_eq(now->info, info) || now->in_new != (f->in_new != 0))
		VEC_PUSH(&d->renamed, ((struct renamed){ *now, f->serial, arena_str(&d->arena, info) }));
}

/* Where cur/ was not read, one that is known is there. */
static void add(struct state_txn *t, uint32_t box, struct sync_diff *d, uint32_t place)
{
	struct state_file f;

	if (!d->list.only_new || state_file_get(t, box, maildir_list_at(&d->list, place).base, &f, NULL) < 0)
		VEC_PUSH(&d->added, place);
}

/* Those before `base` are added. Is it the next one? */
static bool pass_to(struct state_txn *t, uint32_t box, struct sync_diff *d, size_t *i, struct str base, struct maildir_entry *ret)
{
	for (; *i < d->list.n; ++*i) {
		int c;

		*ret = maildir_list_at(&d->list, d->list.v[*i]);
		c = str_cmp(ret->base, base);
		if (c >= 0)
			return c == 0;
		add(t, box, d, d->list.v[*i]);
	}
	return false;
}

/* Both sides are sorted by base name: one pass. */
static int compare_read(struct state_txn *t, uint32_t box, struct sync_diff *d)
{
	struct db_key        k = { .n = 0 };
	struct maildir_entry now;
	struct db_walk       w;
	struct state_file    f;
	size_t               i = 0;
	int                  r;

	db_key_u32(&k, box);
	r = db_walk_begin(t->db, d->list.only_new ? STATE_NEW : STATE_FILE, db_key_view(&k), db_key_view(&k), &w);
	if (r < 0)
		return r;
	while (db_walk_next(&w)) {
		struct str base = str_from(w.key, k.n);

		if (!pass_to(t, box, d, &i, base, &now)) {
			VEC_PUSH(&d->gone, arena_str(&d->arena, base));
			continue;
		}
		memcpy(&f, w.value.p, sizeof(f));
		compare_file(d, &now, &f, str_from(w.value, sizeof(f)));
		i++;
	}
	for (; i < d->list.n; i++)
		add(t, box, d, d->list.v[i]);
	db_walk_end(&w);
	return 0;
}

static int note_asked(struct state_txn *t, uint32_t box, struct sync_diff *d)
{
	struct state_box b;
	int              r = state_box_get(t, box, &b, NULL);

	d->asked = r == 0 && b.cur_mtime == STATE_READ_AGAIN && !d->list.only_new;
	return r;
}

/* Who is about to put a name into the state has looked whether the file has it, perhaps before the directory was read, and the file may have
 * lost it meanwhile. They are waited for. */
static int wait_for_writers(struct store *s)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		state_abort(&t);
	return r;
}

/* As of when the state knows the files of cur/. */
static int read_time(struct store *s, uint32_t box, int64_t *ret)
{
	struct state_box b;
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_box_get(&t, box, &b, NULL);
	state_abort(&t);
	if (r == 0)
		*ret = b.cur_mtime;
	return r;
}

int sync_diff_read(struct store *s, uint32_t box, const char *dir, struct sync_diff *d)
{
	struct state_txn t;
	int64_t          cur;
	int              r = read_time(s, box, &cur);

	if (r == 0)
		r = maildir_scan_since(s->root, dir, s->state_dir, cur, &d->list);
	if (r == 0)
		r = wait_for_writers(s);
	if (r == 0)
		r = state_read(&s->state, &t);
	if (r < 0)
		return r;
	r = note_asked(&t, box, d);
	if (r == 0)
		r = compare_read(&t, box, d);
	state_abort(&t);
	free(d->list.v);
	d->list.v = NULL;
	d->list.n = 0;
	return r;
}

/* While a directory is read another process may rename a file, and it is seen under neither name. */
int sync_diff_confirm(struct store *s, const char *dir, struct sync_diff *d)
{
	struct maildir_list l;
	size_t              kept = 0, i = 0;
	int                 r = d->gone.n > 0 ? maildir_scan(s->root, dir, s->state_dir, &l) : -ENODATA;

	if (r < 0)
		return r == -ENODATA ? 0 : r;
	for (size_t g = 0; g < d->gone.n; g++) {
		while (i < l.n && str_cmp(maildir_list_at(&l, l.v[i]).base, d->gone.p[g]) < 0)
			i++;
		if (i == l.n || !str_eq(maildir_list_at(&l, l.v[i]).base, d->gone.p[g]))
			d->gone.p[kept++] = d->gone.p[g];
	}
	d->gone.n = kept;
	maildir_list_free(&l);
	return 0;
}

/* What was heard of one base name, oldest first. */
struct story {
	const struct heard *v;
	size_t              n;
	bool               *tried;      /* it was told to be added before */
};

/* What the file is called now: by a name that came, the last one first, or still as the state knows it. That of cur/ wins. */
static bool find(struct store *s, struct str dir, const struct story *of, const struct maildir_entry *known, struct maildir_entry *ret)
{
	for (int in_new = 0; in_new < 2; in_new++) {
		for (size_t i = of->n; i-- > 0;) {
			*ret = of->v[i].file;
			if (of->v[i].came && ret->in_new == in_new && maildir_exists(s->root, dir, ret))
				return true;
		}
		*ret = *known;
		if (known->base.n > 0 && known->in_new == in_new && maildir_exists(s->root, dir, ret))
			return true;
	}
	return false;
}

/* A file that is not there though its last name came has got another one since, which is still to be heard. One that is added only now was taken
 * out of the state by somebody who did not see it come back: it is read like a new one. */
static int compare_story(struct store *s, struct state_txn *t, uint32_t box, struct str dir, const struct story *of, bool again,
	struct sync_diff *d)
{
	struct maildir_entry known = { .base = of->v->file.base }, now;
	struct state_file    f;
	uint32_t             place;
	int                  r = state_file_get(t, box, known.base, &f, &known.info);
	bool                 is_known = r == 0;

	if (r < 0 && r != -ENOENT)
		return r;
	if (is_known)
		known.in_new = f.in_new != 0;
	else
		known.base.n = 0;
	if (is_known && !again && d->renamed.n > 0 && of->v[of->n - 1].came)
		return 0;               /* all are compared again, since one was renamed */
	if (find(s, dir, of, &known, &now)) {
		now.info = arena_str(&d->arena, now.info);
		if (is_known) {
			compare_file(d, &now, &f, known.info);
			return 0;
		}
		if (again)
			return *of->tried ? 0 : -ENODATA;
		*of->tried = true;
		r = maildir_list_keep(&d->list, &now, &place);
		if (r == 0)
			VEC_PUSH(&d->added, place);
		return r;
	}
	if (is_known && !of->v[of->n - 1].came)
		VEC_PUSH(&d->gone, known.base);
	return 0;
}

static int compare_heard(struct store *s, struct state_txn *t, uint32_t box, const char *dir, bool again, struct sync_diff *d)
{
	int r = note_asked(t, box, d);

	d->renamed.n = d->gone.n = 0;
	if (r == 0 && d->asked)
		r = -ENODATA;
	for (size_t i = 0, end; r == 0 && i < d->n_heard; i = end) {
		for (end = i + 1; end < d->n_heard && str_eq(d->heard[end].file.base, d->heard[i].file.base);)
			end++;
		r = compare_story(s, t, box, str_of(dir), &(struct story){ d->heard + i, end - i, d->tried + i }, again, d);
	}
	return r;
}

int sync_diff_again(struct store *s, struct state_txn *t, uint32_t box, const char *dir, struct sync_diff *d)
{
	return compare_heard(s, t, box, dir, true, d);
}

static int by_base(const void *a, const void *b)
{
	const struct heard *const *x = a, *const *y = b;
	int                        c = str_cmp((*x)->file.base, (*y)->file.base);

	return c ? c : (*x > *y) - (*x < *y);
}

static void keep_heard(struct sync_diff *d, const struct heard *v, size_t n)
{
	const struct heard **sorted = ARENA_NEW_N(&d->arena, n, const struct heard *);

	for (size_t i = 0; i < n; i++)
		sorted[i] = &v[i];
	if (n > 0)
		qsort(sorted, n, sizeof(*sorted), by_base);
	d->heard = ARENA_NEW_N(&d->arena, n + 1, struct heard);
	d->tried = ARENA_NEW_N(&d->arena, n, bool);
	for (size_t i = 0; i < n; i++) {
		d->heard[i] = *sorted[i];
		d->heard[i].file.base = arena_str(&d->arena, sorted[i]->file.base);
		d->heard[i].file.info = arena_str(&d->arena, sorted[i]->file.info);
	}
	d->n_heard = n;
}

/* A name in a directory costs less than one that is looked for in it. */
static bool is_too_much(struct state_txn *t, uint32_t box, size_t n)
{
	enum { FEW = 256 };
	struct state_box b;

	return n > FEW && state_box_get(t, box, &b, NULL) == 0 && n > b.messages / 2;
}

int sync_diff_heard(struct store *s, uint32_t box, const char *dir, struct sync_diff *d)
{
	const struct heard *v;
	struct state_txn    t;
	size_t              n;
	int                 r = maildir_list_begin(s->root, dir, s->state_dir, &d->list);

	if (r == 0)
		r = dirwatch_hear(s, box, &v, &n);
	if (r < 0)
		return r;
	r = state_read(&s->state, &t);
	if (r < 0)
		return r;
	r = is_too_much(&t, box, n) ? -ENODATA : 0;
	if (r == 0) {
		keep_heard(d, v, n);
		r = compare_heard(s, &t, box, dir, false, d);
	}
	state_abort(&t);
	return r < 0 ? r : spool_end(&d->list.names);
}
