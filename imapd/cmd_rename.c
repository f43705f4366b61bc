/* RFC 9051 section 6.3.6 */
#include <string.h>

#include "boxes.h"
#include "cmd.h"
#include "listline.h"
#include "listmatch.h"
#include "readbox.h"
#include "report.h"
#include "unselect.h"

struct rename_args {
	struct str from, to;
};

static int parse_rename(struct request *rq, void **ret_args)
{
	struct rename_args *args = ARENA_NEW(rq->arena, struct rename_args);
	int                 r = readbox_name(rq, &args->from);

	if (r == 0)
		r = readbox_new(rq, &args->to);
	*ret_args = args;
	return r < 0 ? r : lex_end(&rq->lx);
}

/* What the selected mailbox will be called; STR_NONE: it is not concerned. INBOX stays where it is. */
static struct str name_after(const struct session *s, const struct rename_args *args, struct arena *a)
{
	struct str name = s->box ? box_name(s->box) : STR_NONE;

	if (!s->box || str_eq(args->from, STR("INBOX")))
		return STR_NONE;
	if (!str_eq(args->from, name) && !listmatch_above(args->from, name))
		return STR_NONE;
	return str_of(arena_printf(a, "%.*s%.*s", STR_ARG(args->to), STR_ARG(str_from(name, args->from.n))));
}

/* The selected mailbox was renamed: go on with it, since UIDs stay, unless something else has changed meanwhile. */
static void follow(struct session *s, struct str name)
{
	struct box *old = s->box, *new;

	if (box_open(s->store, name, box_readonly(old), NULL, NULL, &new) < 0) {
		unselect(s);
		return;
	}
	if (box_uidvalidity(old) != box_uidvalidity(new) || box_count(old) != box_count(new) ||
	    memcmp(box_uids(old), box_uids(new), box_count(old) * sizeof(uint32_t)) != 0) {
		box_close(new);
		unselect(s);
		return;
	}
	s->box = new;
	box_close(old);
}

/* A client of IMAP4rev2 is told where the mailbox went (OLDNAME, section 6.3.9.7). */
static const struct reply *run_rename(struct session *s, struct request *rq, void *p)
{
	static const struct reply inbox = { REPLY_NO, "ALREADYEXISTS", "INBOX is always there" };
	const struct rename_args *args = p;
	struct str                selected = name_after(s, args, rq->arena);
	int                       r;

	if (str_eq(args->to, STR("INBOX")))
		return &inbox;
	report_changes(s, false, NULL, rq->arena);
	r = boxes_rename(s->store, args->from, args->to);
	if (r < 0)
		return reply_errno(s, rq, r);
	if (selected.p)
		follow(s, selected);
	if (s->rev2 && !str_eq(args->from, STR("INBOX")))
		listline_tell(s, args->to, args->from, rq->arena);
	return NULL;
}

const struct command cmd_rename = {
	.name   = "RENAME",
	.states = ST_LOGGEDIN,
	.parse  = parse_rename,
	.run    = run_rename,
};
