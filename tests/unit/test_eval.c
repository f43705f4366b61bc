#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "eval.h"
#include "ids.h"

#include <errno.h>
#include <string.h>

#include "compile.h"
#include "derived.h"
#include "keywords.h"
#include "labels.h"
#include "mailtext.h"
#include "threads.h"

/* A store of our own below the search: the real one is not linked. Message i has UID 10 + i and serial 100 + i. */
static const struct {
	uint32_t    flags, kwset;
	int64_t     date;
	uint64_t    size;
	const char *file;               /* NULL: gone */
} mails[] = {
	{ MAIL_SEEN, 0, 760060800, 100, "From: Ann <ann@a.test>\nTo: Bob\nSubject: One\nDate: 1 Feb 1994 23:30:00 -0800\n\napple pie\n" },
	{ 0, 1, 760147199, 200, "From: Ben <ben@b.test>\nSubject: =?utf-8?q?Zw=C3=B6lf?=\nX-Odd: yes\n"
	  "Content-Type: multipart/mixed; boundary=B\n\n--B\n\nbanana\n"
	  "--B\nContent-Disposition: attachment\n\n" "Gr\xc3\xbc\xc3\x9f" "e, fig\n--B--\n" },
	{ MAIL_SEEN | MAIL_DELETED, 0, 760147200, 300, "From: ANN <x@y>\nCc: bob\nSubject: Three\nDate: 2 Feb 1994 00:30:00 +0900\n\ncherry\n" },
	{ 0, 0, 0, 400, NULL },
	{ MAIL_FORWARDED, 1, 760060799, 500, "Bcc: bob\nMessage-ID: <five@a.test>\n\nAPPLE\n" },
};

enum { N = sizeof(mails) / sizeof(mails[0]) };

static unsigned asked, narrowed;
static bool     no_index;

uint32_t box_count(const struct box *b)
{
	return N;
}

const uint32_t *box_uids(struct box *b)
{
	static const uint32_t uids[N] = { 10, 11, 12, 13, 14 };

	return uids;
}

int box_rows(struct box *b, const uint32_t *uids, size_t n, struct row *rows)
{
	for (size_t i = 0; i < n; i++) {
		size_t m = uids[i] - 10;

		rows[i] = (struct row){ .serial = 100 + m, .uid = mails[m].file ? uids[i] : 0, .flags = mails[m].flags, .kwset = mails[m].kwset,
			.date = mails[m].date, .size = ROW_SIZE_UNKNOWN, .modseq = 1000 - m };
	}
	return 0;
}

/* As rows have them: 1000 for the first UID, one less for each that follows. */
int box_changed_since(struct box *b, uint64_t modseq, struct arena *a, const uint32_t *uids, size_t n, const uint32_t **ret, size_t *ret_n)
{
	*ret = uids;
	*ret_n = modseq >= 1000 ? 0 : 1000 - modseq < n ? 1000 - modseq : n;
	narrowed++;
	return 0;
}

int box_sizes(struct box *b, struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rows[i].size = mails[rows[i].serial - 100].size;
	return 0;
}

bool box_is_recent(const struct box *b, uint32_t uid)
{
	return uid >= 12;
}

const char *store_spool(const struct store *s)
{
	return NULL;
}

bool keywords_has(struct store *s, uint32_t kwset, struct str keyword)
{
	return kwset == 1 && str_ieq(keyword, STR("todo"));
}

/* The second and the third have it. */
bool labels_has(struct store *s, const struct row *row, struct str label)
{
	return (row->uid == 11 || row->uid == 12) && str_eq(label, STR("\\Inbox"));
}

/* The set 1 is of the second mail and the last one. */
int keywords_of(struct store *s, uint32_t kwset, struct keyword_set *ret)
{
	static const struct str tags[] = { STR_LIT("attachment"), STR_LIT("todo") };

	*ret = (struct keyword_set){ tags, tags, kwset == 1 ? 2 : 0 };
	return 0;
}

int mail_cached(struct store *s, enum mail_cache kind, const uint64_t *serials, size_t n, mail_cache_fn fn, void *arg)
{
	for (size_t i = 0; i < n; i++)
		fn(arg, i, STR_NONE);
	return 0;
}

int mail_cache_put(struct store *s, enum mail_cache kind, const uint64_t *serials, const struct str *texts, size_t n)
{
	return 0;
}

static const char *mailtext(uint64_t serial)
{
	return mails[serial - 100].file;
}

int ids_of_email(struct store *s, uint64_t email, struct arena *a, struct serial_set *ret)
{
	uint64_t *v = ARENA_NEW(a, uint64_t);

	*v = email;
	*ret = (struct serial_set){ v, 1 };
	return 0;
}

