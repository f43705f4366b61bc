#include "drain_watch.h"

#include "dirwatch.h"
#include "folders.h"
#include "sync.h"

/* 0: it has no file in one. */
static uint32_t folder_of(struct state_txn *t, struct str id, struct arena *a)
{
	struct state_mail m;
	uint64_t         *serials;
	size_t            n;

	if (state_mails_of_id(t, id, a, &serials, &n) < 0 || n == 0 || state_mail_get(t, serials[0], &m) < 0)
		return 0;
	return m.box;
}

static void watch(struct store *s, struct state_txn *t, uint32_t box)
{
	struct buf       dir = BUF(4096);
	struct state_box b;
	struct str       name;

	if (state_box_get(t, box, &b, &name) == 0 && folders_dir(s, name, &dir) == 0)
		sync_watch(s, box, buf_z(&dir));
	buf_free(&dir);
}

void drain_watch(struct store *s, const struct journal_record *recs, size_t n)
{
	struct arena     a = ARENA_INIT;
	struct state_txn t;
	uint32_t         box = 0;

	if (!s->index_conf->synchronize_flags || dirwatch_box(s) != 0 || state_read(&s->state, &t) < 0)
		return;
	for (size_t i = 0; box == 0 && i < n; i++)
		if (recs[i].kind == JOURNAL_TAGS)
			box = folder_of(&t, recs[i].id, &a);
	if (box != 0)
		watch(s, &t, box);
	state_abort(&t);
	arena_free(&a);
}
