#include "compile.h"

#include "buf.h"
#include "fold.h"
#include "limits.h"

/* What has to be read for one message. */
enum { COST_ROW, COST_KEYWORDS, COST_SIZE, COST_CACHE, COST_INDEX, COST_FILE };

static unsigned own_cost(const struct key *k)
{
	switch (k->op) {
	case KEY_KEYWORD:
		return COST_KEYWORDS;
	case KEY_SIZE:
		return COST_SIZE;
	case KEY_SENT:
	case KEY_FROM:
	case KEY_TO:
	case KEY_CC:
	case KEY_BCC:
	case KEY_SUBJECT:
		return COST_CACHE;
	case KEY_BODY:
	case KEY_TEXT:
	case KEY_RAW:
	case KEY_EMAIL:
	case KEY_THREAD:
		return COST_INDEX;
	case KEY_HEADER:
		return COST_FILE;
	default:
		return COST_ROW;
	}
}

static void fold(struct arena *a, struct key *k)
{
	struct buf b = BUF(8 * COMMAND_MAX);    /* folding makes a text a few times longer at most */

	fold_utf8(k->text, &b);
	k->folded = arena_str(a, buf_view(&b));
	buf_free(&b);
}

/* Insertion into a list that is in order already; equal costs keep the client's order. */
static void insert(struct key **list, struct key *k)
{
	while (*list && (*list)->cost <= k->cost)
		list = &(*list)->next;
	k->next = *list;
	*list = k;
}

void compile_key(struct arena *a, struct key *root)
{
	struct key *left = root->child;

	root->cost = own_cost(root);
	if (root->text.p)
		fold(a, root);
	root->child = NULL;
	while (left) {
		struct key *k = left;

		left = k->next;
		compile_key(a, k);
		if (k->cost > root->cost)
			root->cost = k->cost;
		insert(&root->child, k);
	}
}