/* The first and the third are thread 7. */
int ids_of_thread(struct store *s, uint64_t thread, struct arena *a, struct serial_set *ret)
{
	static const uint64_t seven[] = { 100, 102 };

	*ret = (struct serial_set){ seven, thread == 7 ? 2 : 0 };
	return 0;
}

/* The first and the third are one thread to notmuch, the second is alone, the last one is not indexed. */
int threads_of(struct store *s, const uint64_t *serials, size_t n, uint64_t *ret)
{
	for (size_t i = 0; i < n; i++)
		ret[i] = serials[i] == 100 || serials[i] == 102 ? UINT64_C(0xf000000000000007) : serials[i] == 101 ? 8 : 0;
	return 0;
}

/* The index knows of words in the first mail, and has not seen the last one. */
int textsearch(struct store *s, enum textsearch_where where, struct str text, struct arena *a, struct serial_set *ret_hits,
	struct serial_set *ret_unknown)
{
	static const uint64_t hits[] = { 100 }, unknown[] = { 104 };

	asked++;
	if (no_index)
		return -ENOTSUP;
	*ret_hits = (struct serial_set){ hits, str_ieq(text, STR("apple")) ? 1 : 0 };
	*ret_unknown = (struct serial_set){ unknown, 1 };
	return 0;
}

/* And of one of them in the first two. */
int textsearch_fuzzy(struct store *s, enum textsearch_where where, struct str text, struct arena *a, struct scored_set *ret_hits,
	struct serial_set *ret_unknown)
{
	static const struct scored   hits[] = { { 99, 1 }, { 100, 85 }, { 101, 20 } };
	static const uint64_t        unknown[] = { 104 };

	asked++;
	if (no_index)
		return -ENOTSUP;
	*ret_hits = (struct scored_set){ hits, 3 };
	*ret_unknown = (struct serial_set){ unknown, 1 };
	return 0;
}

int textsearch_raw(struct store *s, struct str query, struct arena *a, struct serial_set *ret_hits)
{
	static const uint64_t hits[] = { 1, 101, 103, 104, 999 };

	asked++;
	if (str_eq(query, STR("(")))
		return -EINVAL;
	*ret_hits = (struct serial_set){ hits, 5 };
	return 0;
}

/* Which messages the keys, joined by AND, give: "034" for those at these places. */
static void check(const char *want, size_t n, struct key *keys, bool exact)
{
	struct arena     a = ARENA_INIT;
	struct key       root = { .op = KEY_AND, .child = keys };
	struct eval_hits hits;

	for (size_t i = 0; i + 1 < n; i++)
		keys[i].next = &keys[i + 1];
	opened = asked = 0;
	compile_key(&a, &root);
	assert_int_equal(eval_run(NULL, NULL, &root, exact, &a, &hits), 0);
	assert_int_equal(hits.n, strlen(want));
	for (size_t i = 0; i < hits.n; i++)
		assert_int_equal(hits.uids[i], 10 + (want[i] - '0'));
	arena_free(&a);
}

#define FINDS(want, ...) check(want, sizeof((struct key[]){ __VA_ARGS__ }) / sizeof(struct key), (struct key[]){ __VA_ARGS__ }, false)

static void by_rows(void **state)
{
	static const uint32_t uids[] = { 11, 13, 14 };

	FINDS("0124", { .op = KEY_ALL });
	FINDS("02", { .op = KEY_FLAGS, .mask = MAIL_SEEN, .flags = MAIL_SEEN });
	FINDS("14", { .op = KEY_FLAGS, .mask = MAIL_SEEN });
	FINDS("0", { .op = KEY_FLAGS, .mask = MAIL_SEEN, .flags = MAIL_SEEN }, { .op = KEY_FLAGS, .mask = MAIL_DELETED });
	FINDS("24", { .op = KEY_RECENT });
	FINDS("14", { .op = KEY_UIDS, .uids = uids, .n_uids = 3 });
	FINDS("", { .op = KEY_UIDS });
	FINDS("14", { .op = KEY_KEYWORD, .text = STR("TODO") });
	FINDS("", { .op = KEY_KEYWORD, .text = STR("other") });
	/* 1-Feb-1994 is day 8797: from 760060800 to 760147199 */
	FINDS("01", { .op = KEY_DATE, .from = 8797, .to = 8798 });
	FINDS("4", { .op = KEY_DATE, .from = KEY_FIRST, .to = 8797 });
	FINDS("012", { .op = KEY_DATE, .from = 8797, .to = KEY_LAST });
	FINDS("24", { .op = KEY_SIZE, .from = 201, .to = KEY_LAST });
	FINDS("0", { .op = KEY_SIZE, .from = KEY_FIRST, .to = 200 });
	FINDS("012", { .op = KEY_MODSEQ, .id = 998 });
	FINDS("", { .op = KEY_MODSEQ, .id = 1001 });
	FINDS("0124", { .op = KEY_MODSEQ });
	FINDS("02", { .op = KEY_FLAGS, .mask = MAIL_SEEN, .flags = MAIL_SEEN }, { .op = KEY_MODSEQ, .id = 997 });
	assert_int_equal(narrowed, 3);
	assert_int_equal(opened, 0);
}

