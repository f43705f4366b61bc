#include "filter.h"

#include "command.h"
#include "keywords.h"
#include "labels.h"
#include "limits.h"
#include "text.h"

static const struct str roots[] = { STR_LIT("/private/filters/values/"), STR_LIT("/shared/filters/values/") };

/* value->p NULL: there is none. */
static int look_up(struct session *s, struct request *rq, struct str name, struct str *value)
{
	*value = STR_NONE;
	for (size_t i = 0; i < 2 && !value->p; i++) {
		struct str             entry = str_of(arena_printf(rq->arena, "%.*s%.*s", STR_ARG(roots[i]), STR_ARG(name)));
		struct metadata_wanted wanted = { &entry, 1, 0 };
		struct metadata       *v;
		size_t                 n;
		int                    r = metadata_get(s->store, STR(""), &wanted, rq->arena, &v, &n);

		if (r < 0)
			return r;
		if (n > 0)
			*value = v[0].value;
	}
	return 0;
}

static const struct reply *undefined(struct request *rq, struct str name, const char *why)
{
	return reply_new(rq->arena, REPLY_NO, arena_printf(rq->arena, "UNDEFINED-FILTER %.*s", STR_ARG(name)), "%s", why);
}

/* One filter; those in it are added to args->sets. */
static const struct reply *expand(struct session *s, struct request *rq, struct search_filter f, struct search_args *args, size_t *size)
{
	struct str   name = f.key->name, value;
	struct lexer lx;
	int          r;

	if (f.level == FILTER_LEVELS_MAX)
		return undefined(rq, name, "Filters refer to each other without end");
	r = look_up(s, rq, name, &value);
	if (r < 0)
		return reply_errno(s, rq, r);
	if (!value.p)
		return undefined(rq, name, "There is no such filter");
	*size += value.n;
	if (*size > FILTERS_SIZE_MAX)
		return reply_new(rq->arena, REPLY_NO, "LIMIT", "The filters are too long");
	lex_init(&lx, value, rq->arena);
	if (read_search_more(&lx, &f, &f.key->child, args) < 0)
		return reply_new(rq->arena, REPLY_NO, "CANNOT", "The filter %.*s is no search: %s", STR_ARG(name), lex_why(&lx));
	f.key->op = KEY_AND;
	return NULL;
}

const struct reply *filter_expand(struct session *s, struct request *rq, struct search_args *args)
{
	const struct reply *refusal = NULL;
	size_t              size = 0;

	for (size_t i = 0; !refusal && i < args->sets.n_filters; i++)
		refusal = expand(s, rq, args->sets.filters[i], args, &size);
	return refusal;
}

static bool tag_of(void *arg, enum key_op what, struct str word, struct buf *tag)
{
	return (what == KEY_LABEL ? labels_meant(arg, word, tag) : keywords_meant(arg, word, tag)) == 0;
}

const struct reply *filter_check(struct session *s, struct request *rq, struct str box, struct metadata *v, size_t n)
{
	for (size_t i = 0; box.n == 0 && i < n; i++) {
		bool               private = str_istarts(v[i].entry, roots[0]);
		struct search_args args = { .options = SEARCH_ALL };
		struct lexer       lx;
		struct buf         b = BUF(QUERY_MAX);

		if (!v[i].value.p || (!private && !str_istarts(v[i].entry, roots[1])))
			continue;
		lex_init(&lx, v[i].value, rq->arena);
		if (!text_is_utf8(v[i].value) || read_search_keys(&lx, &args) < 0)
			return reply_new(rq->arena, REPLY_NO, "CANNOT", "%.*s is no search: %s", STR_ARG(v[i].entry), lex_why(&lx));
		if (private && filter_query(&b, args.root, tag_of, s->store))
			v[i].said = arena_str(rq->arena, buf_view(&b));
		buf_free(&b);
	}
	return NULL;
}
