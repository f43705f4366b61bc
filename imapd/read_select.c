#include "read_select.h"

#include <errno.h>

#include "readbox.h"

/* A set without "*" or "$". */
static int read_plain_set(struct lexer *lx, bool ascending, struct seqset *ret)
{
	int r = seqset_read(lx, ret);

	if (r < 0)
		return r;
	if (ret->saved || seqset_has_star(ret))
		return lex_fail(lx, -EBADMSG, "expected a set of numbers alone");
	if (ascending && !seqset_is_plain(ret))
		return lex_fail(lx, -EBADMSG, "expected a set in ascending order");
	seqset_resolve(ret, 0);
	return 0;
}

/* seq-match-data, behind "(" */
static int read_match(struct lexer *lx, struct select_qresync *q)
{
	int r = read_plain_set(lx, true, &q->match_seqs);

	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = read_plain_set(lx, true, &q->match_uids);
	if (r == 0 && seqset_count(&q->match_seqs) != seqset_count(&q->match_uids))
		r = lex_fail(lx, -EBADMSG, "expected as many UIDs as numbers");
	return r < 0 ? r : lex_char(lx, ')');
}

/* [SP known-uids] [SP seq-match-data] */
static int read_known(struct lexer *lx, struct select_qresync *q)
{
	bool match;
	int  r = 0;

	if (!lex_try(lx, ' '))
		return 0;
	match = lex_try(lx, '(');
	if (!match) {
		r = read_plain_set(lx, false, &q->known);
		match = r == 0 && lex_try(lx, ' ');
		if (match)
			r = lex_char(lx, '(');
	}
	return r == 0 && match ? read_match(lx, q) : r;
}

/* RFC 7162 section 3.2.5, behind the word. */
static int read_qresync(struct lexer *lx, struct select_qresync *q)
{
	int r = lex_sp(lx);

	if (r == 0)
		r = lex_char(lx, '(');
	if (r == 0)
		r = lex_nz_number(lx, &q->uidvalidity);
	if (r == 0)
		r = lex_sp(lx);
	if (r == 0)
		r = lex_nz_number64(lx, &q->modseq);
	if (r == 0)
		r = read_known(lx, q);
	return r < 0 ? r : lex_char(lx, ')');
}

static int read_param(struct lexer *lx, struct select_args *args)
{
	if (lex_accept(lx, "CONDSTORE")) {
		args->condstore = true;
		return 0;
	}
	if (args->qresync || !lex_accept(lx, "QRESYNC"))
		return lex_fail(lx, -EBADMSG, "unknown parameter");
	args->qresync = ARENA_NEW(lx->a, struct select_qresync);
	return read_qresync(lx, args->qresync);
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
