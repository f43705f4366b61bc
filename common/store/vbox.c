#include "vbox.h"

#include <errno.h>
#include <string.h>

#include "index_names.h"
#include "keywords.h"
#include "pending.h"
#include "queries.h"
#include "state_virtual.h"
#include "text.h"
#include "vec.h"

static bool must_escape(struct str tag, size_t i)
{
	unsigned char c = (unsigned char)tag.p[i];

	if (c == '/')
		return i == 0 || i + 1 == tag.n || tag.p[i + 1] == '/';
	return c < 0x20 || c == 0x7f || c == '=';
}

void vbox_escape(struct buf *b, struct str tag)
{
	size_t   i = 0;
	uint32_t c;

	while (i < tag.n) {
		unsigned len = text_utf8_next(str_from(tag, i), &c);

		if (len == 0 || must_escape(tag, i)) {
			buf_printf(b, "=%02x", (unsigned char)tag.p[i]);
			len = 1;
		} else {
			buf_put(b, tag.p + i, len);
		}
		i += len;
	}
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int vbox_unescape(struct buf *b, struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		int hi, lo;

		if (name.p[i] != '=') {
			buf_putc(b, name.p[i]);
			continue;
		}
		hi = i + 2 < name.n ? hex(name.p[i + 1]) : -1;
		lo = i + 2 < name.n ? hex(name.p[i + 2]) : -1;
		if (hi < 0 || lo < 0)
			return -EINVAL;
		buf_putc(b, (char)(hi * 16 + lo));
		i += 2;
	}
	return b->failed || b->n == 0 ? -EINVAL : 0;
}

/* What is below prefix + "/"; false when the name is not. */
static bool below(const char *prefix, struct str name, struct str *ret_rest)
{
	size_t n = prefix ? strlen(prefix) : 0;

	if (n == 0 || name.n < n + 2 || !str_starts(name, str_of(prefix)) || name.p[n] != '/')
		return false;
	*ret_rest = str_from(name, n + 1);
	return true;
}

static int find_tag(struct store *s, struct arena *a, struct str rest, struct vbox *ret)
{
	struct buf b = BUF(1024);
	int        r = vbox_unescape(&b, rest);

	*ret = (struct vbox){ VBOX_TAG, arena_str(a, buf_view(&b)) };
	buf_free(&b);
	if (keywords_fixed(s, ret->arg))        /* nothing is put there or taken out */
		*ret = (struct vbox){ VBOX_QUERY, str_of(vbox_query(s, a, ret)) };
	return r < 0 ? store_fail(s, -EINVAL, "that is no name of a tag: \"=\" goes before two hex digits") : 0;
}

static int find_query(struct store *s, struct arena *a, struct str rest, struct vbox *ret)
{
	ret->kind = VBOX_QUERY;
	return queries_get(s, rest, a, &ret->arg);
}

/* "tag:word", "is:word", tag:"some words" and nothing else: the tag. */
static bool is_one_tag(struct str query, struct str *ret_tag)
{
	static const struct str prefixes[] = { STR_LIT("tag:"), STR_LIT("is:") };
	struct str              t = STR_NONE;

	for (size_t i = 0; i < 2 && t.n == 0; i++)
		if (str_starts(query, prefixes[i]))
			t = str_from(query, prefixes[i].n);
	if (t.n > 2 && t.p[0] == '"' && t.p[t.n - 1] == '"')
		t = str_mid(t, 1, t.n - 2);
	else if (str_chr(t, ' ') < t.n)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (strchr("\"()*\t", t.p[i]))
			return false;
	*ret_tag = t;
	return t.n > 0;
}

static struct vbox inbox(const struct store_conf *c)
{
	struct vbox v = { VBOX_QUERY, str_of(c->inbox_query) };

	if (is_one_tag(v.arg, &v.arg))
		v.kind = VBOX_TAG;
	return v;
}

int vbox_find(struct store *s, struct arena *a, struct str name, struct vbox *ret)
{
	const struct store_conf *c = &s->conf;
	struct str               rest;

	*ret = (struct vbox){ VBOX_FOLDER, STR_NONE };
	if (str_eq(name, STR("INBOX")) && c->inbox_query)
		*ret = inbox(c);
	else if (c->all && str_eq(name, str_of(c->all)))
		*ret = (struct vbox){ VBOX_ALL, str_of(c->deleted_tag) };
	else if (c->flagged && str_eq(name, str_of(c->flagged)))
		*ret = (struct vbox){ VBOX_TAG, STR("flagged") };
	else if (below(c->tags, name, &rest))
		return find_tag(s, a, rest, ret);
	else if (below(c->queries, name, &rest))
		return find_query(s, a, rest, ret);
	return 0;
}

static struct str name_below(struct arena *a, const char *prefix, struct str escaped)
{
	return str_of(arena_printf(a, "%s/%.*s", prefix, STR_ARG(escaped)));
}

struct str vbox_tag_name(struct store *s, struct arena *a, struct str tag)
{
	struct buf b = BUF(4096);
	struct str name;

