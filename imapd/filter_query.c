/* IMAP's keys in notmuch's words. Fields are words there and not substrings, "to:" is also who had a copy, a date is the moment of the
 * Date field in our zone: as near as a saved search of notmuch comes to what is meant. What it has no words for is not said at all. */
#include <time.h>

#include "filter.h"
#include "limits.h"
#include "row.h"
#include "textsearch.h"

enum { DAY_S = 86400 };

struct saying {
	struct buf   *b;
	filter_tag_fn tag;
	void         *arg;
};

static bool say(struct saying *x, const struct key *k, bool alone);

/* Children with a word between them. ALL can be said alone only, and need not be said beside others. */
static bool say_all(struct saying *x, const struct key *k, const char *between, bool skip_all)
{
	unsigned n = 0;

	for (const struct key *c = k->child; c; c = c->next) {
		if (skip_all && c->op == KEY_ALL)
			continue;
		if (n++ > 0)
			buf_puts(x->b, between);
		if (!say(x, c, false))
			return false;
	}
	return n > 0;
}

/* A query that stays one in parentheses. */
static bool is_closed(struct str query)
{
	bool quoted = false;
	int  depth = 0;

	for (size_t i = 0; i < query.n && depth >= 0; i++) {
		if (query.p[i] == '"')
			quoted = !quoted;
		else if (!quoted)
			depth += (query.p[i] == '(') - (query.p[i] == ')');
	}
	return depth == 0 && !quoted;
}

/* In double quotes, where a double quote is two. */
static void put_quoted(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s.p[i]);
	}
}

static bool say_tag(struct saying *x, enum key_op what, struct str word)
{
	struct buf tag = BUF(1024);
	bool       is = x->tag(x->arg, what, word, &tag);

	buf_puts(x->b, "tag:\"");
	put_quoted(x->b, buf_view(&tag));
	buf_putc(x->b, '"');
	buf_free(&tag);
	return is;
}

/* A message that somebody marked \Deleted in a folder is no other for notmuch until it has gone. What was taken out elsewhere has the
 * tag for deleted mail. */
static bool say_deleted(struct saying *x, bool is)
{
	buf_puts(x->b, is ? "" : "not ");
	return say_tag(x, KEY_LABEL, STR("\\Trash"));
}

static bool say_flags(struct saying *x, const struct key *k)
{
	static const struct {
		uint32_t    flag;
		const char *set, *unset;
	} tags[] = {
		{ MAIL_SEEN, "not tag:unread", "tag:unread" },
		{ MAIL_FLAGGED, "tag:flagged", "not tag:flagged" },
		{ MAIL_ANSWERED, "tag:replied", "not tag:replied" },
		{ MAIL_DRAFT, "tag:draft", "not tag:draft" },
		{ MAIL_FORWARDED, "tag:passed", "not tag:passed" },
	};

	if (k->mask == MAIL_DELETED)
		return say_deleted(x, k->flags != 0);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (k->mask == tags[i].flag) {
			buf_puts(x->b, k->flags ? tags[i].set : tags[i].unset);
			return true;
		}
	return false;
}

static bool say_day(struct buf *b, int64_t day)
{
	time_t    t = (time_t)(day * DAY_S);
	struct tm tm;

	if (day < 0 || !gmtime_r(&t, &tm))
		return false;
	buf_printf(b, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	return true;
}

/* Both ends of notmuch's range are in it. */
static bool say_date(struct saying *x, const struct key *k)
{
	buf_puts(x->b, "date:");
	if (k->from != KEY_FIRST && !say_day(x->b, k->from))
		return false;
	buf_puts(x->b, "..");
	return k->to == KEY_LAST || say_day(x->b, k->to - 1);
}

static bool say_text(struct saying *x, const char *prefix, enum textsearch_where where, struct str text)
{
	buf_puts(x->b, prefix);
	return textsearch_query(where, text, x->b) == 0;
}

/* notmuch's threads; those that our algorithms make it does not know. */
static bool say_inthread(struct saying *x, const struct key *k)
{
	struct buf    b = BUF(QUERY_MAX);
	struct saying inner = { &b, x->tag, x->arg };
	bool          said = !k->by_algorithm && say(&inner, k->child, true) && !b.failed;

	buf_puts(x->b, "thread:\"{");
	put_quoted(x->b, buf_view(&b));
	buf_puts(x->b, "}\"");
	buf_free(&b);
	return said;
}

static bool say_plain(struct saying *x, const struct key *k)
{
	switch (k->op) {
	case KEY_KEYWORD:
	case KEY_LABEL:
		return say_tag(x, k->op, k->text);
	case KEY_DATE:
	case KEY_SENT:
		return say_date(x, k);
	case KEY_FROM:
		return say_text(x, "from:", TEXTSEARCH_TEXT, k->text);
	case KEY_TO:
		return say_text(x, "to:", TEXTSEARCH_TEXT, k->text);
	case KEY_SUBJECT:
		return say_text(x, "subject:", TEXTSEARCH_TEXT, k->text);
	case KEY_BODY:
		return say_text(x, "", TEXTSEARCH_BODY, k->text);
	case KEY_TEXT:
		return say_text(x, "", TEXTSEARCH_TEXT, k->text);
	case KEY_THREAD:
		buf_printf(x->b, "thread:%016llx", (unsigned long long)k->id);
		return k->id != 0;
	case KEY_INTHREAD:
		return say_inthread(x, k);
	default:
		return false;
	}
}

static bool say_compound(struct saying *x, const struct key *k, bool alone)
{
	switch (k->op) {
	case KEY_AND:
		return say_all(x, k, " and ", true);
	case KEY_OR:
		return say_all(x, k, " or ", false);
	case KEY_NOT:
		buf_puts(x->b, "not ");
		return say(x, k->child, false);
	default:
		buf_str(x->b, k->text);
		return k->text.n > 0 && (alone || is_closed(k->text));
	}
}

static bool say(struct saying *x, const struct key *k, bool alone)
{
	bool compound = k->op == KEY_AND || k->op == KEY_OR || k->op == KEY_NOT || k->op == KEY_RAW;
	bool said;

	if (k->fuzzy)
		return false;
	if (k->op == KEY_ALL) {
		buf_putc(x->b, '*');
		return alone;
	}
	if (!compound && k->op != KEY_FLAGS)
		return say_plain(x, k);
	if (!alone)
		buf_putc(x->b, '(');
	said = compound ? say_compound(x, k, alone) : say_flags(x, k);
	if (!alone)
		buf_putc(x->b, ')');
	return said;
}

bool filter_query(struct buf *b, const struct key *root, filter_tag_fn tag, void *arg)
{
	struct saying x = { b, tag, arg };

	return say(&x, root, true) && !b->failed;
}
