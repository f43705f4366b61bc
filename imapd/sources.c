#include "sources.h"

#include <errno.h>

#include "keywords.h"
#include "vec.h"

static bool is_there(const struct sources *src, struct str name)
{
	for (size_t i = 0; i < src->n; i++)
		if (str_eq(box_name(src->p[i]), name))
			return true;
	return false;
}

/* Also when it went meanwhile, is no mailbox, may not be read, or is a query that notmuch does not understand. */
static bool may_be_passed_over(int r)
{
	return r == -ENOENT || r == -EACCES || r == -EPERM || r == -EINVAL;
}

static int open_one(struct session *s, struct str name, struct sources *src)
{
	struct box *b;
	int         r;

	if (is_there(src, name))
		return 0;
	if (s->box && str_eq(box_name(s->box), name)) {
		VEC_PUSH(src, s->box);
		return 0;
	}
	r = box_open(s->store, name, true, NULL, NULL, &b);
	if (r < 0)
		return may_be_passed_over(r) ? 0 : r;
	if (!is_there(src, box_name(b)))
		VEC_PUSH(src, b);
	else
		box_close(b);                   /* the same name, spelled otherwise */
	return 0;
}

static bool is_below(const struct source_name *top, struct str name)
{
	struct str rest = str_from(name, top->name.n);

	if (!top->subtree || !str_starts(name, top->name) || rest.n == 0 || rest.p[0] != '/')
		return false;
	return !top->one || str_chr(str_from(rest, 1), '/') == rest.n - 1;
}

static bool is_wanted(const struct esearch_args *args, const struct box_info *box)
{
	if (box->attrs & (BOX_NOSELECT | BOX_NONEXISTENT))
		return false;
	if (args->sources & SOURCE_PERSONAL)
		return true;
	if ((args->sources & SOURCE_INBOXES) && (!(box->attrs & BOX_VIRTUAL) || str_eq(box->name, STR("INBOX"))))
		return true;
	if ((args->sources & SOURCE_SUBSCRIBED) && (box->attrs & BOX_SUBSCRIBED))
		return true;
	for (size_t i = 0; i < args->n_names; i++)
		if (is_below(&args->names[i], box->name))
			return true;
	return false;
}

static bool needs_list(const struct esearch_args *args)
{
	if (args->sources & ~(unsigned)SOURCE_SELECTED)
		return true;
	for (size_t i = 0; i < args->n_names; i++)
		if (args->names[i].subtree)
			return true;
	return false;
}

int sources_open(struct session *s, const struct esearch_args *args, bool leave_idle, struct arena *a, struct sources *ret)
{
	struct box_info *list = NULL;
	size_t           n = 0;
	int              r = needs_list(args) ? boxes_list(s->store, a, &list, &n) : 0;

	if (r == 0 && (args->sources & SOURCE_SELECTED))
		VEC_PUSH(ret, s->box);
	for (size_t i = 0; r == 0 && i < args->n_names; i++)
		r = open_one(s, args->names[i].name, ret);
	leave_idle &= (args->sources & SOURCE_PERSONAL) != 0;
	ret->idle = ARENA_NEW_N(a, n, struct str);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (!is_wanted(args, &list[i]))
			continue;
		if (leave_idle && (list[i].attrs & BOX_VIRTUAL) && boxes_is_idle_tag(s->store, list[i].name))
			ret->idle[ret->n_idle++] = list[i].name;
		else
			r = open_one(s, list[i].name, ret);
	}
	return r;
}

static int open_idle(struct session *s, struct sources *src, struct str name)
{
	for (size_t i = 0; i < src->n_idle; i++)
		if (str_eq(src->idle[i], name)) {
			src->idle[i] = src->idle[--src->n_idle];
			return open_one(s, name, src);
		}
	return 0;
}

int sources_open_tags(struct session *s, struct sources *src, struct box *box, const uint32_t *uids, size_t n, struct arena *a)
{
	struct row        *rows = ARENA_NEW_N(a, n, struct row);
	struct keyword_set kw;
	uint32_t           last = 0;    /* the empty set; neighbours often have the same one */
	int                r = src->n_idle > 0 ? box_rows(box, uids, n, rows) : 0;

	for (size_t i = 0; r == 0 && i < n && src->n_idle > 0; i++) {
		if (rows[i].kwset == last)
			continue;
		last = rows[i].kwset;
		r = keywords_of(s->store, last, &kw);
		for (size_t k = 0; r == 0 && k < kw.n; k++)
			r = open_idle(s, src, boxes_tag_name(s->store, a, kw.tags[k]));
	}
	return r;
}

void sources_close(struct session *s, struct sources *src)
{
	for (size_t i = 0; i < src->n; i++)
		if (src->p[i] != s->box)
			box_close(src->p[i]);
	VEC_FREE(src);
}
