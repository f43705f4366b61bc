#include <errno.h>

#include "boxes.h"
#include "folders.h"

/* What is there at first counts as subscribed (boxes_list): that has to come before the first change. */
static int begin(struct store *s, struct arena *a)
{
	struct state_txn t;
	struct box_info *list;
	size_t           n;
	bool             begun;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	begun = state_counter(&t, "subscribed") != 0;
	state_abort(&t);
	return begun ? 0 : boxes_list(s, a, &list, &n);
}

static int put(struct store *s, struct str name, bool on)
{
	struct state_txn t;
	int              r = state_write(&s->state, &t);

	if (r == 0)
		r = on ? db_put(t.db, STATE_SUB, name, STR("")) : db_del(t.db, STATE_SUB, name);
	if (r == 0)
		r = state_commit(&t);
	state_abort(&t);
	return r;
}

int boxes_subscribe(struct store *s, struct str name, bool on)
{
	struct arena a = ARENA_INIT;
	int          r = begin(s, &a);

	name = folders_name(s, &a, name);
	if (r == 0 && (name.n > DB_KEY_MAX || name.n == 0))
		r = store_fail(s, -EINVAL, "the name is too long");
	if (r == 0)
		r = put(s, name, on);
	arena_free(&a);
	return r;
}