static void by_fields(void **state)
{
	FINDS("02", { .op = KEY_FROM, .text = STR("aNN") });
	FINDS("1", { .op = KEY_SUBJECT, .text = STR("ZW\xc3\x96LF") });
	FINDS("0", { .op = KEY_TO, .text = STR("bob") });
	FINDS("2", { .op = KEY_CC, .text = STR("bob") });
	FINDS("4", { .op = KEY_BCC, .text = STR("bob") });
	FINDS("0124", { .op = KEY_FROM, .text = STR("") });
	/* The date as the sender saw it; none is no date. */
	FINDS("0", { .op = KEY_SENT, .from = 8797, .to = 8798 });
	FINDS("2", { .op = KEY_SENT, .from = 8798, .to = 8799 });
	FINDS("02", { .op = KEY_SENT, .from = KEY_FIRST, .to = KEY_LAST });
	FINDS("4", { .op = KEY_HEADER, .name = STR("Message-Id"), .text = STR("<FIVE@") });
	FINDS("1", { .op = KEY_HEADER, .name = STR("x-odd"), .text = STR("") });
	FINDS("1", { .op = KEY_HEADER, .name = STR("x-odd"), .text = STR("Yes") });
	FINDS("", { .op = KEY_HEADER, .name = STR("x-odd"), .text = STR("no") });
}

static void by_content(void **state)
{
	FINDS("04", { .op = KEY_BODY, .text = STR("Apple") });
	assert_int_equal(asked, 1);
	assert_int_equal(opened, 2);            /* and one for what is attached to it */
	FINDS("4", { .op = KEY_TEXT, .text = STR("five@a") });
	check("04", 1, (struct key[]){ { .op = KEY_BODY, .text = STR("ppl") } }, true);
	assert_int_equal(asked, 0);
	assert_int_equal(opened, 4);
	no_index = true;
	FINDS("1", { .op = KEY_BODY, .text = STR("banana") });
	assert_int_equal(opened, 4);
	no_index = false;
	FINDS("0124", { .op = KEY_BODY, .text = STR("") });
	assert_int_equal(asked, 0);
}

/* A notmuch query: of its hits those that are there. A bad one is told of though nothing is left to be looked at. */
static void by_query(void **state)
{
	struct arena     a = ARENA_INIT;
	struct key       none = { .op = KEY_UIDS }, bad = { .op = KEY_RAW, .text = STR("(") }, root = { .op = KEY_AND, .child = &none };
	struct eval_hits hits;

	FINDS("14", { .op = KEY_RAW, .text = STR("tag:x") });
	assert_int_equal(asked, 1);
	assert_int_equal(opened, 0);
	FINDS("1", { .op = KEY_RAW, .text = STR("tag:x") }, { .op = KEY_FROM, .text = STR("ben") });
	none.next = &bad;
	compile_key(&a, &root);
	assert_int_equal(eval_run(NULL, NULL, &root, false, &a, &hits), -EINVAL);
	arena_free(&a);
}

static void by_label(void **state)
{
	FINDS("12", { .op = KEY_LABEL, .text = STR("\\Inbox") });
	FINDS("", { .op = KEY_LABEL, .text = STR("foo") });
}

/* Contents and threads by number; 0 is none. The last mail is a thread of its own. */
static void by_ids(void **state)
{
	FINDS("1", { .op = KEY_EMAIL, .id = 101 });
	FINDS("", { .op = KEY_EMAIL });
	FINDS("02", { .op = KEY_THREAD, .id = 7 });
	FINDS("4", { .op = KEY_THREAD, .id = 104 });
	FINDS("", { .op = KEY_THREAD, .id = 8 });
	assert_int_equal(opened, 0);
}

