/* A new mail whose tags a client changes, while the drainer may miss its file or be killed and notmuch new may be faster: in whatever order that
 * comes, what the client was told stays, and so do the tags that others gave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>

#include "drain_batch.h"
#include "fixture.h"
#include "keywords.h"
#include "store_priv.h"
#include "sync.h"

#define ID "one@x"

struct scene {
	struct fixture *f;
	struct box     *b;
	uint32_t        flags;          /* as the client was told */
	bool            inbox, keep, theirs;
};

static const char *in_dir(struct fixture *f, const char *sub)
{
	const char    *found = NULL;
	struct dirent *d;
	DIR           *stream = opendir(arena_printf(&f->a, "%s/%s", f->mail, sub));

	assert_non_null(stream);
	while ((d = readdir(stream)))
		if (d->d_name[0] != '.')
			found = arena_printf(&f->a, "%s/%s", sub, d->d_name);
	closedir(stream);
	return found;
}

/* The file's path by now, below the mail root. */
static const char *file_of(struct fixture *f)
{
	const char *found = in_dir(f, "cur");

	found = found ? found : in_dir(f, "new");
	assert_non_null(found);
	return found;
}

static void take_known(void *arg, size_t i, bool known, const struct str *tags, size_t n)
{
	*(bool *)arg = known;
}

static bool index_knows(struct fixture *f)
{
	const struct str id = STR(ID);
	struct index    *x = store_index(f->store);
	bool             known = false;

	if (x)
		assert_int_equal(index_tags(x, &id, 1, take_known, &known), 0);
	return known;
}

/* new.tags, and then what the letters of the name say. */
static void notmuch_new(struct fixture *f)
{
	const char          *path = file_of(f), *info = strstr(path, ":2,");
	struct str           tags[3], id;
	size_t               n = 0;
	struct index_writer *w;

	if (index_knows(f))
		return;
	tags[n++] = STR("inbox");
	if (!info || !strchr(info, 'S'))
		tags[n++] = STR("unread");
	if (info && strchr(info, 'F'))
		tags[n++] = STR("flagged");
	w = fixture_index_begin(f);
	assert_int_equal(index_writer_add(w, STR_NONE, path, tags, n, &f->a, &id), 0);
	fixture_index_end(w);
}

/* As if somebody renamed the file each time that it is looked for, and then to another name; its letter "a" is no flag. */
static void drain_and_miss(struct fixture *f)
{
	const char *path = file_of(f), *a = strstr(path, ":2,a");

	fixture_move(f, path, "elsewhere");
	fixture_drain(f);
	fixture_move(f, "elsewhere", a ? arena_printf(&f->a, "%.*s:2,%s", (int)(a - path), path, a + 4) : arena_printf(&f->a, "cur/1:2,a"));
}

static void drain_a_batch(struct fixture *f)
{
	struct index_writer *w = NULL;
	const char          *why = "";
	size_t               n;

	assert_int_equal(drain_batch(f->store, &w, &n, &why), 0);
	index_writer_close(w);
}

static void copy_state(struct fixture *f, const char *from, const char *to)
{
	assert_int_equal(system(arena_printf(&f->a, "cp %s/%s %s/%s", f->state, from, f->state, to)), 0);
}

/* Killed when the index has committed and the state has not. */
static void drain_and_die(struct scene *x)
{
	box_close(x->b);
	copy_state(x->f, "state.mdb", "before");
	fixture_drain(x->f);
	copy_state(x->f, "before", "state.mdb");
	fixture_reopen(x->f);
	x->b = fixture_open(x->f, "INBOX");
}

/* By a session that looks at nothing before. */
static void store_flags(struct scene *x, enum change_how how, uint32_t flags, const char *keyword)
{
	const struct str         word = str_of(keyword);
	const struct flag_change c = { .how = how, .flags = flags, .keywords = &word, .n_keywords = 1, .unchanged_since = UINT64_MAX };
	struct change_flagged    done;

	assert_int_equal(change_flags(x->b, &(uint32_t){ 1 }, 1, &c, &x->f->a, &done), 0);
}

static void step(struct scene *x, char what)
{
	switch (what) {
	case 'S':
		store_flags(x, CHANGE_ADD, MAIL_FLAGGED | MAIL_SEEN, "keep");
		x->flags |= MAIL_FLAGGED | MAIL_SEEN;
		x->keep = true;
		return;
	case 'R':
		store_flags(x, CHANGE_REMOVE, MAIL_SEEN, "inbox");
		x->flags &= ~(uint32_t)MAIL_SEEN;
		x->inbox = false;
		return;
	case 'T':
		x->theirs |= index_knows(x->f);
		fixture_tag(x->f, ID, "theirs", NULL);
		return;
	case 'U':
		x->keep &= !index_knows(x->f);
		fixture_tag(x->f, ID, NULL, "keep");
		return;
	case 'N':
		notmuch_new(x->f);
		return;
	case 'P':
		fixture_poll(x->f, x->b);
		return;
	case 'D':
		fixture_drain(x->f);
		return;
	case 'B':
		drain_a_batch(x->f);
		return;
	case 'M':
		drain_and_miss(x->f);
		return;
	case 'K':
		drain_and_die(x);
		return;
	}
}

