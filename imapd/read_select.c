#include "read_select.h"

#include <errno.h>

#include "readbox.h"

static int read_param(struct lexer *lx, struct select_args *args)
{
	if (!lex_accept(lx, "CONDSTORE"))
		return lex_fail(lx, -EBADMSG, "unknown parameter");
	args->condstore = true;
	return 0;
}

static int read_params(struct lexer *lx, struct select_args *args)
{
	int r = lex_char(lx, '(');

	do
		r = r < 0 ? r : read_param(lx, args);
	while (r == 0 && lex_try(lx, ' '));
	return r < 0 ? r : lex_char(lx, ')');
}

int read_select(struct request *rq, void **ret_args)
{
	struct select_args *args = ARENA_NEW(rq->arena, struct select_args);
	int                 r = readbox_name(rq, &args->name);

	if (r == 0 && lex_try(&rq->lx, ' '))
		r = read_params(&rq->lx, args);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}
