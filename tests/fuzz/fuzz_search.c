/* SEARCH programs: whatever comes is read or refused, and a tree that was read can be said to notmuch, or not, and compiled. */
#include <stdlib.h>

#include "compile.h"
#include "filter.h"
#include "keywords.h"
#include "limits.h"
#include "read_search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each key is well formed, and there are no more than there may be. */
static unsigned check_key(const struct key *k)
{
	unsigned n = 1;
	bool     inner = k->op == KEY_AND || k->op == KEY_OR || k->op == KEY_NOT || k->op == KEY_INTHREAD;

	if (k->fuzzy && (k->n_words == 0 || k->n_words > FUZZY_WORDS_MAX))
		abort();
	if (inner != (k->child != NULL) || ((k->op == KEY_NOT || k->op == KEY_INTHREAD) && k->child->next))
		abort();
	for (const struct key *c = k->child; c; c = c->next) {
		if (c->cost > k->cost || (c->next && c->cost > c->next->cost))
			abort();
		n += check_key(c);
	}
	return n;
}

static bool tag(void *arg, enum key_op what, struct str keyword, struct buf *b)
{
	return keyword_unescape(b, keyword) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena       a = ARENA_INIT;
	struct search_args args = { .options = SEARCH_ALL };
	struct lexer       lx;

	lex_init(&lx, (struct str){ (const char *)data, size }, &a);
	if (read_search_keys(&lx, &args) == 0) {
		struct buf b = BUF(QUERY_MAX);

		filter_query(&b, args.root, tag, NULL);
		buf_free(&b);
		if (args.sets.n_filters > args.sets.n_keys || args.sets.n_keys > SEARCH_KEYS_MAX)
			abort();
		compile_key(&a, args.root);
		if (args.root->scored && !args.fuzzy)
			abort();
		if (check_key(args.root) > 4 * SEARCH_KEYS_MAX)
			abort();
	} else if (!lx.why) {
		abort();
	}
	arena_free(&a);
	return 0;
}
