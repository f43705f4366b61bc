#include "filters.h"

#include <errno.h>
#include <string.h>

#include "keywords.h"
#include "limits.h"
#include "queries.h"
#include "state_metadata.h"
#include "text.h"
#include "vec.h"

static const struct str above = STR_LIT("/private/filters/values/");

struct str filters_name(struct str entry)
{
	return str_istarts(entry, above) ? str_from(entry, above.n) : STR_NONE;
}

bool filters_wanted(const struct metadata_wanted *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_istarts(w->entries[i], above) || str_istarts(above, w->entries[i]))
			return true;
	return false;
}

/* A filter's name is an atom without "/". */
struct str filters_entry(struct arena *a, struct str query)
{
	struct buf b = BUF(4 * QUERY_NAME_MAX + 100), word = BUF(4 * QUERY_NAME_MAX);
	struct str entry = STR_NONE;

	keyword_escape(&word, query);
	buf_str(&b, above);
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] == '/')
			buf_puts(&b, "=2F");
		else
			buf_putc(&b, word.p[i]);
	if (!b.failed && !word.failed && b.n <= METADATA_NAME_MAX)
		entry = arena_str(a, buf_view(&b));
	buf_free(&b);
	buf_free(&word);
	return entry;
}

/* The criteria that a named query is. */
static struct str criteria(struct arena *a, struct str query)
{
	struct buf b = BUF(2 * QUERY_MAX + 100);
	struct str s;
	bool       plain = text_is_utf8(query);

	for (size_t i = 0; i < query.n; i++)
		plain &= (unsigned char)query.p[i] >= 0x20 && query.p[i] != 0x7f;
	if (plain) {
		buf_puts(&b, "X-GM-RAW \"");
		for (size_t i = 0; i < query.n; i++) {
			if (query.p[i] == '"' || query.p[i] == '\\')
				buf_putc(&b, '\\');
			buf_putc(&b, query.p[i]);
		}
		buf_putc(&b, '"');
	} else {
		buf_printf(&b, "X-GM-RAW {%zu+}\r\n", query.n);
		buf_str(&b, query);
	}
	s = b.failed ? STR_NONE : arena_str(a, buf_view(&b));
	buf_free(&b);
	return s;
}

static const struct metadata *find(const struct metadata *v, size_t n, struct str entry)
{
	for (size_t i = 0; i < n; i++)
		if (str_ieq(v[i].entry, entry))
			return &v[i];
	return NULL;
}

int filters_list(struct store *s, struct arena *a, const struct metadata *set, size_t n_set, struct metadata **ret, size_t *ret_n)
{
	VEC(struct metadata) out = { 0 };
	struct query *q;
	size_t        n;
	int           r = queries_list(s, a, &q, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct str             entry = filters_entry(a, q[i].name);
		const struct metadata *own = find(set, n_set, entry);
		struct metadata        m = { entry, criteria(a, q[i].text), q[i].text };

		if (own && str_eq(own->said, q[i].text))
			m = *own;
		if (m.entry.n > 0 && m.value.n > 0 && !find(out.p, out.n, m.entry))
			VEC_PUSH(&out, m);
	}
	/* Those of which notmuch cannot say the same. */
	for (size_t i = 0; r == 0 && i < n_set; i++)
		if (set[i].said.n == 0 && !find(out.p, out.n, set[i].entry))
			VEC_PUSH(&out, set[i]);
	if (r == 0) {
		*ret = ARENA_NEW_N(a, out.n, struct metadata);
		if (out.n > 0)
			memcpy(*ret, out.p, out.n * sizeof(**ret));
		*ret_n = out.n;
	}
	VEC_FREE(&out);
	return r;
}

/* The query that a filter of this name is, or would be. *ret_text empty: there is none yet. */
static int query_of(struct store *s, struct arena *a, struct str name, struct str *ret_query, struct str *ret_text)
{
	struct str    entry = str_of(arena_printf(a, "%.*s%.*s", STR_ARG(above), STR_ARG(name)));
	struct buf    b = BUF(4 * QUERY_NAME_MAX);
	struct query *q;
	size_t        n;
	int           r = queries_list(s, a, &q, &n);

	*ret_query = *ret_text = STR_NONE;
	for (size_t i = 0; r == 0 && i < n && ret_query->n == 0; i++)
		if (str_ieq(filters_entry(a, q[i].name), entry)) {
			*ret_query = q[i].name;
			*ret_text = q[i].text;
		}
	if (r == 0 && ret_query->n == 0 && keyword_unescape(&b, name) == 0 && str_ieq(filters_entry(a, buf_view(&b)), entry))
		*ret_query = arena_str(a, buf_view(&b));
	buf_free(&b);
	return r;
}

static bool is_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] <= ' ' || name.p[i] >= 0x7f || strchr("(){%*\"\\]/", name.p[i]))
			return false;
	return name.n > 0;
}

/* What a client said before, if that is what the query is. */
static int is_own(struct store *s, struct str entry, struct str text, bool *ret)
{
	struct metadata  m;
	struct state_txn t;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	r = state_metadata_get(&t, STR(""), entry, &m);
	*ret = r == 0 && str_eq(m.said, text);
	state_abort(&t);
	return r == -ENOENT ? 0 : r;
}

int filters_plan(struct store *s, struct arena *a, const struct metadata *m, struct str *ret_query, struct str *ret_text)
{
	struct str name = filters_name(m->entry), text;
	bool       own = false;
	int        r;

	if (!is_name(name))
		return store_fail(s, -EINVAL, "a filter's name is an atom without \"/\"");
	r = query_of(s, a, name, ret_query, &text);
	*ret_text = m->said;
	if (r < 0 || (m->value.p && m->said.n > 0 && ret_query->n > 0))
		return r;
	/* There shall be no query of that name. */
	*ret_text = STR_NONE;
	if (text.n == 0) {
		*ret_query = STR_NONE;
		return 0;
	}
	r = is_own(s, m->entry, text, &own);
	if (r == 0 && m->value.p && !own)
		return store_fail(s, -EINVAL, "notmuch has a query of that name, and cannot say this: take another name, or remove it first");
	return r;
}