/* Nor has it what is attached: looked at where there is an attachment. */
static void by_attachments(void **state)
{
	FINDS("1", { .op = KEY_BODY, .text = STR("FIG") });
	assert_int_equal(opened, 2);            /* and the one that is not indexed */
	FINDS("1", { .op = KEY_TEXT, .text = STR("GR\xc3\x9c") });
	FINDS("", { .op = KEY_BODY, .text = STR("banana") });
}

/* Notmuch's threads, or those of an algorithm of THREAD, in which each is alone here. */
static void in_threads(void **state)
{
	struct key third = { .op = KEY_CC, .text = STR("bob") }, last = { .op = KEY_BCC, .text = STR("bob") };
	struct key flagged = { .op = KEY_FLAGS, .mask = MAIL_FLAGGED, .flags = MAIL_FLAGGED };
	struct key fuzzy_cc = { .op = KEY_CC, .text = STR("bob"), .fuzzy = true };
	struct key root = { .op = KEY_INTHREAD, .child = &fuzzy_cc };
	struct arena     a = ARENA_INIT;
	struct eval_hits hits;

	FINDS("02", { .op = KEY_INTHREAD, .child = &third });
	FINDS("4", { .op = KEY_INTHREAD, .child = &last });
	FINDS("", { .op = KEY_INTHREAD, .child = &flagged });
	FINDS("2", { .op = KEY_INTHREAD, .child = &third, .by_algorithm = true, .algorithm = THREAD_REFERENCES });
	FINDS("0", { .op = KEY_INTHREAD, .child = &third }, { .op = KEY_FLAGS, .mask = MAIL_DELETED });
	compile_key(&a, &root);
	assert_int_equal(eval_run(NULL, NULL, &root, false, &a, &hits), 0);
	assert_int_equal(hits.n, 2);
	assert_int_equal(hits.scores[0], 1);
	assert_int_equal(hits.scores[1], 100);
	arena_free(&a);
}

/* The index is asked once for all mailboxes that one program is run on. */
static void several_mailboxes(void **state)
{
	struct key       keys[] = { { .op = KEY_TEXT, .text = STR("apple") }, { .op = KEY_RAW, .text = STR("tag:x") } };
	struct key       root = { .op = KEY_OR, .child = keys };
	struct arena     a = ARENA_INIT;
	struct eval_hits hits;

	keys[0].next = &keys[1];
	asked = 0;
	compile_key(&a, &root);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(eval_run(NULL, NULL, &root, false, &a, &hits), 0);
		assert_int_equal(hits.n, 3);
	}
	assert_int_equal(asked, 2);
	arena_free(&a);
}

/* The index has words of From, To, Cc, Bcc and Subject; what is in other fields is found by what is kept of them. */
static void by_headers(void **state)
{
	FINDS("1", { .op = KEY_TEXT, .text = STR("X-ODD") });
	FINDS("1", { .op = KEY_TEXT, .text = STR("odd: yes") });
	FINDS("", { .op = KEY_BODY, .text = STR("x-odd") });
	FINDS("", { .op = KEY_TEXT, .text = STR("ben@b") });
	FINDS("0", { .op = KEY_TEXT, .text = STR("-0800") });
}

/* As FINDS, and how relevant they are. */
static void check_scores(const char *want, const uint8_t *scores, struct key *root, bool exact)
{
	struct arena     a = ARENA_INIT;
	struct eval_hits hits;

	compile_key(&a, root);
	assert_int_equal(eval_run(NULL, NULL, root, exact, &a, &hits), 0);
	assert_int_equal(hits.n, strlen(want));
	for (size_t i = 0; i < hits.n; i++) {
		assert_int_equal(hits.uids[i], 10 + (want[i] - '0'));
		assert_int_equal(hits.scores[i], scores[i]);
	}
	arena_free(&a);
}

#define SCORES(want, root, ...) check_scores(want, (const uint8_t[]){ __VA_ARGS__ }, root, false)

