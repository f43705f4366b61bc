/* FUZZY (RFC 6203) where texts are at hand: all words, in any order. */
#include "eval_priv.h"
#include "relevance.h"
#include "scan.h"

enum { WHOLE_TEXT = 100, IN_ORDER = 80, ANY_ORDER = 50 };

static bool has_words(const struct key *k, struct str s)
{
	for (size_t i = 0; i < k->n_words; i++)
		if (!scan_inside(s, k->words[i]))
			return false;
	return true;
}

bool eval_fuzzy_field(struct eval *ev, struct key *k, uint64_t serial, struct str field)
{
	if (!has_words(k, field))
		return false;
	relevance_add(ev->a, k, serial, str_eq(field, k->folded) ? WHOLE_TEXT : scan_inside(field, k->folded) ? IN_ORDER : ANY_ORDER);
	return true;
}

bool eval_fuzzy_text(struct eval *ev, struct key *k, uint64_t serial, struct str text)
{
	enum { SOMEWHERE = 10 };

	if (!has_words(k, text))
		return false;
	relevance_add(ev->a, k, serial, SOMEWHERE);
	return true;
}

bool eval_fuzzy_file(struct eval *ev, struct key *k, uint64_t serial, struct str msg)
{
	enum { PHRASE = 60, WORDS = 20 };
	bool headers = k->op == KEY_TEXT, phrase = scan_message(msg, k->folded, headers);

	for (size_t i = 0; i < k->n_words && !phrase; i++)
		if (!scan_message(msg, k->words[i], headers))
			return false;
	relevance_add(ev->a, k, serial, phrase ? PHRASE : WORDS);
	return true;
}
