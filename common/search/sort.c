/* Everything compared is made a number: of a text, its place among the different texts that there are. The numbers of one key after the other,
 * the last key first, put the messages in order, and leave those that are equal as they are. */
#include "sort.h"

#include <stdlib.h>
#include <string.h>

#include "strmap.h"
#include "traits.h"

enum { CHUNK = 1024 };

struct item {
	uint64_t value;                 /* of the key that is sorted by just now */
	uint32_t row, uid;
};

struct sort_run {
	const struct sort_key *keys;
	size_t                 n_keys;
	struct arena          *a;
	const uint8_t         *scores;          /* NULL: none */
	uint64_t              *values;          /* n_keys for each message */
	struct strmap         *texts;           /* of each key that compares texts: its values are numbers of these */
	struct item           *items;
	size_t                 n_items;
	const struct row      *rows;            /* those loaded now, from message `first` on */
	size_t                 first;
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

static int64_t number_of(enum sort_field field, const struct row *row, unsigned score, const struct traits *t)
{
	switch (field) {
	case SORT_RELEVANCY:
		return -(int64_t)score;
	case SORT_DATE:
		return t->has_sent ? t->sent : row->date;
	case SORT_SIZE:
		return row->size <= INT64_MAX ? (int64_t)row->size : 0;
	default:
		return row->date;
	}
}

static uint32_t text_number(struct sort_run *run, struct strmap *texts, struct str s)
{
	uint32_t n = strmap_get(texts, s);

	return n != STRMAP_NONE ? n : strmap_add(texts, arena_str(run->a, s));
}

static void take(void *arg, size_t i, const struct traits *t)
{
	struct sort_run  *run = arg;
	const struct row *row = &run->rows[i];
	size_t            at = run->first + i;
	uint64_t         *values = &run->values[at * run->n_keys];

	if (row->uid == 0)
		return;
	for (size_t k = 0; k < run->n_keys; k++) {
		enum trait text = text_of(run->keys[k].field);

		if (text != TRAITS)
			values[k] = text_number(run, &run->texts[k], t->text[text]);
		else    /* that compares as unsigned */
			values[k] = (uint64_t)number_of(run->keys[k].field, row, run->scores ? run->scores[at] : 0, t) ^ UINT64_C(1) << 63;
	}
	run->items[run->n_items++] = (struct item){ .row = (uint32_t)at, .uid = row->uid };
}

static bool has_key(const struct sort_run *run, enum sort_field field)
{
	for (size_t k = 0; k < run->n_keys; k++)
		if (run->keys[k].field == field)
			return true;
	return false;
}

static bool needs_traits(const struct sort_run *run)
{
	for (size_t k = 0; k < run->n_keys; k++)
		if (text_of(run->keys[k].field) != TRAITS || run->keys[k].field == SORT_DATE)
			return true;
	return false;
}

static int load_chunk(struct sort_run *run, struct store *s, struct box *b, const uint32_t *uids, struct row *rows, size_t n)
{
	static const struct traits none = { .has_sent = false };
	int                        r = box_rows(b, uids, n, rows);

	if (r == 0 && has_key(run, SORT_SIZE))
		r = box_sizes(b, rows, n);
	if (r < 0)
		return r;
	if (needs_traits(run))
		return traits_load(s, rows, n, take, run);
	for (size_t i = 0; i < n; i++)
		take(run, i, &none);
	return 0;
}

static int load(struct sort_run *run, struct store *s, struct box *b, const uint32_t *uids, size_t n)
{
	struct row *rows = ARENA_NEW_N(run->a, n < CHUNK ? n : CHUNK, struct row);
	int         r = 0;

	run->rows = rows;
	run->values = ARENA_NEW_N(run->a, n * run->n_keys, uint64_t);
	run->items = ARENA_NEW_N(run->a, n, struct item);
	for (; r == 0 && run->first < n; run->first += CHUNK)
		r = load_chunk(run, s, b, uids + run->first, rows, n - run->first < CHUNK ? n - run->first : CHUNK);
	return r;
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

/* By one octet of the values; equal ones stay in their order. False: they all are equal, and nothing was put into `to`. */
static bool sort_by_octet(const struct item *from, struct item *to, size_t n, unsigned shift)
{
	size_t at[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		at[from[i].value >> shift & 0xff]++;
	if (at[from[0].value >> shift & 0xff] == n)
		return false;
	for (size_t i = 0; i < 256; i++) {
		size_t count = at[i];

		at[i] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[at[from[i].value >> shift & 0xff]++] = from[i];
	return true;
}

/* spare has room for as many. */
static void sort_by_value(struct item **items, struct item **spare, size_t n)
{
	for (unsigned shift = 0; n > 1 && shift < 64; shift += 8)
		if (sort_by_octet(*items, *spare, n, shift)) {
			struct item *old = *items;

			*items = *spare;
			*spare = old;
		}
}

static void sort_items(struct sort_run *run)
{
	struct item *spare = ARENA_NEW_N(run->a, run->n_items, struct item);

	for (size_t k = run->n_keys; k-- > 0;) {
		bool      is_text = text_of(run->keys[k].field) != TRAITS;
		uint32_t *ranks = is_text ? rank(run->a, &run->texts[k]) : NULL;

		for (size_t i = 0; i < run->n_items; i++) {
			uint64_t value = run->values[run->items[i].row * run->n_keys + k];

			if (is_text)
				value = ranks[value];
			run->items[i].value = run->keys[k].reverse ? ~value : value;
		}
		sort_by_value(&run->items, &spare, run->n_items);
	}
}

int sort_run(struct store *s, struct box *b, const struct sort_key *keys, size_t n_keys, struct arena *a, uint32_t *uids,
	uint8_t *scores, size_t *n)
{
	struct sort_run run = { .keys = keys, .n_keys = n_keys, .a = a, .texts = ARENA_NEW_N(a, n_keys, struct strmap) };
	uint8_t        *old_scores = scores ? ARENA_NEW_N(a, *n, uint8_t) : NULL;
	int             r;

	if (scores && *n > 0)
		run.scores = memcpy(old_scores, scores, *n);
	r = load(&run, s, b, uids, *n);
	if (r == 0)
		sort_items(&run);
	for (size_t k = 0; k < n_keys; k++)
		strmap_free(&run.texts[k]);
	if (r < 0)
		return r;
	for (size_t i = 0; i < run.n_items; i++) {
		uids[i] = run.items[i].uid;
		if (scores)
			scores[i] = run.scores[run.items[i].row];
	}
	*n = run.n_items;
	return 0;
}
