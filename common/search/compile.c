#include "compile.h"

#include <string.h>

#include "buf.h"
#include "fold.h"
#include "limits.h"

/* What has to be read for one message. */
enum { COST_ROW, COST_KEYWORDS, COST_SIZE, COST_CACHE, COST_INDEX, COST_FILE };

static unsigned own_cost(const struct key *k)
{
	switch (k->op) {
	case KEY_KEYWORD:
	case KEY_LABEL:
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
	case KEY_INTHREAD:
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

static bool parts_words(char c)
{
	return (unsigned char)c <= ' ' || (c != '\0' && strchr(",;:()<>\"!?", c));
}

/* As a reader of files looks for them, without the help of the index. */
static void split(struct arena *a, struct key *k)
{
	struct str *words = ARENA_NEW_N(a, FUZZY_WORDS_MAX, struct str), rest = k->folded;

	while (rest.n > 0 && k->n_words < FUZZY_WORDS_MAX) {
		size_t n = 0;

		while (n < rest.n && !parts_words(rest.p[n]))
			n++;
		if (n > 0)
			words[k->n_words++] = str_mid(rest, 0, n);
		rest = str_from(rest, n < rest.n ? n + 1 : n);
	}
	if (k->n_words == 0)
		words[k->n_words++] = k->folded;
	k->words = words;
}

static bool looks_for_text(const struct key *k)
{
	return k->op == KEY_FROM || k->op == KEY_TO || k->op == KEY_CC || k->op == KEY_BCC || k->op == KEY_SUBJECT || k->op == KEY_BODY ||
	       k->op == KEY_TEXT;
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
	root->fuzzy &= looks_for_text(root);
	root->scored = root->fuzzy;
	root->by_modseq = root->op == KEY_MODSEQ;
	if (root->fuzzy)
		split(a, root);
	root->child = NULL;
	while (left) {
		struct key *k = left;

		left = k->next;
		compile_key(a, k);
		root->scored |= k->scored;
		root->by_modseq |= k->by_modseq;
		if (k->cost > root->cost)
			root->cost = k->cost;
		insert(&root->child, k);
	}
}
