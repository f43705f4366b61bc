/* THREAD, UID THREAD: RFC 5256 section 3. */
#include "cmd.h"
#include "read_sort.h"
#include "searching.h"
#include "threadline.h"

static void put_result(struct session *s, const struct request *rq, struct thread_forest *f)
{
	struct buf b = conn_buf(s->conn);

	for (uint32_t top = f->first; top != THREAD_NONE; top = f->nodes[top].next)
		for (uint32_t at = top; at != THREAD_NONE; at = thread_next(f, at))
			if (f->nodes[at].uid != 0)
				searching_number(s, rq, &f->nodes[at].uid, 1);
	threadline_put(&b, f);
	buf_end(&b);
}

static const struct reply *run_thread(struct session *s, struct request *rq, void *p)
{
	struct thread_args  *args = p;
	struct scratch       work = SCRATCH(store_spool(s->store));
	struct thread_forest f;
	struct eval_hits     hits;
	const struct reply  *refusal = searching_find(s, rq, &args->search, &hits);
	int                  r;

	if (refusal)
		return refusal;
	r = thread_run(s->store, s->box, args->algorithm, hits.uids, hits.n, &work, &f);
	if (r == 0)
		put_result(s, rq, &f);
	scratch_free(&work);
	return r < 0 ? reply_errno(s, rq, r) : NULL;
}

const struct command cmd_thread = {
	.name   = "THREAD",
	.states = ST_SELECTED,
	.flags  = CF_UID_FORM | CF_KEEP_EXPUNGED,
	.parse  = read_sort_thread,
	.run    = run_thread,
};
