#include "sort.h"

#include <stdlib.h>

#include "traits.h"

enum { HEAD = sizeof(uint64_t) };

/* What is compared for one key: numbers are all head, made to compare as unsigned; texts have their first octets there. */
struct value {
	uint64_t   head;
	struct str tail;
};

/* The head of the first key decides for most, and stands where it is moved about; turned over when that key is reversed. */
struct item {
	uint64_t head;
	uint32_t row, uid;
	uint8_t  score;
};

struct sort_run {
	const struct sort_key *keys;
	size_t                 n_keys;
	struct arena          *a;
	const struct row      *rows;
	const uint8_t         *scores;          /* NULL: none */
	struct value          *values;          /* n_keys for each row */
};

static struct value number(int64_t n)
{
	return (struct value){ .head = (uint64_t)n ^ UINT64_C(1) << 63 };
}

static struct value text(struct arena *a, struct str s)
{
	struct value v = { .head = 0 };

	for (size_t i = 0; i < HEAD; i++)
		v.head = v.head << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	if (s.n > HEAD)
		v.tail = arena_str(a, str_from(s, HEAD));
	return v;
}

static struct value value_of(struct arena *a, enum sort_field field, const struct row *row, unsigned score, const struct traits *t)
{
	switch (field) {
	case SORT_RELEVANCY:
		return number(-(int64_t)score);
	case SORT_ARRIVAL:
		return number(row->date);
	case SORT_DATE:
		return number(t->has_sent ? t->sent : row->date);
	case SORT_SIZE:
		return number(row->size <= INT64_MAX ? (int64_t)row->size : 0);
	case SORT_CC:
		return text(a, t->text[TRAIT_CC]);
	case SORT_DISPLAYFROM:
		return text(a, t->text[TRAIT_DISPLAY_FROM]);
	case SORT_DISPLAYTO:
		return text(a, t->text[TRAIT_DISPLAY_TO]);
	case SORT_FROM:
		return text(a, t->text[TRAIT_FROM]);
	case SORT_TO:
		return text(a, t->text[TRAIT_TO]);
	default:
		return text(a, t->text[TRAIT_SUBJECT]);
	}
}

static void take(void *arg, size_t i, const struct traits *t)
{
	struct sort_run *run = arg;

	for (size_t k = 0; k < run->n_keys; k++)
		run->values[i * run->n_keys + k] = value_of(run->a, run->keys[k].field, &run->rows[i], run->scores ? run->scores[i] : 0, t);
}

static int compare(const void *p, const void *q, void *arg)
{
	const struct sort_run *run = arg;
	const struct item     *x = p, *y = q;
	const struct value    *v = &run->values[x->row * run->n_keys], *w = &run->values[y->row * run->n_keys];

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	for (size_t k = 0; k < run->n_keys; k++) {
		int c = (v[k].head > w[k].head) - (v[k].head < w[k].head);

		if (c == 0)
			c = str_cmp(v[k].tail, w[k].tail);
		if (c != 0)
			return run->keys[k].reverse ? -c : c;
	}
	return (x->uid > y->uid) - (x->uid < y->uid);
}

static struct item item_of(const struct sort_run *run, size_t row)
{
	uint64_t head = run->values[row * run->n_keys].head;

	return (struct item){
		.head = run->keys[0].reverse ? ~head : head, .row = (uint32_t)row, .uid = run->rows[row].uid,
		.score = run->scores ? run->scores[row] : 0,
	};
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
		if (run->keys[k].field != SORT_ARRIVAL && run->keys[k].field != SORT_SIZE && run->keys[k].field != SORT_RELEVANCY)
			return true;
	return false;
}

static int load(struct sort_run *run, struct store *s, struct box *b, struct row *rows, size_t n)
{
	static const struct traits none = { .has_sent = false };
	int                        r = has_key(run, SORT_SIZE) ? box_sizes(b, rows, n) : 0;

	if (r < 0)
		return r;
	run->rows = rows;
	run->values = ARENA_NEW_N(run->a, n * run->n_keys, struct value);
	if (needs_traits(run))
		return traits_load(s, rows, n, take, run);
	for (size_t i = 0; i < n; i++)
		take(run, i, &none);
	return 0;
}

int sort_run(struct store *s, struct box *b, const struct sort_key *keys, size_t n_keys, struct arena *a, uint32_t *uids,
	uint8_t *scores, size_t *n)
{
	struct sort_run run = { .keys = keys, .n_keys = n_keys, .a = a, .scores = scores };
	struct row     *rows = ARENA_NEW_N(a, *n, struct row);
	struct item    *items = ARENA_NEW_N(a, *n, struct item);
	size_t          there = 0;
	int             r = box_rows(b, uids, *n, rows);

	if (r == 0)
		r = load(&run, s, b, rows, *n);
	if (r < 0)
		return r;
	for (size_t i = 0; i < *n; i++)
		if (rows[i].uid != 0)
			items[there++] = item_of(&run, i);
	if (there > 1)
		qsort_r(items, there, sizeof(*items), compare, &run);
	for (size_t i = 0; i < there; i++) {
		uids[i] = items[i].uid;
		if (scores)
			scores[i] = items[i].score;
	}
	*n = there;
	return 0;
}
