/* Arguments of SELECT: whatever comes is read or refused, and sets that were read hold what they have to. */
#include <errno.h>
#include <stdlib.h>

#include "read_select.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool fine)
{
	if (!fine)
		abort();
}

static void check_set(const struct seqset *s)
{
	must(!s->saved && seqset_is_plain(s));
	for (size_t i = 1; i < s->n; i++)
		must(s->v[i].lo > s->v[i - 1].hi + 1);
}

static void check_meet(struct arena *a, const struct seqset *x, const struct seqset *y)
{
	struct seqset both = seqset_meet(a, x, y), again = seqset_meet(a, y, x);

	check_set(&both);
	must(seqset_count(&both) == seqset_count(&again) && seqset_count(&both) <= seqset_count(x));
	for (size_t i = 0; i < both.n; i++)
		must(seqset_contains(x, both.v[i].lo) && seqset_contains(y, both.v[i].hi));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena        a = ARENA_INIT;
	struct request      rq = { .arena = &a };
	struct select_args *args;
	void               *p = NULL;
	int                 r;

	lex_init(&rq.lx, (struct str){ (const char *)data, size }, &a);
	r = read_select(&rq, &p);
	args = p;
	must(r == 0 || r == -EBADMSG || r == -EMSGSIZE || r == -EINVAL);
	if (r == 0 && args->qresync) {
		const struct select_qresync *q = args->qresync;

		must(q->uidvalidity != 0 && q->modseq != 0 && q->modseq <= INT64_MAX);
		check_set(&q->known);
		check_set(&q->match_seqs);
		check_set(&q->match_uids);
		must(seqset_count(&q->match_seqs) == seqset_count(&q->match_uids));
		check_meet(&a, &q->known, &q->match_uids);
	}
	arena_free(&a);
	return 0;
}