static void fuzzy(void **state)
{
	struct arena     a = ARENA_INIT;
	struct eval_hits hits;
	struct key       text = { .op = KEY_TEXT, .fuzzy = true, .text = STR("pie apple") };
	struct key       odd = { .op = KEY_TEXT, .fuzzy = true, .text = STR("yes x-odd") };
	struct key       from = { .op = KEY_FROM, .fuzzy = true, .text = STR("a.test, Ann") };
	struct key       ann = { .op = KEY_FROM, .fuzzy = true, .text = STR("ann") };
	struct key       seen = { .op = KEY_FLAGS, .fuzzy = true, .mask = MAIL_SEEN, .flags = MAIL_SEEN };

	/* 4 is read: it has the one word, not the other */
	SCORES("01", &text, 85, 20);
	no_index = true;
	text = (struct key){ .op = KEY_BODY, .fuzzy = true, .text = STR("pie apple") };
	SCORES("0", &text, 20);
	text = (struct key){ .op = KEY_BODY, .fuzzy = true, .text = STR("apple pie") };
	SCORES("0", &text, 60);
	SCORES("1", &odd, 20);
	no_index = false;
	SCORES("0", &from, 50);
	SCORES("02", &ann, 80, 80);

	/* Of those that have to match the mean, of others the best; NOT tells nothing */
	{
		struct key and[] = { { .op = KEY_TEXT, .fuzzy = true, .text = STR("apple") }, { .op = KEY_FROM, .fuzzy = true, .text = STR("ann") } };
		struct key root = { .op = KEY_AND, .child = and };

		and[0].next = &and[1];
		SCORES("0", &root, 83);
	}
	{
		struct key or[] = { { .op = KEY_TEXT, .fuzzy = true, .text = STR("apple") }, { .op = KEY_FROM, .fuzzy = true, .text = STR("ann") } };
		struct key root = { .op = KEY_OR, .child = or };

		or[0].next = &or[1];
		SCORES("0124", &root, 85, 20, 80, 60);
	}
	{
		struct key not = { .op = KEY_NOT, .child = &(struct key){ .op = KEY_FROM, .fuzzy = true, .text = STR("ann") } };

		SCORES("14", &not, 100, 100);
	}
	/* A flag is a flag; then there is nothing to score */
	compile_key(&a, &seen);
	assert_int_equal(eval_run(NULL, NULL, &seen, false, &a, &hits), 0);
	assert_int_equal(hits.n, 2);
	assert_null(hits.scores);
	arena_free(&a);
}

/* The highest of the messages found, where MODSEQ is asked for, at any depth. */
static void highest_modseq(void **state)
{
	struct key       seen = { .op = KEY_FLAGS, .mask = MAIL_SEEN, .flags = MAIL_SEEN }, modseq = { .op = KEY_MODSEQ, .id = 999, .next = &seen };
	struct key       or = { .op = KEY_OR, .child = &modseq };
	struct arena     a = ARENA_INIT;
	struct eval_hits hits;

	compile_key(&a, &or);
	assert_int_equal(eval_run(NULL, NULL, &or, false, &a, &hits), 0);
	assert_int_equal(hits.n, 3);
	assert_int_equal(hits.modseq, 1000);
	compile_key(&a, &seen);
	assert_int_equal(eval_run(NULL, NULL, &seen, false, &a, &hits), 0);
	assert_true(hits.n > 0 && hits.modseq == 0);
	arena_free(&a);
}

/* Dear keys are asked last, and not at all when nothing is left. */
static void order(void **state)
{
	FINDS("0", { .op = KEY_BODY, .text = STR("apple") }, { .op = KEY_FLAGS, .mask = MAIL_SEEN, .flags = MAIL_SEEN });
	assert_int_equal(opened, 0);
	FINDS("", { .op = KEY_BODY, .text = STR("apple") }, { .op = KEY_UIDS });
	assert_int_equal(asked, 0);
	FINDS("1", { .op = KEY_HEADER, .name = STR("X-Odd"), .text = STR("") }, { .op = KEY_KEYWORD, .text = STR("todo") });
	assert_int_equal(opened, 2);
}

static void trees(void **state)
{
	struct key or[] = { { .op = KEY_FROM, .text = STR("ben") }, { .op = KEY_FLAGS, .mask = MAIL_DELETED, .flags = MAIL_DELETED } };
	struct key not_body = { .op = KEY_BODY, .text = STR("apple") };
	struct key seen = { .op = KEY_FLAGS, .mask = MAIL_SEEN, .flags = MAIL_SEEN };
	struct key not_seen = { .op = KEY_NOT, .child = &seen };

	or[0].next = &or[1];
	FINDS("12", { .op = KEY_OR, .child = or });
	FINDS("12", { .op = KEY_NOT, .child = &not_body });
	FINDS("02", { .op = KEY_NOT, .child = &not_seen });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_rows), cmocka_unit_test(by_fields), cmocka_unit_test(by_content), cmocka_unit_test(order),
		cmocka_unit_test(by_query), cmocka_unit_test(by_ids), cmocka_unit_test(by_headers), cmocka_unit_test(by_attachments),
		cmocka_unit_test(in_threads),
		cmocka_unit_test(several_mailboxes), cmocka_unit_test(by_label), cmocka_unit_test(fuzzy),
		cmocka_unit_test(trees), cmocka_unit_test(highest_modseq),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