	if (!s->conf.tags || tag.n == 0)
		return STR_NONE;
	for (size_t i = 0; i < s->conf.n_hidden; i++)
		if (str_eq(tag, str_of(s->conf.hidden[i])))
			return STR_NONE;
	vbox_escape(&b, tag);
	name = name_below(a, s->conf.tags, buf_view(&b));
	buf_free(&b);
	return name.n <= DB_KEY_MAX ? name : STR_NONE;
}

struct str vbox_query_name(struct store *s, struct arena *a, struct str query)
{
	return s->conf.queries && query.n > 0 && text_is_utf8(query) ? name_below(a, s->conf.queries, query) : STR_NONE;
}

struct str vbox_query_of(struct store *s, struct str name)
{
	struct str rest;

	return below(s->conf.queries, name, &rest) ? rest : STR_NONE;
}

bool vbox_lasts(const struct store *s, struct str name, const struct vbox *v)
{
	struct str rest;

	return v->kind != VBOX_TAG || !below(s->conf.tags, name, &rest);
}

struct listing {
	struct store         *s;
	struct arena         *a;
	struct index         *index;            /* NULL: none */
	const struct pending *pending;
	VEC(struct vbox_name) v;
};

static void add_name(struct listing *l, struct str name, enum special_use special)
{
	if (name.n > 0)
		VEC_PUSH(&l->v, ((struct vbox_name){ name, special }));
}

/* Has the index still to learn that no message has the tag any more? */
static bool is_gone(struct listing *l, struct str tag)
{
	struct vbox           v = { VBOX_TAG, tag };
	struct pending_counts more = pending_of(l->pending, &v);
	uint32_t              found;

	return more.messages < 0 && index_count(l->index, vbox_query(l->s, l->a, &v), &found) == 0 && found + more.messages <= 0;
}

static void take_tag(void *arg, struct str tag)
{
	struct listing *l = arg;

	add_name(l, vbox_tag_name(l->s, l->a, tag), SPECIAL_NONE);
}

static void take_indexed(void *arg, struct str tag)
{
	struct listing *l = arg;

	if (!is_gone(l, tag))
		take_tag(l, tag);
}

/* Those that the index has still to learn of, and its own; of one moment. */
static void take_tags(struct listing *l)
{
	enum { TRIES = 4 };
	size_t n = l->v.n;

	for (int i = 0; i < TRIES && pending_get(l->s, &l->pending, &l->index) == 0; i++) {
		l->v.n = n;
		for (uint32_t k = 0; k < l->pending->tags.n; k++)
			if (l->pending->given[k])
				take_tag(l, arena_str(l->a, l->pending->tags.keys[k]));
		if (!l->index || index_tag_names(l->index, take_indexed, l) < 0 || pending_holds(l->pending, l->index))
			break;
	}
}

static void take_queries(struct listing *l)
{
	struct query *q;
	size_t        n = 0;

	if (queries_list(l->s, l->a, &q, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		add_name(l, vbox_query_name(l->s, l->a, q[i].name), SPECIAL_NONE);
}

/* Tags that no message has, too. */
static void take_materialised(struct listing *l)
{
	struct state_txn t;
	struct db_walk   w;

	if (state_read(&l->s->state, &t) < 0)
		return;
	if (db_walk_begin(t.db, STATE_VBOX, STR_NONE, STR_NONE, &w) == 0) {
		while (db_walk_next(&w))
			if (w.value.p[0] == VBOX_TAG)
				take_tag(l, arena_str(l->a, str_from(w.value, 1)));
		db_walk_end(&w);
	}
	state_abort(&t);
}

void vbox_list(struct store *s, struct arena *a, struct vbox_name **ret, size_t *ret_n)
{
	struct listing l = { .s = s, .a = a };

	if (s->conf.inbox_query)
		add_name(&l, STR("INBOX"), SPECIAL_NONE);
	if (s->conf.all)
		add_name(&l, str_of(s->conf.all), SPECIAL_ALL);
	if (s->conf.flagged)
		add_name(&l, str_of(s->conf.flagged), SPECIAL_FLAGGED);
	if (s->conf.tags)
		take_tags(&l);
	if (s->conf.queries)
		take_queries(&l);
	take_materialised(&l);
	*ret = ARENA_NEW_N(a, l.v.n, struct vbox_name);
	if (l.v.n > 0)
		memcpy(*ret, l.v.p, l.v.n * sizeof(**ret));
	*ret_n = l.v.n;
	VEC_FREE(&l.v);
}

/* Inside of double quotes a double quote is doubled (notmuch-search-terms(7)). */
static const char *quoted(struct arena *a, struct str s)
{
	char  *z = arena_alloc(a, 2 * s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			z[n++] = '"';
		z[n++] = s.p[i];
	}
	return z;
}

const char *vbox_query(struct store *s, struct arena *a, const struct vbox *v)
{
	if (v->kind == VBOX_TAG)
		return arena_printf(a, "tag:\"%s\"", quoted(a, v->arg));
	if (v->kind == VBOX_ALL || str_eq(str_trim(v->arg), STR("*")))          /* "*" is everything only where it stands alone */
		return arena_printf(a, "not tag:\"%s\"", quoted(a, v->kind == VBOX_ALL ? v->arg : str_of(s->conf.deleted_tag)));
	return arena_printf(a, "(%.*s) and not tag:\"%s\"", STR_ARG(v->arg), quoted(a, str_of(s->conf.deleted_tag)));
}
