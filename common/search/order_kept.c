/* Records of many messages each, so that neither of them takes much memory, version 2, numbers as this machine has them: a head, then, by UID,
 * an entry for each message. They are written one after the other, and a reader may find some of one writing and some of another: each
 * writing has a stamp. */
#include "order_kept.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "clock.h"
#include "mail.h"

enum { VERSION = 2, CHUNK = 1024, RECORD = 16 * 1024 /* messages */ };

struct head {
	uint8_t  version, traits, unused[6];
	uint64_t stamp;
};

struct entry {
	uint32_t uid, place;
	uint64_t serial;
};

static uint64_t number_of(struct box *b, enum trait trait, uint64_t record)
{
	return record << 40 | (uint64_t)box_id(b) << 8 | trait;
}

struct reading {
	const uint32_t   *uids;         /* of a chunk; the others likewise */
	const struct row *rows;
	uint64_t         *v;
	size_t            n, at;        /* at: those before it have their places */
	size_t            next;         /* of the record: the entry behind the last one that was found */
	uint64_t          stamp;        /* 0: no record was read */
	bool              failed;
};

static struct entry entry_at(struct str entries, size_t i)
{
	struct entry e;

	memcpy(&e, entries.p + i * sizeof(e), sizeof(e));
	return e;
}

/* The one of the UID, or the one before which it would be. It is not beyond the last one. */
static size_t search(struct str entries, uint32_t uid)
{
	size_t lo = 0, hi = entries.n / sizeof(struct entry) - 1;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (entry_at(entries, mid).uid < uid)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The next one of the record is the wanted one more often than not. */
static void take_places(struct reading *rd, struct str entries)
{
	size_t   n = entries.n / sizeof(struct entry);
	uint32_t last = entry_at(entries, n - 1).uid;

	for (; rd->at < rd->n && rd->uids[rd->at] <= last && !rd->failed; rd->at++) {
		uint32_t     uid = rd->uids[rd->at];
		struct entry e;

		if (rd->next >= n || entry_at(entries, rd->next).uid != uid)
			rd->next = search(entries, uid);
		e = entry_at(entries, rd->next++);
		rd->failed = e.uid != uid || (rd->rows[rd->at].uid != 0 && rd->rows[rd->at].serial != e.serial);
		rd->v[rd->at] = e.place;
	}
}

static void take(void *arg, size_t i, struct str text)
{
	struct reading *rd = arg;
	struct head     h;

	(void)i;
	rd->failed = text.n <= sizeof(h) || text.n % sizeof(struct entry) != 0;
	if (rd->failed)
		return;
	memcpy(&h, text.p, sizeof(h));
	rd->failed = h.version != VERSION || h.traits != traits_kind.version.p[0] || (rd->stamp != 0 && rd->stamp != h.stamp);
	rd->stamp = h.stamp;
	if (!rd->failed)
		take_places(rd, str_from(text, sizeof(h)));
}

bool order_kept(struct store *s, struct box *b, enum trait trait, const uint32_t *uids, size_t n, uint64_t *v)
{
	struct arena   a = ARENA_INIT;
	struct row    *rows = ARENA_NEW_N(&a, CHUNK, struct row);
	struct reading rd = { .rows = rows };
	uint64_t       record = 0;

	for (size_t first = 0; first < n && !rd.failed; first += rd.n) {
		rd.uids = uids + first;
		rd.v = v + first;
		rd.at = 0;
		rd.n = n - first < CHUNK ? n - first : CHUNK;
		rd.failed = box_rows(b, rd.uids, rd.n, rows) < 0;
		while (rd.at < rd.n && !rd.failed) {
			uint64_t number = number_of(b, trait, record);

			if (mail_cached(s, MAIL_CACHE_ORDER, &number, 1, take, &rd) < 0)
				rd.failed = true;
			if (rd.at < rd.n) {
				record++;
				rd.next = 0;
			}
		}
	}
	arena_free(&a);
	return !rd.failed;
}

void order_keep(struct store *s, struct box *b, enum trait trait, const uint32_t *uids, const struct spool *serials, size_t n,
	const uint64_t *v)
{
	struct head h = { .version = VERSION, .traits = (uint8_t)traits_kind.version.p[0], .stamp = (uint64_t)clock_now_ns() };
	struct buf  out = BUF(sizeof(h) + RECORD * sizeof(struct entry));
	int         r = 0;

	for (size_t i = 0; i < n && r == 0;) {
		uint64_t   number = number_of(b, trait, i / RECORD);
		struct str text;

		buf_reset(&out);
		buf_put(&out, &h, sizeof(h));
		do {
			struct entry e = { uids[i], (uint32_t)v[i], 0 };

			memcpy(&e.serial, spool_at(serials, i * sizeof(e.serial)), sizeof(e.serial));
			buf_put(&out, &e, sizeof(e));
		} while (++i < n && i % RECORD != 0);
		text = buf_view(&out);
		r = mail_cache_put(s, MAIL_CACHE_ORDER, &number, &text, 1);
	}
	buf_free(&out);
}
