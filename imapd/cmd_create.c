/* RFC 9051 section 6.3.4, with the special use of RFC 6154 section 3. */
#include <errno.h>

#include "boxes.h"
#include "cmd.h"
#include "listline.h"
#include "objectid.h"
#include "readbox.h"
#include "text.h"

struct create_args {
	struct str       name;
	enum special_use use;
	bool             bad_use;       /* one that cannot be given away, or more than one */
};

/* " (USE (\Sent))". SPECIAL_ALL and SPECIAL_FLAGGED are no folders. */
static int parse_use(struct lexer *lx, struct create_args *args)
{
	struct str       name;
	enum special_use use;
	int              r = lex_char(lx, '(');

	if (r < 0)
		return r;
	if (!lex_accept(lx, "USE"))
		return lex_fail(lx, -EBADMSG, "expected USE");
	r = lex_sp(lx);
	if (r < 0)
		return r;
	r = lex_char(lx, '(');
	for (bool first = true; r == 0 && !lex_try(lx, ')'); first = false) {
		r = first ? 0 : lex_sp(lx);
		if (r == 0)
			r = lex_char(lx, '\\');
		if (r == 0)
			r = lex_atom(lx, &name);
		if (r < 0)
			return r;
		use = boxes_use_find((struct str){ name.p - 1, name.n + 1 });
		args->bad_use |= use == SPECIAL_NONE || use == SPECIAL_ALL || use == SPECIAL_FLAGGED ||
			(args->use != SPECIAL_NONE && args->use != use);
		args->use = use;
	}
	return r < 0 ? r : lex_char(lx, ')');
}

static int parse_create(struct request *rq, void **ret_args)
{
	struct create_args *args = ARENA_NEW(rq->arena, struct create_args);
	int                 r = readbox_new(rq, &args->name);

	if (r == 0 && lex_try(&rq->lx, ' '))
		r = parse_use(&rq->lx, args);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

static const struct reply *run_create(struct session *s, struct request *rq, void *p)
{
	static const struct reply inbox = { REPLY_NO, "ALREADYEXISTS", "INBOX is always there" };
	static const struct reply bad_use = {
		REPLY_NO, "USEATTR", "A mailbox can be one of \\Archive \\Drafts \\Junk \\Sent \\Trash",
	};
	const struct create_args *args = p;
	struct box_status         st;
	struct buf                code = BUF(OBJECTID_CODE_MAX);
	const struct reply       *done;
	int                       r;

	if (str_eq(args->name, STR("INBOX")))
		return &inbox;
	if (args->bad_use)
		return &bad_use;
	r = boxes_create(s->store, args->name, args->use);
	if (r == 0)
		r = boxes_status(s->store, args->name, 0, &st);
	if (r < 0)
		return reply_errno(s, rq, r);
	if (s->rev2 && !text_is_ascii(args->name))
		listline_tell(s, args->name, STR_NONE, rq->arena);
	objectid_box_code(&code, st.uidvalidity);
	done = reply_new(rq->arena, REPLY_OK, arena_z(rq->arena, buf_view(&code)), "CREATE done");
	buf_free(&code);
	return done;
}

const struct command cmd_create = {
	.name   = "CREATE",
	.states = ST_LOGGEDIN,
	.parse  = parse_create,
	.run    = run_create,
};
