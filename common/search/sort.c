/* Everything compared is made a number: of a text, its place among the different texts that there are. The numbers of one key after the
 * other, the last key first, put the messages in order, and leave those that are equal as they are. A message takes 16 octets besides, and
 * 8 for each key, until the texts of a key have to be compared. */
#include "sort.h"

#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "strmap.h"
#include "traits.h"

enum {
	CHUNK = 1024,
	ORDER_MIN = 1000,               /* messages whose order is worth keeping */
};

/* What becomes the value of a key: the texts, which have numbers, until their places are known. */
struct texts {
	struct strmap map;
	bool          placed;           /* the values are places already */
};

struct sort_run {
	struct store          *s;
	struct box            *b;
	const struct sort_key *keys;
	size_t                 n_keys, n;       /* n: messages that are there */
	struct arena          *a;
	uint64_t              *serials;         /* of each message; the others likewise */
	uint32_t              *uids;
	uint8_t               *scores;          /* NULL: none */
	uint64_t              *values;          /* n_keys each */
	uint32_t              *order;           /* messages */
	struct texts          *texts;           /* of each key */
	bool                   incomplete;      /* the traits of some message are not known */
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

/* Without traits: a message without a date is sorted by the internal one (RFC 5256 section 2.2). It is to compare as unsigned. */
static uint64_t number_of(enum sort_field field, const struct row *row, unsigned score)
{
	int64_t n = row->date;

	if (field == SORT_RELEVANCY)
		n = -(int64_t)score;
	else if (field == SORT_SIZE)
		n = row->size <= INT64_MAX ? (int64_t)row->size : 0;
	return (uint64_t)n ^ UINT64_C(1) << 63;
}

static void add(struct sort_run *run, const struct row *row, unsigned score)
{
	size_t m = run->n++;

	run->serials[m] = row->serial;
	run->uids[m] = row->uid;
	run->order[m] = (uint32_t)m;
	if (run->scores)
		run->scores[m] = (uint8_t)score;
	for (size_t k = 0; k < run->n_keys; k++)
		run->values[m * run->n_keys + k] = number_of(run->keys[k].field, row, score);
}

static bool has_key(const struct sort_run *run, enum sort_field field)
{
	for (size_t k = 0; k < run->n_keys; k++)
		if (run->keys[k].field == field)
			return true;
	return false;
}

/* UIDs and scores of messages that are gone are overwritten. */
static int load_rows(struct sort_run *run, size_t n)
{
	struct row *rows = ARENA_NEW_N(run->a, n < CHUNK ? n : CHUNK, struct row);
	int         r = 0;

	for (size_t first = 0; r == 0 && first < n; first += CHUNK) {
		size_t some = n - first < CHUNK ? n - first : CHUNK;

		r = box_rows(run->b, run->uids + first, some, rows);
		if (r == 0 && has_key(run, SORT_SIZE))
			r = box_sizes(run->b, rows, some);
		for (size_t i = 0; r == 0 && i < some; i++)
			if (rows[i].uid != 0)
				add(run, &rows[i], run->scores ? run->scores[first + i] : 0);
	}
	return r;
}

static uint32_t text_number(struct sort_run *run, struct strmap *texts, struct str s)
{
	uint32_t n = strmap_get(texts, s);

	return n != STRMAP_NONE ? n : strmap_add(texts, arena_str(run->a, s));
}

static void take(void *arg, size_t m, const struct traits *t)
{
	struct sort_run *run = arg;
	uint64_t        *values = &run->values[m * run->n_keys];

	if (!t->known)
		run->incomplete = true;
	for (size_t k = 0; k < run->n_keys; k++) {
		enum trait text = text_of(run->keys[k].field);

		if (text != TRAITS && !run->texts[k].placed)
			values[k] = text_number(run, &run->texts[k].map, t->text[text]);
		else if (run->keys[k].field == SORT_DATE && t->has_sent)
			values[k] = (uint64_t)t->sent ^ UINT64_C(1) << 63;
	}
}

static int load_traits(struct sort_run *run)
{
	bool needed = has_key(run, SORT_DATE);

	for (size_t k = 0; k < run->n_keys; k++) {
		struct texts *x = &run->texts[k];
		enum trait    text = text_of(run->keys[k].field);

		if (text == TRAITS)
			continue;
		x->placed = order_kept(run->s, run->b, text, run->serials, run->n, &run->values[k], run->n_keys);
		needed |= !x->placed;
	}
	return needed ? traits_load(run->s, run->serials, run->n, take, run) : 0;
}

/* The first octets decide for most. */
struct text {
	uint64_t   head;
	struct str s;
	uint32_t   number;
};

static uint64_t head_of(struct str s)
{
	uint64_t head = 0;

	for (size_t i = 0; i < sizeof(head); i++)
		head = head << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return head;
}

static int by_octets(const void *p, const void *q)
{
	const struct text *x = p, *y = q;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	return str_cmp(x->s, y->s);
}

/* The place of each text of a key, by its number. */
static uint32_t *rank(struct arena *a, const struct strmap *texts)
{
	struct text *sorted = ARENA_NEW_N(a, texts->n, struct text);
	uint32_t    *ranks = ARENA_NEW_N(a, texts->n, uint32_t);

	for (uint32_t i = 0; i < texts->n; i++)
		sorted[i] = (struct text){ head_of(texts->keys[i]), texts->keys[i], i };
	qsort(sorted, texts->n, sizeof(*sorted), by_octets);
	for (uint32_t i = 0; i < texts->n; i++)
		ranks[sorted[i].number] = i;
	return ranks;
}

static unsigned octet(const struct sort_run *run, uint32_t m, size_t k, unsigned shift)
{
	uint64_t value = run->values[m * run->n_keys + k];

	return (run->keys[k].reverse ? ~value : value) >> shift & 0xff;
}

/* By one octet of a key's values; equal ones stay in their order. False: they all are equal, and nothing was put into `to`. */
static bool sort_by_octet(const struct sort_run *run, size_t k, unsigned shift, uint32_t *to)
{
	size_t at[256] = { 0 }, sum = 0;

	for (uint32_t m = 0; m < run->n; m++)
		at[octet(run, m, k, shift)]++;
	if (at[octet(run, 0, k, shift)] == run->n)
		return false;
	for (size_t i = 0; i < 256; i++) {
		size_t count = at[i];

		at[i] = sum;
		sum += count;
	}
	for (size_t i = 0; i < run->n; i++)
		to[at[octet(run, run->order[i], k, shift)]++] = run->order[i];
	return true;
}

/* spare has room for as many messages. */
static void sort_by_key(struct sort_run *run, size_t k, uint32_t **spare)
{
	for (unsigned shift = 0; run->n > 1 && shift < 64; shift += 8)
		if (sort_by_octet(run, k, shift, *spare)) {
			uint32_t *old = run->order;

			run->order = *spare;
			*spare = old;
		}
}

/* Of the texts of a key. Kept where it is worth it. */
static void place_texts(struct sort_run *run, size_t k)
{
	const uint32_t *ranks = rank(run->a, &run->texts[k].map);

	for (size_t m = 0; m < run->n; m++) {
		uint64_t *value = &run->values[m * run->n_keys + k];

		*value = ranks[*value];
	}
	if (run->n >= ORDER_MIN && run->n == box_count(run->b) && !run->incomplete)
		order_keep(run->s, run->b, text_of(run->keys[k].field), run->serials, run->n, &run->values[k], run->n_keys);
}

static void sort_messages(struct sort_run *run)
{
	uint32_t *spare = ARENA_NEW_N(run->a, run->n, uint32_t);

	for (size_t k = run->n_keys; k-- > 0;) {
		if (text_of(run->keys[k].field) != TRAITS && !run->texts[k].placed)
			place_texts(run, k);
		sort_by_key(run, k, &spare);
	}
	for (size_t i = 0; i < run->n; i++)
		spare[i] = run->uids[run->order[i]];
	memcpy(run->uids, spare, run->n * sizeof(*spare));
	for (size_t i = 0; run->scores && i < run->n; i++)
		spare[i] = run->scores[run->order[i]];
	for (size_t i = 0; run->scores && i < run->n; i++)
		run->scores[i] = (uint8_t)spare[i];
}

int sort_run(struct store *s, struct box *b, const struct sort_key *keys, size_t n_keys, uint32_t *uids, uint8_t *scores, size_t *n)
{
	struct arena    a = ARENA_INIT;
	struct sort_run run = {
		.s = s, .b = b, .keys = keys, .n_keys = n_keys, .a = &a, .serials = ARENA_NEW_N(&a, *n, uint64_t), .uids = uids, .scores = scores,
		.values = ARENA_NEW_N(&a, *n * n_keys, uint64_t), .order = ARENA_NEW_N(&a, *n, uint32_t),
		.texts = ARENA_NEW_N(&a, n_keys, struct texts),
	};
	int r = load_rows(&run, *n);

	if (r == 0)
		r = load_traits(&run);
	if (r == 0 && run.n > 0)
		sort_messages(&run);
	for (size_t k = 0; k < n_keys; k++)
		strmap_free(&run.texts[k].map);
	arena_free(&a);
	*n = r == 0 ? run.n : 0;
	return r;
}
