#include <errno.h>

#include "index_names.h"
#include "pending.h"
#include "vbox.h"

static uint32_t sum(uint32_t found, int64_t more)
{
	return found + more < 0 ? 0 : (uint32_t)(found + more);
}

int vbox_count(struct store *s, struct arena *a, const struct vbox *v, struct vbox_counts *ret)
{
	enum { TRIES = 4 };
	const char           *query = vbox_query(s, a, v);
	const char           *unseen = arena_printf(a, "(%s) and tag:unread", query);
	const struct pending *p;
	struct pending_counts more = { 0 };
	struct index         *x;
	int                   r;

	for (int i = 0; i < TRIES; i++) {
		r = pending_get(s, &p, &x);
		if (r == 0)
			r = x ? index_count(x, query, &ret->messages) : -ENOENT;
		if (r == 0)
			r = index_count(x, unseen, &ret->unseen);
		if (r < 0)
			return r;
		if (pending_holds(p, x))
			break;
	}
	if (v->kind != VBOX_QUERY)
		more = pending_of(p, v);
	ret->messages = sum(ret->messages, more.messages);
	ret->unseen = sum(ret->unseen, more.unseen);
	return 0;
}
