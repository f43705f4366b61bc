#include "read_list.h"

#include <errno.h>

#include "read_metadata.h"
#include "status_items.h"

struct option {
	const char *name;
	unsigned    bit;
};

static const struct option select_options[] = {
	{ "SUBSCRIBED", READ_LIST_SUBSCRIBED },
	{ "SPECIAL-USE", READ_LIST_SPECIAL_USE },
	{ "RECURSIVEMATCH", READ_LIST_RECURSIVE },
	{ "REMOTE", READ_LIST_REMOTE },
	{ NULL, 0 },
};

static const struct option return_options[] = {
	{ "SUBSCRIBED", READ_LIST_SUBSCRIBED },
	{ "SPECIAL-USE", READ_LIST_SPECIAL_USE },
	{ "CHILDREN", READ_LIST_CHILDREN },
	{ "STATUS", READ_LIST_STATUS },
	{ "METADATA", READ_LIST_METADATA },
	{ NULL, 0 },
};

/* One option; STATUS brings its items, METADATA its entries. */
static int read_option(struct lexer *lx, const struct option *options, unsigned *bits, struct read_list_args *args)
{
	while (options->name && !lex_accept(lx, options->name))
		options++;
	if (!options->name)
		return lex_fail(lx, -EBADMSG, "unknown LIST option");
	*bits |= options->bit;
	if (!(options->bit & (READ_LIST_METADATA | READ_LIST_STATUS)))
		return 0;
	if (lex_sp(lx) < 0)
		return -EBADMSG;
	if (options->bit == READ_LIST_STATUS)
		return status_items_read(lx, &args->status);
	return lex_peek(lx) != '(' ? lex_fail(lx, -EBADMSG, "expected a list of entries") : read_metadata_entries(lx, &args->metadata);
}

/* "(option option)", perhaps empty. */
static int read_options(struct lexer *lx, const struct option *options, unsigned *bits, struct read_list_args *args)
{
	int r = lex_char(lx, '(');

	for (bool first = true; r == 0 && !lex_try(lx, ')'); first = false) {
		r = first ? 0 : lex_sp(lx);
		if (r == 0)
			r = read_option(lx, options, bits, args);
	}
	return r;
}

/* " (SUBSCRIBED)" before the reference. RECURSIVEMATCH goes on from an option that selects. */
static int read_select(struct lexer *lx, struct read_list_args *args)
{
	int r = lex_sp(lx);

	if (r == 0)
		r = read_options(lx, select_options, &args->select, args);
	args->extended = true;
	if (r < 0 || !(args->select & READ_LIST_RECURSIVE))
		return r;
	if (!(args->select & (READ_LIST_SUBSCRIBED | READ_LIST_SPECIAL_USE)))
		return lex_fail(lx, -EBADMSG, "RECURSIVEMATCH needs SUBSCRIBED or SPECIAL-USE beside it");
	return r;
}

/* " RETURN (...)" */
static int read_return(struct lexer *lx, struct read_list_args *args)
{
	int r = lex_sp(lx);

	args->extended = true;
	if (r < 0)
		return r;
	if (!lex_accept(lx, "RETURN"))
		return lex_fail(lx, -EBADMSG, "expected RETURN");
	r = lex_sp(lx);
	return r < 0 ? r : read_options(lx, return_options, &args->give, args);
}

int read_list(struct request *rq, void **ret_args)
{
	struct read_list_args *args = ARENA_NEW(rq->arena, struct read_list_args);
	struct lexer          *lx = &rq->lx;
	int                    r = 0;

	*ret_args = args;
	if (str_starts(str_from(lx->in, lx->at), STR(" (")))
		r = read_select(lx, args);
	if (r == 0)
		r = listmatch_read(rq, &args->match);
	if (r == 0 && lex_peek(lx) == ' ')
		r = read_return(lx, args);
	args->extended |= args->match.many;
	return r < 0 ? r : lex_end(lx);
}
