#include "order.h"

#include "arena.h"
#include "order_kept.h"
#include "texts.h"

enum {
	CHUNK = 1024,
	ORDER_MIN = 1000,               /* messages whose order is worth keeping */
};

struct making {
	struct store *s;
	struct box   *b;
	enum trait    trait;
	struct texts  texts;
	struct spool  serials;
	bool          complete;         /* the traits of all messages are known */
	int           error;
};

static void take(void *arg, size_t i, const struct traits *t)
{
	struct making *m = arg;

	(void)i;
	m->complete &= t->known;
	if (m->error == 0)
		m->error = texts_add(&m->texts, t->text[m->trait]);
}

static int read_texts(struct making *m, const uint32_t *uids, size_t n)
{
	struct arena a = ARENA_INIT;
	struct row  *rows = ARENA_NEW_N(&a, CHUNK, struct row);
	uint64_t    *serials = ARENA_NEW_N(&a, CHUNK, uint64_t);
	int          r = 0;

	for (size_t first = 0; first < n && r == 0; first += CHUNK) {
		size_t some = n - first < CHUNK ? n - first : CHUNK;

		r = box_rows(m->b, uids + first, some, rows);
		for (size_t i = 0; i < some && r == 0; i++)
			serials[i] = rows[i].serial;
		if (r == 0)
			r = traits_load(m->s, serials, some, take, m);
		if (r == 0)
			r = m->error;
		spool_put(&m->serials, (struct str){ (const char *)serials, some * sizeof(*serials) });
	}
	arena_free(&a);
	return r < 0 ? r : spool_end(&m->serials);
}

int order_places(struct store *s, struct box *b, enum trait trait, const uint32_t *uids, size_t n, uint64_t *v)
{
	struct making m = { .s = s, .b = b, .trait = trait, .complete = true };
	int           r;

	if (order_kept(s, b, trait, uids, n, v))
		return 0;
	m.texts = texts_begin(store_spool(s), v);
	m.serials = SPOOL(store_spool(s));
	r = read_texts(&m, uids, n);
	if (r == 0)
		r = texts_place(&m.texts);
	texts_free(&m.texts);
	if (r == 0 && m.complete && n >= ORDER_MIN && n == box_count(b))
		order_keep(s, b, trait, uids, &m.serials, n, v);
	spool_free(&m.serials);
	return r;
}
