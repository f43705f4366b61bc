/* A record, version 1, numbers as this machine has them: version u8, that of the traits u8, nothing u16, n u32; then of n mails, by
 * serial, the serial u64, and of the same ones the place u32. */
#include "order.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "mail.h"

enum { VERSION = 1, HEAD = 8, SERIAL = sizeof(uint64_t), PLACE = sizeof(uint32_t) };

struct reading {
	const uint64_t *serials;
	size_t          n, step;
	uint64_t       *places;
	bool            all;
};

static uint64_t number_of(struct box *b, enum trait trait)
{
	return (uint64_t)box_id(b) << 8 | trait;
}

static void put_head(struct buf *out, size_t n)
{
	uint32_t count = (uint32_t)n;

	buf_putc(out, VERSION);
	buf_putc(out, traits_kind.version.p[0]);
	buf_put(out, "\0", 2);
	buf_put(out, &count, sizeof(count));
}

static uint64_t serial_at(const char *serials, size_t i)
{
	uint64_t serial;

	memcpy(&serial, serials + i * SERIAL, SERIAL);
	return serial;
}

/* The place of the serial among n, or where it would be. */
static size_t search(const char *serials, size_t n, uint64_t serial)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (serial_at(serials, mid) < serial)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Serials mostly ascend with the UIDs: the next one of the record is the wanted one more often than not. */
static void take(void *arg, size_t i, struct str text)
{
	struct reading *rd = arg;
	size_t          n = text.n >= HEAD ? (text.n - HEAD) / (SERIAL + PLACE) : 0, at = 0;
	const char     *serials = text.p + HEAD, *places = serials + n * SERIAL;
	struct buf      head = BUF(HEAD);

	(void)i;
	put_head(&head, n);
	rd->all = n > 0 && str_starts(text, buf_view(&head)) && text.n == HEAD + n * (SERIAL + PLACE);
	buf_free(&head);
	for (size_t k = 0; rd->all && k < rd->n; k++) {
		uint32_t place;

		if (at == n || serial_at(serials, at) != rd->serials[k])
			at = search(serials, n, rd->serials[k]);
		rd->all = at < n && serial_at(serials, at) == rd->serials[k];
		if (!rd->all)
			break;
		memcpy(&place, places + at++ * PLACE, PLACE);
		rd->places[k * rd->step] = place;
	}
}

bool order_kept(struct store *s, struct box *b, enum trait trait, const uint64_t *serials, size_t n, uint64_t *places, size_t step)
{
	struct reading rd = { .serials = serials, .n = n, .step = step, .places = places };
	uint64_t       number = number_of(b, trait);

	return mail_cached(s, MAIL_CACHE_ORDER, &number, 1, take, &rd) == 0 && rd.all;
}

struct placed {
	uint64_t serial;
	uint32_t place;
};

static int by_serial(const void *p, const void *q)
{
	const struct placed *x = p, *y = q;

	return (x->serial > y->serial) - (x->serial < y->serial);
}

void order_keep(struct store *s, struct box *b, enum trait trait, const uint64_t *serials, size_t n, const uint64_t *places, size_t step)
{
	struct arena   a = ARENA_INIT;
	struct placed *v = ARENA_NEW_N(&a, n, struct placed);
	struct buf     out = BUF(HEAD + n * (SERIAL + PLACE));
	uint64_t       number = number_of(b, trait);
	struct str     text;

	for (size_t i = 0; i < n; i++)
		v[i] = (struct placed){ serials[i], (uint32_t)places[i * step] };
	qsort(v, n, sizeof(*v), by_serial);
	put_head(&out, n);
	for (size_t i = 0; i < n; i++)
		buf_put(&out, &v[i].serial, SERIAL);
	for (size_t i = 0; i < n; i++)
		buf_put(&out, &v[i].place, PLACE);
	text = buf_view(&out);
	if (!out.failed)
		mail_cache_put(s, MAIL_CACHE_ORDER, &number, &text, 1);
	buf_free(&out);
	arena_free(&a);
}
