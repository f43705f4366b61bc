/* KEY_EMAIL and KEY_THREAD: the state and the index tell at once which mails these are. */
#include "eval_priv.h"
#include "ids.h"

static int ask(struct eval *ev, struct key *k)
{
	struct serial_set *hits = &k->index.hits;
	int                r = 0;

	if (k->index.asked || k->id == 0)
		return 0;
	if (k->op == KEY_THREAD)
		r = ids_of_thread(ev->store, k->id, ev->a, hits);
	if (r == 0 && hits->n == 0)             /* X-GM-THRID of a message that notmuch does not know yet is its own number */
		r = ids_of_email(ev->store, k->id, ev->a, hits);
	k->index.asked = r == 0;
	return r;
}

int eval_ids(struct eval *ev, struct key *k, struct bits *set)
{
	int r = ask(ev, k);

	if (r < 0)
		return r;
	for (size_t i = 0; i < ev->n; i++)
		if (bits_has(set, i) && !eval_holds(&k->index.hits, ev->rows[i].serial))
			bits_drop(set, i);
	return 0;
}
