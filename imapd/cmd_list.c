/* RFC 9051 section 6.3.9 */
#include <errno.h>

#include "cmd.h"
#include "listline.h"
#include "metaline.h"
#include "read_list.h"
#include "status_items.h"

struct listing {
	struct session              *s;
	const struct read_list_args *args;
	const struct box_info       *list;
	size_t                       n;
};

/* Does it meet the selection options? Names that are but subscribed are no answer to a plain LIST. */
static bool meets(void *arg, const struct box_info *box)
{
	const struct listing *l = arg;
	unsigned              select = l->args->select;

	if (select & READ_LIST_SUBSCRIBED && !(box->attrs & BOX_SUBSCRIBED))
		return false;
	if (select & READ_LIST_SPECIAL_USE && box->special == SPECIAL_NONE)
		return false;
	return select & READ_LIST_SUBSCRIBED || !(box->attrs & BOX_NONEXISTENT);
}

/* RECURSIVEMATCH: is there a mailbox below that meets the selection? For one that does not meet it itself only those
 * count that the client is not shown anyway (section 6.3.9.6). */
static bool has_child(struct listing *l, const struct box_info *box, bool itself)
{
	if (!(l->args->select & READ_LIST_RECURSIVE))
		return false;
	for (size_t i = 0; i < l->n; i++)
		if (listmatch_above(box->name, l->list[i].name) && meets(l, &l->list[i]) &&
		    (itself || !listmatch_name(&l->args->match, l->list[i].name)))
			return true;
	return false;
}

static const char *childinfo(unsigned select)
{
	static const char *const text[] = {
		[READ_LIST_SUBSCRIBED] = "(\"SUBSCRIBED\")",
		[READ_LIST_SPECIAL_USE] = "(\"SPECIAL-USE\")",
		[READ_LIST_SUBSCRIBED | READ_LIST_SPECIAL_USE] = "(\"SUBSCRIBED\" \"SPECIAL-USE\")",
	};

	return text[select & (READ_LIST_SUBSCRIBED | READ_LIST_SPECIAL_USE)];
}

static unsigned how(const struct listing *l)
{
	return (l->args->select | l->args->give) & READ_LIST_SUBSCRIBED ? LISTLINE_SUBSCRIBED : 0;
}

/* RFC 9590: as GETMETADATA tells them. A mailbox that cannot be asked is listed without. */
static void tell_metadata(struct listing *l, const struct box_info *box)
{
	struct arena     a = ARENA_INIT;
	struct metadata *v;
	uint64_t         longest = 0;
	size_t           n;

	if (metadata_of(l->s->store, box, &l->args->metadata, &a, &v, &n) == 0)
		metaline_values(l->s, box->name, &l->args->metadata, v, n, UINT64_MAX, true, &longest);
	arena_free(&a);
}

/* The counts are asked for first: a mailbox that has gone meanwhile is shown as no mailbox (RFC 5819 section 2). */
static void tell(struct listing *l, struct box_info box, bool itself, bool child)
{
	struct box_status st;
	bool              there = !(box.attrs & (BOX_NOSELECT | BOX_NONEXISTENT));
	bool              counted = itself && there && l->args->give & READ_LIST_STATUS;
	int               r = counted ? status_items_get(l->s, box.name, l->args->status, &st) : 0;

	if (r == -ENOENT)
		box.attrs |= BOX_NOSELECT;
	listline_put(l->s, &box, how(l), child ? childinfo(l->args->select) : NULL, STR_NONE);
	if (counted && r == 0)
		status_items_put(l->s, box.name, l->args->status, &st);
	if (itself && l->args->give & READ_LIST_METADATA && !(box.attrs & BOX_NONEXISTENT))
		tell_metadata(l, &box);
}

/* A parent that matches but is on no list: it does not exist, but names below it are subscribed. */
static void tell_parent(void *arg, struct str name)
{
	struct listing *l = arg;
	struct box_info box = { .name = name, .attrs = BOX_NONEXISTENT };

	for (size_t i = 0; i < l->n; i++) {
		if (str_eq(l->list[i].name, name))
			return;
		if (listmatch_above(name, l->list[i].name) && !(l->list[i].attrs & BOX_NONEXISTENT))
			box.attrs |= BOX_HAS_CHILDREN;
	}
	listline_put(l->s, &box, how(l), childinfo(l->args->select), STR_NONE);
}

static const struct reply *run_list(struct session *s, struct request *rq, void *p)
{
	struct listing   l = { .s = s, .args = p };
	struct box_info *list;
	int              r;

	if (l.args->match.root && !l.args->extended) {
		conn_puts(s->conn, "* LIST (\\Noselect) \"/\" \"\"\r\n");
		return NULL;
	}
	r = boxes_list(s->store, rq->arena, &list, &l.n);
	if (r < 0)
		return reply_errno(s, rq, r);
	l.list = list;
	for (size_t i = 0; i < l.n; i++) {
		bool itself, child;

		if (!listmatch_name(&l.args->match, list[i].name))
			continue;
		itself = meets(&l, &list[i]);
		child = has_child(&l, &list[i], itself);
		if (itself || child)
			tell(&l, list[i], itself, child);
	}
	if (l.args->select & READ_LIST_RECURSIVE)
		listmatch_parents(&l.args->match, list, l.n, meets, tell_parent, &l);
	return NULL;
}

const struct command cmd_list = {
	.name   = "LIST",
	.states = ST_LOGGEDIN,
	.parse  = read_list,
	.run    = run_list,
};
