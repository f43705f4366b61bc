/* KEY_BODY and KEY_TEXT: by the index, by reading where it cannot tell. KEY_RAW: by the index alone. */
#include <errno.h>

#include "eval_priv.h"
#include "fd.h"
#include "mail.h"
#include "scan.h"
#include "textsearch.h"

bool eval_holds(const struct serial_set *set, uint64_t serial)
{
	size_t lo = 0, hi = set->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (set->v[mid] < serial)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < set->n && set->v[lo] == serial;
}

/* Ask the index, once a search. */
static int ask(struct eval *ev, struct key *k)
{
	int r;

	if (k->index.asked)
		return 0;
	if (ev->exact)
		r = -ENOTSUP;
	else
		r = textsearch(ev->store, k->op == KEY_BODY ? TEXTSEARCH_BODY : TEXTSEARCH_TEXT, k->text, ev->a, &k->index.hits, &k->index.unknown);
	if (r < 0 && r != -ENOTSUP)
		return r;
	k->index.scan = r == -ENOTSUP;
	k->index.asked = true;
	return 0;
}

static bool read_and_look(struct eval *ev, const struct key *k, uint64_t serial)
{
	CLEAN(mail_close) struct mail m = { 0 };

	return mail_open(ev->store, serial, &m) == 0 && scan_message(m.bytes, k->folded, k->op == KEY_TEXT);
}

int eval_content(struct eval *ev, struct key *k, struct bits *set)
{
	int r;

	if (k->folded.n == 0)
		return 0;                       /* the empty text is in every mail */
	r = ask(ev, k);
	if (r < 0)
		return r;
	for (size_t i = 0; i < ev->n; i++) {
		uint64_t serial = ev->rows[i].serial;
		bool     found;

		if (!bits_has(set, i))
			continue;
		if (k->index.scan || eval_holds(&k->index.unknown, serial))
			found = read_and_look(ev, k, serial);
		else
			found = eval_holds(&k->index.hits, serial);
		if (!found)
			bits_drop(set, i);
	}
	return 0;
}

int eval_raw_ask(struct eval *ev, struct key *root)
{
	int r = 0;

	if (root->op == KEY_RAW && !root->index.asked) {
		r = textsearch_raw(ev->store, root->text, ev->a, &root->index.hits);
		root->index.asked = r == 0;
	}
	for (struct key *c = root->child; r == 0 && c; c = c->next)
		r = eval_raw_ask(ev, c);
	return r;
}

int eval_raw(struct eval *ev, struct key *k, struct bits *set)
{
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i) && !eval_holds(&k->index.hits, ev->rows[i].serial))
			bits_drop(set, i);
	return 0;
}
