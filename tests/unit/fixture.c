#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "drain_batch.h"
#include "fd.h"
#include "fixture.h"
#include "journal.h"
#include "maildir.h"

static void make_dirs(const char *mail, const char *folder)
{
	static const char *const subs[] = { "", "/cur", "/new", "/tmp" };
	char path[256];

	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s%s%s%s", mail, *folder ? "/" : "", folder, subs[i]);
		mkdir(path, 0700);
	}
}

static void open_store(struct fixture *f)
{
	struct store_conf conf = { .home = f->top, .mail_root = f->mail, .state_dir = f->state, .notmuch_config = "" };
	const char       *why = "";

	if (store_open(&conf, &f->store, &why) < 0)
		fail_msg("store_open: %s", why);
}

int fixture_start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	snprintf(f->top, sizeof(f->top), "/tmp/remuch-test-XXXXXX");
	assert_non_null(mkdtemp(f->top));
	snprintf(f->mail, sizeof(f->mail), "%s/mail", f->top);
	snprintf(f->state, sizeof(f->state), "%s/state", f->top);
	make_dirs(f->mail, "");
	make_dirs(f->mail, "Work");
	open_store(f);
	*state = f;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

int fixture_stop(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	arena_free(&f->a);
	nftw(f->top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

void fixture_reopen(struct fixture *f)
{
	store_close(f->store);
	open_store(f);
}

static void full(struct fixture *f, const char *path, char *to, size_t n)
{
	assert_true((size_t)snprintf(to, n, "%s/%s", f->mail, path) < n);
}

void fixture_write(struct fixture *f, const char *path, const char *content)
{
	char to[512];
	int  fd;

	full(f, path, to, sizeof(to));
	fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, content, strlen(content)), 0);
	close(fd);
}

void fixture_drain(struct fixture *f)
{
	struct index_writer *w = NULL;
	const char          *why = "";
	size_t               n = 1;

	while (n > 0)
		if (drain_batch(f->store, &w, &n, &why) < 0)
			fail_msg("drain_batch: %s", why);
	index_writer_close(w);
}

struct index_writer *fixture_index_begin(struct fixture *f)
{
	struct index_writer *w;
	const char          *why = "";

	if (index_writer_open(f->store->index_conf, &w, &why) < 0)
		fail_msg("index_writer_open: %s", why);
	assert_int_equal(index_writer_begin(w), 0);
	return w;
}

struct index_section fixture_index_end(struct index_writer *w)
{
	struct index_section done;

	assert_int_equal(index_writer_commit(w), 0);
	index_writer_section(w, &done);
	index_writer_close(w);
	return done;
}

void fixture_tag(struct fixture *f, const char *id, const char *add, const char *remove)
{
	struct index_writer *w = fixture_index_begin(f);
	struct str           a = str_of(add), r = str_of(remove);

	assert_int_equal(index_writer_tags(w, str_of(id), &a, add ? 1 : 0, &r, remove ? 1 : 0), 0);
	fixture_index_end(w);
}

void fixture_new(struct fixture *f, const char *path)
{
	struct index_writer *w = fixture_index_begin(f);
	struct str           id;

	assert_int_equal(index_writer_add(w, STR_NONE, path, NULL, 0, &f->a, &id), 0);
	fixture_index_end(w);
}

size_t fixture_journal(struct fixture *f)
{
	struct journal_record *r;
	size_t                 n;

	assert_int_equal(journal_read(&f->store->state, 1000, &f->a, &r, &n), 0);
	return n;
}

static void tell(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	struct buf *b = arg;

	buf_puts(b, known ? "known" : "unknown");
	for (size_t k = 0; k < n; k++)
		buf_printf(b, " %.*s", STR_ARG(tags[k]));
}

void fixture_index(struct fixture *f, const char *id, const char *want)
{
	struct buf    b = BUF(1000);
	struct str    one = str_of(id);
	struct index *x = store_index(f->store);

	assert_non_null(x);
	assert_int_equal(index_tags(x, &one, 1, tell, &b), 0);
	assert_string_equal(buf_z(&b), want);
	buf_free(&b);
}

