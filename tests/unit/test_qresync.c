/* What a client that comes back is told where it is no longer known what was expunged when: RFC 7162 sections 3.2.5.2 and 3.2.6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "change.h"
#include "command.h"
#include "fixture.h"
#include "flagtext.h"
#include "qresync.h"
#include "read_select.h"
#include "state_expunged.h"
#include "store_priv.h"

enum { ALL = 12 };

/* Of UIDs 1 to 12 each third is left, and nothing is known of the others but that they have gone. */
static int start(void **state)
{
	static const uint32_t gone[] = { 1, 2, 4, 5, 7, 8, 10, 11 };
	struct flag_change    deleted = { .how = CHANGE_ADD, .flags = MAIL_DELETED, .unchanged_since = UINT64_MAX };
	struct change_flagged done;
	struct fixture       *f;
	struct box           *b;
	const uint32_t       *v;
	size_t                n;
	int                   r = fixture_start(state);

	f = *state;
	for (int i = 1; i <= ALL; i++) {
		char path[64], id[16];

		snprintf(path, sizeof(path), "cur/1000000%03d.m.h:2,S", i);
		snprintf(id, sizeof(id), "m%d", i);
		fixture_mail(f, path, id);
	}
	b = fixture_open(f, "INBOX");
	assert_int_equal(change_flags(b, gone, 8, &deleted, &f->a, &done), 0);
	assert_int_equal(change_expunge(b, gone, 8, &f->a, &v, &n), 0);
	box_close(b);
	assert_int_equal(state_expunged_trim(&f->store->state, 1), 0);
	return r;
}

/* The answer to SELECT (QRESYNC (uidvalidity rest)): VANISHED, and FETCH of the first so many. */
static void assert_told(struct fixture *f, bool valid, const char *rest, const char *vanished, size_t rows)
{
	struct session      s = { .store = f->store, .box = fixture_open(f, "INBOX"), .condstore = true, .qresync = true };
	struct request      rq = { .arena = &f->a };
	int                 out = memfd_create("out", MFD_CLOEXEC);
	char                text[500], got[2000] = "";
	struct buf          want = BUF(2000);
	struct select_args *args;
	void               *p;

	snprintf(text, sizeof(text), " INBOX (QRESYNC (%u %s))", valid ? box_uidvalidity(s.box) : 1, rest);
	print_message("%s\n", text);
	lex_init(&rq.lx, str_of(text), &f->a);
	assert_int_equal(read_select(&rq, &p), 0);
	args = p;
	s.conn = conn_new(out, out, STR_NONE);
	s.flagtext = flagtext_new(s.store);
	assert_int_equal(qresync_select(&s, args->qresync, &f->a), 0);
	conn_close(s.conn);
	assert_true(pread(out, got, sizeof(got) - 1, 0) >= 0);
	if (vanished[0] != '\0')
		buf_printf(&want, "* VANISHED (EARLIER) %s\r\n", vanished);
	for (uint32_t seq = 1; seq <= rows; seq++)
		buf_printf(&want, "* %u FETCH (UID %u MODSEQ (%" PRIu64 ") FLAGS (\\Seen inbox))\r\n", seq, 3 * seq, fixture_row(s.box, 3 * seq).modseq);
	assert_string_equal(got, buf_z(&want));
	buf_free(&want);
	flagtext_free(s.flagtext);
	box_close(s.box);
	close(out);
}

static void nothing_has_changed(void **state)
{
	assert_told(*state, true, "9223372036854775806", "", 0);
	assert_told(*state, true, "9223372036854775806 1:12 (1 1)", "", 0);
	assert_told(*state, false, "1 1:12", "", 0);
}

/* As in the RFC's examples. */
static void what_went_is_forgotten(void **state)
{
	static const struct {
		const char *rest, *vanished;
		size_t      rows;
	} cases[] = {
		{ "1", "1:2,4:5,7:8,10:11", 4 },
		{ "1 1:7,10", "1:2,4:5,7,10", 2 },
		{ "1 100:200", "", 0 },
		/* number 2 is UID 6: the client knows of all up to there */
		{ "1 1:12 (2 6)", "7:8,10:11", 4 },
		{ "1 (2 6)", "7:8,10:11", 4 },
		/* of three the first is right, the second is not, the third beyond what is there */
		{ "1 1:12 (1,3,12 3,10,12)", "4:5,7:8,10:11", 4 },
		{ "1 1:12 (1:12 1:12)", "1:2,4:5,7:8,10:11", 4 },
		{ "1 1:12 (1:4 3,6,9,12)", "", 4 },
		{ "1 1:12 (1:4294967295 1:4294967295)", "1:2,4:5,7:8,10:11", 4 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_told(*state, true, cases[i].rest, cases[i].vanished, cases[i].rows);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, fixture_stop)

int main(void)
{
	const struct CMUnitTest tests[] = { CASE(nothing_has_changed), CASE(what_went_is_forgotten) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
