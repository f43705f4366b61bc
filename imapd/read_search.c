/* What stands around the keys: read_keys.c. */
#include "read_search.h"

#include <errno.h>

#include "command.h"

int read_search_options(struct lexer *lx, unsigned *ret)
{
	static const struct {
		const char *name;
		unsigned    option;
	} options[] = {
		{ "MIN", SEARCH_MIN }, { "MAX", SEARCH_MAX }, { "ALL", SEARCH_ALL }, { "COUNT", SEARCH_COUNT }, { "SAVE", SEARCH_SAVE },
		{ "RELEVANCY", SEARCH_RELEVANCY },
	};
	int r = lex_sp(lx);

	if (r == 0)
		r = lex_char(lx, '(');
	if (r < 0)
		return r;
	*ret = 0;
	while (lex_peek(lx) != ')') {
		size_t i = 0;

		if (*ret != 0)
			r = lex_sp(lx);
		if (r < 0)
			return r;
		while (i < sizeof(options) / sizeof(options[0]) && !lex_accept(lx, options[i].name))
			i++;
		if (i == sizeof(options) / sizeof(options[0]))
			return lex_fail(lx, -EBADMSG, "unknown RETURN option");
		*ret |= options[i].option;
	}
	if (*ret == 0)
		*ret = SEARCH_ALL;
	return lex_char(lx, ')');
}

int read_search_charset(struct lexer *lx, bool *ret_bad)
{
	struct str name;
	int        r = lex_astring(lx, &name);

	if (r < 0)
		return r;
	*ret_bad = !str_ieq(name, STR("UTF-8")) && !str_ieq(name, STR("US-ASCII"));
	return lex_sp(lx);
}

int read_search_program(struct lexer *lx, struct search_args *args)
{
	int r = 0;

	args->options = SEARCH_ALL;
	if (lex_accept(lx, "RETURN")) {
		args->returns = true;
		r = read_search_options(lx, &args->options);
		if (r == 0)
			r = lex_sp(lx);
	}
	if (r == 0 && lex_accept(lx, "CHARSET")) {
		r = lex_sp(lx);
		if (r == 0)
			r = read_search_charset(lx, &args->bad_charset);
	}
	return r < 0 ? r : read_search_keys(lx, args);
}

int read_search(struct request *rq, void **ret_args)
{
	struct search_args *args = ARENA_NEW(rq->arena, struct search_args);
	int                 r = lex_sp(&rq->lx);

	*ret_args = args;
	return r < 0 ? r : read_search_program(&rq->lx, args);
}
