#include "boxes_use.h"

#include <string.h>

#include "state_metadata.h"

enum { USUAL = 4 };

/* What folders of a use are usually called; the first that is there has it. */
static const char *const usual[SPECIAL_USES][USUAL] = {
	[SPECIAL_SENT] = { "Sent", "Sent Messages", "Sent Items", "sent" },
	[SPECIAL_DRAFTS] = { "Drafts", "Draft", "drafts" },
	[SPECIAL_TRASH] = { "Trash", "Deleted Messages", "Deleted Items", "trash" },
	[SPECIAL_JUNK] = { "Junk", "Spam", "Junk E-mail", "spam" },
	[SPECIAL_ARCHIVE] = { "Archive", "Archives", "archive" },
};

static const char *const names[SPECIAL_USES] = {
	[SPECIAL_SENT]    = "\\Sent",
	[SPECIAL_DRAFTS]  = "\\Drafts",
	[SPECIAL_TRASH]   = "\\Trash",
	[SPECIAL_JUNK]    = "\\Junk",
	[SPECIAL_ARCHIVE] = "\\Archive",
	[SPECIAL_ALL]     = "\\All",
	[SPECIAL_FLAGGED] = "\\Flagged",
};

const char *boxes_use_name(enum special_use use)
{
	return names[use];
}

enum special_use boxes_use_find(struct str name)
{
	for (enum special_use u = SPECIAL_NONE + 1; u < SPECIAL_USES; u++)
		if (str_ieq(name, str_of(names[u])))
			return u;
	return SPECIAL_NONE;
}

static void give_use(struct box_info *list, size_t n, const char *name, enum special_use use)
{
	const unsigned not = BOX_NOSELECT | BOX_NONEXISTENT | BOX_NO_USE;

	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].name, str_of(name)) && !(list[i].attrs & not) && list[i].special == SPECIAL_NONE)
			list[i].special = use;
}

static bool in_use(const struct box_info *list, size_t n, enum special_use use)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].special == use)
			return true;
	return false;
}

static int add_set(struct store *s, struct box_info *list, size_t n)
{
	struct state_txn t;
	struct state_box rec;
	int              r = state_read(&s->state, &t);

	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++) {
		if (list[i].attrs & BOX_NONEXISTENT || list[i].special != SPECIAL_NONE || state_box_find(&t, list[i].name, &rec) < 0)
			continue;
		if (rec.special < SPECIAL_USES)
			list[i].special = (enum special_use)rec.special;
		else
			list[i].attrs |= BOX_NO_USE;
	}
	state_abort(&t);
	return 0;
}

int boxes_use_add(struct store *s, struct box_info *list, size_t n)
{
	int r = add_set(s, list, n);

	for (int use = SPECIAL_SENT; r == 0 && use < SPECIAL_USES; use++) {
		if (!in_use(list, n, (enum special_use)use) && s->conf.special[use])
			give_use(list, n, s->conf.special[use], (enum special_use)use);
		for (int i = 0; i < USUAL && usual[use][i] && !in_use(list, n, (enum special_use)use); i++)
			give_use(list, n, usual[use][i], (enum special_use)use);
	}
	return r;
}

int boxes_use_set(struct state_txn *t, uint32_t id, enum special_use use)
{
	struct db_walk   w;
	struct state_box b;
	struct str       name;
	VEC(uint32_t) others = { 0 };
	int r = db_walk_begin(t->db, STATE_BOX, STR_NONE, STR_NONE, &w);

	while (r == 0 && use != SPECIAL_NONE && db_walk_next(&w)) {
		memcpy(&b, w.value.p, sizeof(b));
		if (b.special == (uint32_t)use)
			VEC_PUSH(&others, b.id);
	}
	if (r == 0)
		db_walk_end(&w);
	VEC_PUSH(&others, id);
	for (size_t i = 0; r == 0 && i < others.n; i++) {
		r = state_box_get(t, others.p[i], &b, &name);
		b.special = i + 1 < others.n ? SPECIAL_NONE : use == SPECIAL_NONE ? SPECIAL_USES : (uint32_t)use;
		if (r == 0)
			name = arena_str(&t->arena, name);
		if (r == 0)
			r = state_box_put(t, &b, STR_NONE);
		if (r == 0)
			r = state_metadata_note(t, name, STR("/private/specialuse"));
	}
	VEC_FREE(&others);
	return r;
}
