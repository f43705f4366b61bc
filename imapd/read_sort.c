#include "read_sort.h"

#include <errno.h>

#include "command.h"

static const struct {
	const char     *name;
	enum sort_field field;
} fields[] = {
	{ "ARRIVAL", SORT_ARRIVAL }, { "CC", SORT_CC }, { "DATE", SORT_DATE }, { "DISPLAYFROM", SORT_DISPLAYFROM },
	{ "DISPLAYTO", SORT_DISPLAYTO }, { "FROM", SORT_FROM }, { "RELEVANCY", SORT_RELEVANCY }, { "SIZE", SORT_SIZE },
	{ "SUBJECT", SORT_SUBJECT }, { "TO", SORT_TO },
};

static int read_criterion(struct lexer *lx, struct sort_key *ret)
{
	struct sort_key k = { .reverse = lex_accept(lx, "REVERSE") };
	int             r = k.reverse ? lex_sp(lx) : 0;

	if (r < 0)
		return r;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (lex_accept(lx, fields[i].name)) {
			k.field = fields[i].field;
			*ret = k;
			return 0;
		}
	return lex_fail(lx, -EBADMSG, "unknown sort criterion");
}

int read_sort_criteria(struct lexer *lx, struct sort_key *ret_keys, size_t *ret_n)
{
	bool   seen[SORT_FIELDS] = { false };
	size_t n = 0;
	int    r = lex_char(lx, '(');

	while (r == 0) {
		struct sort_key k;

		r = read_criterion(lx, &k);
		if (r == 0 && !seen[k.field]) {
			seen[k.field] = true;
			ret_keys[n++] = k;
		}
		if (r == 0 && lex_try(lx, ')')) {
			*ret_n = n;
			return 0;
		}
		if (r == 0)
			r = lex_sp(lx);
	}
	return r;
}

/* search-criteria, behind the space: the charset is not left out here. */
static int read_search_criteria(struct lexer *lx, struct search_args *args)
{
	int r = read_search_charset(lx, &args->bad_charset);

	return r < 0 ? r : read_search_keys(lx, args);
}

static bool by_relevancy(const struct sort_args *args)
{
	for (size_t i = 0; i < args->n_keys; i++)
		if (args->keys[i].field == SORT_RELEVANCY)
			return true;
	return false;
}

int read_sort(struct request *rq, void **ret_args)
{
	struct sort_args *args = ARENA_NEW(rq->arena, struct sort_args);
	struct lexer     *lx = &rq->lx;
	int               r = lex_sp(lx);

	args->search.options = SEARCH_ALL;
	if (r == 0 && lex_accept(lx, "RETURN")) {
		args->search.returns = true;
		r = read_search_options(lx, &args->search.options);
		if (r == 0)
			r = lex_sp(lx);
	}
	if (r == 0)
		r = read_sort_criteria(lx, args->keys, &args->n_keys);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = read_search_criteria(lx, &args->search);
	if (r == 0 && by_relevancy(args) && !args->search.fuzzy && !args->search.bad_charset)
		r = lex_fail(lx, -EBADMSG, "RELEVANCY needs a FUZZY key");
	if (r == 0)
		*ret_args = args;
	return r;
}

int read_sort_thread(struct request *rq, void **ret_args)
{
	struct thread_args *args = ARENA_NEW(rq->arena, struct thread_args);
	struct lexer       *lx = &rq->lx;
	int                 r = lex_sp(lx);

	args->search.options = SEARCH_ALL;
	if (r == 0)
		r = read_search_algorithm(lx, &args->algorithm);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = read_search_criteria(lx, &args->search);
	if (r == 0)
		*ret_args = args;
	return r;
}