static void check_state(struct scene *x, struct box *b, uint32_t uid)
{
	struct row row = fixture_row(b, uid);

	assert_int_equal(row.flags, x->flags);
	assert_int_equal(keywords_has(x->f->store, row.kwset, STR("inbox")), x->inbox);
	assert_int_equal(keywords_has(x->f->store, row.kwset, STR("keep")), x->keep);
	assert_int_equal(keywords_has(x->f->store, row.kwset, STR("theirs")), x->theirs);
}

static void check_index(struct scene *x)
{
	fixture_index(x->f, ID, arena_printf(&x->f->a, "known%s%s%s%s%s", x->flags & MAIL_FLAGGED ? " flagged" : "", x->inbox ? " inbox" : "",
		x->keep ? " keep" : "", x->theirs ? " theirs" : "", x->flags & MAIL_SEEN ? "" : " unread"));
}

static struct scene begin(struct fixture *f)
{
	fixture_mail(f, "cur/1:2,", ID);
	return (struct scene){ .f = f, .b = fixture_open(f, "INBOX"), .inbox = true };
}

static void play(struct fixture *f, const char *order)
{
	struct scene x = begin(f);

	for (const char *p = order; *p; p++)
		step(&x, *p);
	for (int i = 0; i < 2; i++) {
		fixture_poll(f, x.b);
		check_state(&x, x.b, 1);
		fixture_drain(f);
	}
	check_index(&x);
	box_close(x.b);
}

/* S and R: the client stores flags; N: notmuch new; T and U: notmuch tag; P: a session looks; D: the drainer works, B: for one batch,
 * M: it misses the file, K: it is killed. */
static const char *const orders[] = {
	/* notmuch new is faster than the drainer */
	"SN", "NS", "NPS", "SNP", "SNT", "SNTP", "NTSP", "SNRP", "SPNR", "SNK", "SNKP", "SKN", "SKNP", "SKRN", "SKTP",
	/* and the drainer has missed the file */
	"SMN", "MSN", "MNS", "SMNP", "SMNT", "SMNR", "SMRN", "SRMN", "SPMN", "MSMN", "SMMN", "SMNM", "SMNK", "SMNRK",
	/* and misses what a client did since */
	"SMDN", "SMRDN", "SMNRD", "SMRMN", "MSDN",
	/* or has been told of the name that it missed */
	"SMRPBND", "SMRPBNPD", "SMPN", "SMPND", "SMPNRD", "SMPNT", "SMPNK", "SMPKN", "SMPMN", "SMPRN", "MSPND", "MPSND", "MPSN",
	/* when notmuch has the message already */
	"SNM", "SNPMU", "SNDU",
};

static void all_orders(void **state)
{
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		print_message("%s\n", orders[i]);
		fixture_start(state);
		play(*state, orders[i]);
		fixture_stop(state);
	}
}

/* Another program moves the file to another folder, and a session sees it there before it sees what the index says. */
static void moved_by_others(void **state)
{
	struct scene     x = begin(*state);
	struct state_box rec;
	struct box      *work;

	for (const char *p = "SM"; *p; p++)
		step(&x, *p);
	fixture_move(x.f, file_of(x.f), "cur/1:2,");
	step(&x, 'N');
	fixture_move(x.f, "cur/1:2,", "Work/cur/1:2,");
	assert_int_equal(sync_box(x.f->store, STR("Work"), NULL, NULL, &rec), 0);
	assert_int_equal(sync_box(x.f->store, STR("INBOX"), NULL, NULL, &rec), 0);
	work = fixture_open(x.f, "Work");
	for (int i = 0; i < 2; i++) {
		fixture_poll(x.f, work);
		check_state(&x, work, 1);
		fixture_drain(x.f);
	}
	check_index(&x);
	box_close(work);
	box_close(x.b);
}

/* A copy of it comes before a session sees what the index says. */
static void appended_again(void **state)
{
	static const char        copy[] = "Subject: copy\nMessage-ID: <" ID ">\n\nHello\n";
	const struct flag_change none = { .how = CHANGE_ADD };
	struct scene             x = begin(*state);
	struct append           *ap;
	struct box              *work;
	uint32_t                 validity, uid;

	for (const char *p = "SMN"; *p; p++)
		step(&x, *p);
	assert_int_equal(append_begin(x.f->store, STR("Work"), &ap), 0);
	assert_int_equal(append_write(ap, copy, strlen(copy)), 0);
	assert_int_equal(append_commit(ap, &none, 1000000000, &validity, &uid), 0);
	work = fixture_open(x.f, "Work");
	for (int i = 0; i < 2; i++) {
		fixture_poll(x.f, x.b);
		fixture_poll(x.f, work);
		check_state(&x, x.b, 1);
		check_state(&x, work, 1);
		fixture_drain(x.f);
	}
	check_index(&x);
	box_close(work);
	box_close(x.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_orders),
		cmocka_unit_test_setup_teardown(moved_by_others, fixture_start, fixture_stop),
		cmocka_unit_test_setup_teardown(appended_again, fixture_start, fixture_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
