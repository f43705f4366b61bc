#include "labels.h"

#include <errno.h>
#include <string.h>

#include "keywords_priv.h"
#include "limits.h"
#include "vbox.h"

/* tag NULL: the tag for deleted mail. */
static const struct {
	const char *label, *tag;
} system_labels[] = {
	{ "\\Draft", "draft" },
	{ "\\Important", "important" },
	{ "\\Inbox", "inbox" },
	{ "\\Muted", "muted" },
	{ "\\Sent", "sent" },
	{ "\\Spam", "spam" },
	{ "\\Starred", "flagged" },
	{ "\\Trash", NULL },
};

enum { SYSTEM_LABELS = sizeof(system_labels) / sizeof(system_labels[0]), SHOWN = MAIL_FLAGGED | MAIL_DRAFT };

static struct str system_tag(struct store *s, size_t i)
{
	return str_of(system_labels[i].tag ? system_labels[i].tag : s->conf.deleted_tag);
}

static struct str from_tag(struct store *s, struct arena *a, struct str tag)
{
	struct buf b = BUF(4 * KEYWORD_LENGTH_MAX);
	struct str label;

	for (size_t i = 0; i < SYSTEM_LABELS; i++)
		if (str_eq(tag, system_tag(s, i)))
			return str_of(system_labels[i].label);
	if (tag.n > 0 && tag.p[0] == '\\') {
		buf_puts(&b, "=5c");
		tag = str_from(tag, 1);
	}
	vbox_escape(&b, tag);
	label = arena_str(a, buf_view(&b));
	buf_free(&b);
	return label;
}

static int to_tag(struct store *s, struct arena *a, struct str label, struct str *ret)
{
	struct buf b = BUF(KEYWORD_LENGTH_MAX);
	int        r;

	for (size_t i = 0; i < SYSTEM_LABELS; i++)
		if (str_ieq(label, str_of(system_labels[i].label))) {
			*ret = system_tag(s, i);
			return 0;
		}
	if (label.n > 0 && label.p[0] == '\\')
		return store_fail(s, -EINVAL, "there is no such label of the system");
	r = vbox_unescape(&b, label);
	if (r == 0)
		*ret = arena_str(a, buf_view(&b));
	buf_free(&b);
	if (r < 0 || ret->p[0] == '-')
		return store_fail(s, -EINVAL, "a label is of no use as a tag: at most 200 octets, not \"-\" first, \"=\" before two hex digits");
	return 0;
}

int labels_list(struct store *s, const struct row *row, struct arena *a, struct str **ret, size_t *ret_n)
{
	struct keyword_set set;
	struct str        *v;
	int                r = keywords_of(s, row->kwset, &set);
	size_t             n = 0;

	if (r < 0)
		return r;
	v = ARENA_NEW_N(a, set.n + 2, struct str);
	for (size_t i = 0; i < set.n; i++)
		v[n++] = from_tag(s, a, set.tags[i]);
	if (row->flags & MAIL_FLAGGED)
		v[n++] = from_tag(s, a, STR("flagged"));
	if (row->flags & MAIL_DRAFT)
		v[n++] = from_tag(s, a, STR("draft"));
	*ret = v;
	*ret_n = n;
	return 0;
}

bool labels_has(struct store *s, const struct row *row, struct str label)
{
	struct arena       a = ARENA_INIT;
	struct keyword_set set;
	struct str         tag;
	uint32_t           flag;
	bool               found = false;

	if (to_tag(s, &a, label, &tag) == 0) {
		flag = state_tag_flag(tag);
		found = row->flags & flag & SHOWN;
		if (flag == 0 && keywords_of(s, row->kwset, &set) == 0)
			for (size_t i = 0; i < set.n && !found; i++)
				found = str_ieq(set.tags[i], tag);
	}
	arena_free(&a);
	return found;
}

/* A tag that there is, if one equals it but for case. *ret_flag: that which it is, 0: none. */
static int meant(struct store *s, struct state_txn *t, struct str label, struct arena *a, struct str *ret, uint32_t *ret_flag)
{
	int r = to_tag(s, a, label, ret);

	if (r < 0)
		return r;
	*ret_flag = state_tag_flag(*ret);
	if (*ret_flag & ~(uint32_t)SHOWN)
		return store_fail(s, -EINVAL, "%.*s is a flag and no label", STR_ARG(*ret));
	return *ret_flag == 0 ? keywords_existing(t, *ret, a, ret) : 0;
}

int labels_meant(struct store *s, struct str label, struct buf *tag)
{
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	struct str       is;
	uint32_t         flag;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = meant(s, &t, label, &a, &is, &flag);
	if (r == 0)
		buf_str(tag, is);
	state_abort(&t);
	arena_free(&a);
	return r;
}

/* One label: a flag or a tag. */
static int add(struct store *s, struct state_txn *t, struct str label, struct arena *a, struct str *tags, struct flag_change *c)
{
	struct str tag;
	uint32_t   flag = 0;
	int        r = meant(s, t, label, a, &tag, &flag);

	c->flags |= flag;
	if (r == 0 && flag == 0)
		tags[c->n_tags++] = tag;
	return r;
}

int labels_change(struct store *s, enum change_how how, const struct str *labels, size_t n, struct arena *a, struct flag_change *ret)
{
	struct flag_change c = { .how = how, .unchanged_since = UINT64_MAX, .keep = ~(uint32_t)SHOWN };
	struct str        *tags = ARENA_NEW_N(a, n, struct str);
	struct state_txn   t;
	int                r = state_read(&s->state, &t);

	for (size_t i = 0; r == 0 && i < n; i++)
		r = add(s, &t, labels[i], a, tags, &c);
	state_abort(&t);
	c.tags = tags;
	if (r == 0)
		*ret = c;
	return r;
}
