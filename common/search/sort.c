/* Everything compared is made a number: of a text, its place among the different texts that there are. One key after the other, the last key
 * first, the messages are sorted by such a number and by where they stood so far, in place: 8 octets a message. Where it stood
 * is a table in a file when there are several keys. */
#include "sort.h"

#include "order.h"
#include "radix.h"
#include "scratch.h"
#include "traits.h"

enum { CHUNK = 1024 };

struct sorting {
	struct store   *s;
	struct box     *b;
	const uint32_t *uids;
	const uint8_t  *scores;         /* NULL: all are as relevant */
	size_t          n;
	uint64_t       *v;
	uint32_t       *stood;          /* by message: its place so far; NULL: the mailbox's order */
	bool            sorted;         /* by some key already: the lower half of v[i] is the message that stands at i */
	struct scratch  work;           /* of stood */
	struct row     *rows;           /* CHUNK; serials likewise */
	uint64_t       *serials;
};

/* The trait that a key compares; TRAITS: it is no text. */
static enum trait text_of(enum sort_field field)
{
	switch (field) {
	case SORT_CC:
		return TRAIT_CC;
	case SORT_DISPLAYFROM:
		return TRAIT_DISPLAY_FROM;
	case SORT_DISPLAYTO:
		return TRAIT_DISPLAY_TO;
	case SORT_FROM:
		return TRAIT_FROM;
	case SORT_SUBJECT:
		return TRAIT_SUBJECT;
	case SORT_TO:
		return TRAIT_TO;
	default:
		return TRAITS;
	}
}

static uint64_t number_of(enum sort_field field, const struct row *row)
{
	int64_t n = field == SORT_SIZE ? row->size <= INT64_MAX ? (int64_t)row->size : 0 : row->date;

	return (uint64_t)n ^ UINT64_C(1) << 63; /* is to compare as unsigned */
}

/* A message without a date is sorted by the internal one (RFC 5256 section 2.2). */
static void take_date(void *arg, size_t i, const struct traits *t)
{
	uint64_t *v = arg;

	if (t->has_sent)
		v[i] = (uint64_t)t->sent ^ UINT64_C(1) << 63;
}

static int load_numbers(struct sorting *run, enum sort_field field)
{
	int r = 0;

	for (size_t first = 0; first < run->n && r == 0; first += CHUNK) {
		size_t some = run->n - first < CHUNK ? run->n - first : CHUNK;

		r = box_rows(run->b, run->uids + first, some, run->rows);
		if (r == 0 && field == SORT_SIZE)
			r = box_sizes(run->b, run->rows, some);
		for (size_t i = 0; i < some && r == 0; i++) {
			run->v[first + i] = number_of(field, &run->rows[i]);
			run->serials[i] = run->rows[i].serial;
		}
		if (r == 0 && field == SORT_DATE)
			r = traits_load(run->s, run->serials, some, take_date, run->v + first);
	}
	return r;
}

/* By message. */
static int load(struct sorting *run, enum sort_field field)
{
	enum trait text = text_of(field);

	if (text != TRAITS)
		return order_places(run->s, run->b, text, run->uids, run->n, run->v);
	if (field != SORT_RELEVANCY)
		return load_numbers(run, field);
	for (size_t i = 0; i < run->n; i++)
		run->v[i] = run->scores ? UINT8_MAX - run->scores[i] : 0;
	return 0;
}

static uint64_t halves(uint32_t upper, uint32_t lower)
{
	return (uint64_t)upper << 32 | lower;
}

static uint32_t lower(uint64_t x)
{
	return (uint32_t)x;
}

static uint32_t upper(uint64_t x)
{
	return (uint32_t)(x >> 32);
}

/* Before v is loaded again. */
static void note_places(struct sorting *run)
{
	if (run->sorted && !run->stood)
		run->stood = SCRATCH_NEW_N(&run->work, run->n, uint32_t);
	for (size_t i = 0; i < run->n && run->sorted; i++)
		run->stood[lower(run->v[i])] = (uint32_t)i;
	run->sorted = true;
}

/* By 32 bits of what is loaded. */
static void sort_by_half(struct sorting *run, bool reverse, uint64_t least, unsigned shift)
{
	uint64_t *v = run->v;

	for (size_t m = 0; m < run->n; m++) {
		uint32_t half = (uint32_t)((v[m] - least) >> shift);

		v[m] = halves(reverse ? ~half : half, run->stood ? run->stood[m] : (uint32_t)m);
	}
	radix_sort(v, run->n);
	if (!run->stood)
		return;
	for (size_t m = 0; m < run->n; m++)
		v[run->stood[m]] = halves((uint32_t)m, lower(v[run->stood[m]]));
	for (size_t i = 0; i < run->n; i++)
		v[i] = halves(upper(v[i]), upper(v[lower(v[i])]));
}

/* Numbers are hardly ever more than 32 bits apart. Else the messages are sorted by the lower halves of the distances, then by the upper. */
static int sort_by_key(struct sorting *run, const struct sort_key *key)
{
	uint64_t least = UINT64_MAX, most = 0;
	int      r;

	note_places(run);
	r = load(run, key->field);
	if (r < 0)
		return r;
	for (size_t m = 0; m < run->n; m++) {
		least = run->v[m] < least ? run->v[m] : least;
		most = run->v[m] > most ? run->v[m] : most;
	}
	sort_by_half(run, key->reverse, least, 0);
	if (most - least <= UINT32_MAX)
		return 0;
	note_places(run);
	r = load(run, key->field);
	if (r == 0)
		sort_by_half(run, key->reverse, least, 32);
	return r;
}

/* As they stand now. */
static void put_in_order(const struct sorting *run, uint32_t *uids, uint8_t *scores)
{
	uint64_t *v = run->v;

	for (size_t i = 0; i < run->n; i++)
		v[i] = halves(uids[lower(v[i])], lower(v[i]));
	for (size_t i = 0; i < run->n; i++)
		uids[i] = upper(v[i]);
	for (size_t i = 0; i < run->n && scores; i++)
		v[i] = scores[lower(v[i])];
	for (size_t i = 0; i < run->n && scores; i++)
		scores[i] = (uint8_t)v[i];
}

int sort_run(struct store *s, struct box *b, const struct sort_key *keys, size_t n_keys, uint32_t *uids, uint8_t *scores, size_t n)
{
	struct arena   a = ARENA_INIT;
	struct sorting run = {
		.s = s, .b = b, .uids = uids, .scores = scores, .n = n, .work = SCRATCH(store_spool(s)), .v = ARENA_NEW_N(&a, n, uint64_t),
		.rows = ARENA_NEW_N(&a, CHUNK, struct row), .serials = ARENA_NEW_N(&a, CHUNK, uint64_t),
	};
	int r = 0;

	for (size_t k = n_keys; k-- > 0 && n > 0 && r == 0;)
		r = sort_by_key(&run, &keys[k]);
	if (r == 0 && run.sorted)
		put_in_order(&run, uids, scores);
	scratch_free(&run.work);
	arena_free(&a);
	return r;
}
