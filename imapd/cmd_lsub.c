/* RFC 3501 section 6.3.9; in IMAP4rev2 it is LIST (SUBSCRIBED). */
#include <errno.h>

#include "cmd.h"
#include "listline.h"
#include "listmatch.h"

struct lsub {
	struct session        *s;
	const struct box_info *list;
	size_t                 n;
};

static int parse_lsub(struct request *rq, void **ret_args)
{
	struct listmatch *m = ARENA_NEW(rq->arena, struct listmatch);
	int               r = listmatch_read(rq, m);

	*ret_args = m;
	if (r == 0 && m->many)
		return lex_fail(&rq->lx, -EBADMSG, "LSUB takes one pattern");
	return r < 0 ? r : lex_end(&rq->lx);
}

static bool subscribed(void *arg, const struct box_info *box)
{
	return box->attrs & BOX_SUBSCRIBED;
}

/* "foo" for "%" when "foo/bar" is subscribed and "foo" is not. */
static void tell_parent(void *arg, struct str name)
{
	struct lsub    *l = arg;
	struct box_info box = { .name = name, .attrs = BOX_NOSELECT };

	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->list[i].name, name) && subscribed(NULL, &l->list[i]))
			return;
	listline_put(l->s, &box, LISTLINE_LSUB | LISTLINE_PLAIN, NULL, STR_NONE);
}

/* \Noselect has the meaning above, so a name that is subscribed itself never gets it here. */
static void tell(struct session *s, struct box_info box)
{
	box.attrs &= ~(unsigned)(BOX_NOSELECT | BOX_NONEXISTENT);
	listline_put(s, &box, LISTLINE_LSUB | LISTLINE_PLAIN, NULL, STR_NONE);
}

static const struct reply *run_lsub(struct session *s, struct request *rq, void *args)
{
	const struct listmatch *m = args;
	struct lsub             l = { .s = s };
	struct box_info        *list;
	int                     r;

	if (m->root) {
		conn_puts(s->conn, "* LSUB (\\Noselect) \"/\" \"\"\r\n");
		return NULL;
	}
	r = boxes_list(s->store, rq->arena, &list, &l.n);
	if (r < 0)
		return reply_errno(s, rq, r);
	l.list = list;
	for (size_t i = 0; i < l.n; i++)
		if (subscribed(NULL, &list[i]) && listmatch_name(m, list[i].name))
			tell(s, list[i]);
	listmatch_parents(m, list, l.n, subscribed, tell_parent, &l);
	return NULL;
}

const struct command cmd_lsub = {
	.name   = "LSUB",
	.states = ST_LOGGEDIN,
	.parse  = parse_lsub,
	.run    = run_lsub,
};