void fixture_mail(struct fixture *f, const char *path, const char *id)
{
	char text[512];

	snprintf(text, sizeof(text), "From: a@example.org\nTo: b@example.org\nSubject: %s\nMessage-ID: <%s>\n\nHello\n", id, id);
	fixture_write(f, path, text);
}

void fixture_hide(struct fixture *f, const char *path, const char *id)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };
	const char     *dir = arena_printf(&f->a, "%.*s", (int)(strrchr(path, '/') - path), path);
	struct stat     st;

	assert_int_equal(fstatat(f->store->root, dir, &st, 0), 0);
	times[1] = st.st_mtim;
	fixture_mail(f, path, id);
	assert_int_equal(utimensat(f->store->root, dir, times, 0), 0);
}

void fixture_move(struct fixture *f, const char *from, const char *to)
{
	char a[512], b[512];

	full(f, from, a, sizeof(a));
	full(f, to, b, sizeof(b));
	assert_int_equal(rename(a, b), 0);
}

void fixture_remove(struct fixture *f, const char *path)
{
	char a[512];

	full(f, path, a, sizeof(a));
	assert_int_equal(remove(a), 0);
}

bool fixture_has(struct fixture *f, const char *path)
{
	char a[512];

	full(f, path, a, sizeof(a));
	return access(a, F_OK) == 0;
}

size_t fixture_count(struct fixture *f, const char *dir)
{
	char           path[512];
	struct dirent *d;
	size_t         n = 0;
	DIR           *stream;

	full(f, dir, path, sizeof(path));
	stream = opendir(path);
	assert_non_null(stream);
	while ((d = readdir(stream)))
		n += d->d_name[0] != '.';
	closedir(stream);
	return n;
}

void fixture_wait(struct fixture *f, const char *path)
{
	int64_t deadline = clock_ms() + 5000;

	while (!fixture_has(f, path) && clock_ms() < deadline)
		usleep(10 * 1000);
	assert_true(fixture_has(f, path));
}

struct box *fixture_open(struct fixture *f, const char *name)
{
	struct box *b;

	if (box_open(f->store, str_of(name), false, NULL, NULL, &b) < 0)
		fail_msg("box_open %s: %s", name, store_why(f->store));
	return b;
}

uint32_t fixture_messages(struct fixture *f, const char *name)
{
	struct box *b = fixture_open(f, name);
	uint32_t    n = box_count(b);

	box_close(b);
	return n;
}

void fixture_settle(struct fixture *f, const char *name)
{
	usleep((MAILDIR_SETTLE_MS + 10) * 1000);
	fixture_messages(f, name);
}

bool fixture_is_noted(struct fixture *f, const char *name, const char *dir)
{
	struct state_box b;
	struct state_txn t;
	int64_t          cur, new;

	assert_int_equal(maildir_times(f->store->root, dir, &cur, &new), 0);
	assert_int_equal(state_read(&f->store->state, &t), 0);
	assert_int_equal(state_box_find(&t, str_of(name), &b), 0);
	state_abort(&t);
	return b.cur_mtime == cur && b.new_mtime == new;
}

void fixture_change(struct fixture *f, const char *box, uint32_t uid, enum change_how how, uint32_t flags, const char *keyword)
{
	struct str         word = str_of(keyword ? keyword : "");
	struct flag_change c = { .how = how, .flags = flags, .keywords = &word, .n_keywords = keyword ? 1 : 0, .unchanged_since = UINT64_MAX };
	struct box        *b = fixture_open(f, box);
	struct change_flagged done;

	assert_int_equal(change_flags(b, &uid, 1, &c, &f->a, &done), 0);
	box_close(b);
}

struct box_changes fixture_poll(struct fixture *f, struct box *b)
{
	struct box_changes c;

	assert_int_equal(box_poll(b, false, &f->a, &c), 0);
	return c;
}

struct row fixture_row(struct box *b, uint32_t uid)
{
	struct row row;

	assert_int_equal(box_rows(b, &uid, 1, &row), 0);
	return row;
}
