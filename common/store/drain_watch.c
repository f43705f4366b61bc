#include "drain_watch.h"

#include "dirwatch.h"
#include "folders.h"
#include "sync.h"

enum { FILES = 8 };                      /* of one message, most are of no more */

struct found {
	uint32_t box[DIRWATCH_FOLDERS];
	size_t   n;
};

static void add(struct found *f, uint32_t box)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->box[i] == box)
			return;
	if (f->n < DIRWATCH_FOLDERS)
		f->box[f->n++] = box;
}

/* Where the message has files. */
static void find(struct state_txn *t, struct str id, struct arena *a, struct found *f)
{
	struct state_mail m;
	uint64_t         *serials;
	size_t            n;

	if (state_mails_of_id(t, id, a, &serials, &n) < 0)
		return;
	for (size_t i = 0; i < n && i < FILES; i++)
		if (state_mail_get(t, serials[i], &m) == 0)
			add(f, m.box);
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
	struct found     f = { .n = 0 };

	f.n = dirwatch_boxes(s, f.box);
	if (!s->index_conf->synchronize_flags || f.n == DIRWATCH_FOLDERS || state_read(&s->state, &t) < 0)
		return;
	for (size_t i = 0; i < n && f.n < DIRWATCH_FOLDERS; i++)
		if (recs[i].kind == JOURNAL_TAGS)
			find(&t, recs[i].id, &a, &f);
	for (size_t i = f.n; i-- > 0;)
		watch(s, &t, f.box[i]);
	state_abort(&t);
	arena_free(&a);
}
