#include "read_esearch.h"

#include <errno.h>

#include "boxname.h"
#include "command.h"
#include "limits.h"

static const struct {
	const char *name;
	unsigned    source;             /* 0: names follow */
	bool        subtree, one;
} specifiers[] = {
	{ "SELECTED", SOURCE_SELECTED, false, false },
	{ "INBOXES", SOURCE_INBOXES, false, false },
	{ "PERSONAL", SOURCE_PERSONAL, false, false },
	{ "SUBSCRIBED", SOURCE_SUBSCRIBED, false, false },
	{ "SUBTREE", 0, true, false },
	{ "SUBTREE-ONE", 0, true, true },
	{ "MAILBOXES", 0, false, false },
};

enum { SPECIFIERS = sizeof(specifiers) / sizeof(specifiers[0]) };

static int read_name(struct request *rq, struct esearch_args *args, const struct source_name *like)
{
	struct source_name new = *like;
	int                r;

	if (args->n_names == SEARCH_SOURCES_MAX)
		return lex_fail(&rq->lx, -EMSGSIZE, "too many mailboxes");
	r = boxname_read(&rq->lx, rq->rev2, &new.name);
	if (r == 0)
		args->names[args->n_names++] = new;
	return r;
}

/* one-or-more-mailbox */
static int read_names(struct request *rq, struct esearch_args *args, const struct source_name *like)
{
	int r = lex_sp(&rq->lx);

	if (r < 0 || !lex_try(&rq->lx, '('))
		return r < 0 ? r : read_name(rq, args, like);
	do
		r = read_name(rq, args, like);
	while (r == 0 && lex_try(&rq->lx, ' '));
	return r < 0 ? r : lex_char(&rq->lx, ')');
}

/* filter-mailboxes */
static int read_source(struct request *rq, struct esearch_args *args)
{
	size_t i = 0;

	while (i < SPECIFIERS && !lex_accept(&rq->lx, specifiers[i].name))
		i++;
	if (i == SPECIFIERS)
		return lex_fail(&rq->lx, -EBADMSG, "unknown source of messages");
	args->sources |= specifiers[i].source;
	if (specifiers[i].source)
		return 0;
	return read_names(rq, args, &(struct source_name){ .subtree = specifiers[i].subtree, .one = specifiers[i].one });
}

/* esearch-source-opts, behind "IN". No scope-options are defined. */
static int read_sources(struct request *rq, struct esearch_args *args)
{
	int r = lex_sp(&rq->lx);

	if (r == 0)
		r = lex_char(&rq->lx, '(');
	args->names = ARENA_NEW_N(rq->arena, SEARCH_SOURCES_MAX, struct source_name);
	do
		r = r < 0 ? r : read_source(rq, args);
	while (r == 0 && lex_try(&rq->lx, ' '));
	return r < 0 ? r : lex_char(&rq->lx, ')');
}

int read_esearch(struct request *rq, void **ret_args)
{
	struct esearch_args *args = ARENA_NEW(rq->arena, struct esearch_args);
	struct lexer        *lx = &rq->lx;
	int                  r = lex_sp(lx);

	if (r == 0 && lex_accept(lx, "IN")) {
		r = read_sources(rq, args);
		if (r == 0)
			r = lex_sp(lx);
	} else {
		args->sources = SOURCE_SELECTED;
	}
	if (r == 0)
		r = read_search_program(lx, &args->search);
	if (r == 0 && (args->search.options & SEARCH_SAVE) && (args->sources != SOURCE_SELECTED || args->n_names > 0))
		r = lex_fail(lx, -EBADMSG, "SAVE is for the selected mailbox alone");
	*ret_args = args;
	return r;
}
